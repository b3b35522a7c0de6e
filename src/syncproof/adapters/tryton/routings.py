"""Routings: one record of Tryton per revision, its name ``ID/REVISION``.

A step has an operation and a sequence (the operation number); an operation has a name and a work centre
category (the equipment class). Step definition, evidence, packaging and standard time are in a note.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import notes
from syncproof.adapters.tryton.held import ANY_ACTIVE, UNFINISHED, Held, join_code, like, split_code
from syncproof.adapters.tryton.rpc import Connection, Domain, Json

ROUTING = "production.routing"
OPERATION = "production.routing.operation"
CLASS = "production.work.center.category"
FIELDS = (
    *("name", "active", "steps.sequence", "steps.operation.name"),
    *("steps.operation.work_center_category.name", "boms.outputs.product.code"),
)


def of(id: str) -> Domain:
    """Clause for every revision of one routing."""
    return [["name", "like", like(id)], ANY_ACTIVE]


def read(connection: Connection, clause: Domain) -> list[Held]:
    """Routings found by a search clause."""
    found = [each for each in connection.find(ROUTING, clause, FIELDS) if each["name"][0] != UNFINISHED]
    kept = notes.read(connection, [notes.resource(ROUTING, routing) for routing in found])
    held = []
    for routing in found:
        id_, revision = split_code(routing["name"])
        known = notes.revisions(kept.get(notes.resource(ROUTING, routing), []), "routing", id_).get(revision)
        said = known if isinstance(known, m.Routing) else None
        held.append(Held(_overlaid(routing, id_, revision, said), in_effect=bool(routing["active"])))
    return held


def _overlaid(routing: Json, id: str, revision: str, said: m.Routing | None) -> m.Routing:
    outputs = [output for bom in routing["boms."] for output in bom["outputs."]]
    return m.Routing(
        id=id,
        revision=revision,
        site=said.site if said else None,
        item=said.item if said else (outputs[0]["product."]["code"] if outputs else ""),
        recipe=said.recipe if said else "",
        operations=tuple(operations(routing, said)),
    )


def operations(routing: Json, said: m.Routing | None) -> Iterable[m.Operation]:
    """The steps as Tryton has them, with what was said of the operation of the same number."""
    known = dict(numbered(said)) if said else {}
    for step in sorted(routing["steps."], key=lambda step: (step["sequence"] or 0, step["id"])):
        operation, number = step["operation."], step["sequence"] or 0
        blank = m.Operation(op_no=str(number), name="", step_definition="", equipment_class="", evidence=())
        class_ = (operation["work_center_category."] or {}).get("name", "")
        yield msgspec.structs.replace(known.get(number, blank), name=operation["name"], equipment_class=class_)


def numbered(routing: m.Routing) -> Iterable[tuple[int, m.Operation]]:
    """Operations with the sequence they have in Tryton, which is a whole number."""
    for n, operation in enumerate(routing.operations, start=1):
        yield int(operation.op_no) if operation.op_no.isdecimal() else 10 * n, operation


def submit(connection: Connection, masters: Sequence[m.Routing]) -> None:
    """New routings, not in effect; one whose name is there already is overwritten.

    A new routing gets its name last, so that nobody takes it for finished before its note is there.
    """
    of_class = classes(connection, {op.equipment_class for master in masters for op in master.operations})
    present = _present(connection, [join_code(master) for master in masters])
    finished: list[Any] = []
    for master in masters:
        name = join_code(master)
        steps = _steps(connection, master, of_class)
        if name in present:
            connection.write(ROUTING, [present[name]["id"]], {"steps": [["delete", present[name]["steps"]], *steps]})
            finished += [[present[name]["id"]], {"name": name}]
        else:
            made = connection.create(ROUTING, {"name": f"{UNFINISHED}{name}", "steps": steps})
            finished += [made, {"name": name, "active": False}]  # an inactive one cannot be created as such
            present[name] = {"id": made[0]}
    notes.keep(connection, [(notes.resource(ROUTING, present[join_code(x)]["id"]), x) for x in masters])
    connection.write(ROUTING, *finished)


def _present(connection: Connection, names: Sequence[str]) -> dict[str, Json]:
    found = connection.find(ROUTING, [["name", "in", list(names)], ANY_ACTIVE], ["name", "steps"])
    return {routing["name"]: routing for routing in found}


def classes(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Work centre categories by name; those that are missing are made."""
    wanted = sorted({name for name in names if name})
    found = connection.find(CLASS, [["name", "in", wanted]], ["name"])
    known = {each["name"]: each["id"] for each in found}
    missing = [name for name in wanted if name not in known]
    if missing:
        made = connection.create(CLASS, *({"name": name} for name in missing))
        known |= dict(zip(missing, made, strict=True))
    return known


def _steps(connection: Connection, master: m.Routing, of_class: dict[str, int]) -> list[Any]:
    if not master.operations:
        return []
    values = [{"name": op.name, "work_center_category": of_class.get(op.equipment_class)} for op in master.operations]
    made = connection.create(OPERATION, *values)
    return [["create", [
        {"operation": id_, "sequence": number}
        for id_, (number, _) in zip(made, numbered(master), strict=True)
    ]]]  # fmt: skip


def activate(connection: Connection, master: m.Routing) -> None:
    """Make one revision the active one."""
    found = connection.find(ROUTING, of(master.id), ["name"])
    mine = [routing["id"] for routing in found if routing["name"] == join_code(master)]
    rest = [x["id"] for x in found if split_code(x["name"])[0] == master.id and x["id"] not in mine]
    connection.write(ROUTING, mine, {"active": True}, *([rest, {"active": False}] if rest else []))
