"""Boms: one record of Tryton per revision, its code ``ID/REVISION``.

Tryton has no revisions and no effective dates: the revision in effect is the active one, and of the boms of a
product the first in sequence. Line numbers, operations, scrap, fixed quantities and alternates have no field
there; they are in a note and Tryton's explosion knows nothing of them.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import notes, products
from syncproof.adapters.tryton.codes import code_of
from syncproof.adapters.tryton.faults import Fault
from syncproof.adapters.tryton.held import ANY_ACTIVE, UNFINISHED, Held, join_code, like, split_code
from syncproof.adapters.tryton.rpc import Connection, Domain, Json
from syncproof.adapters.tryton.wire import as_float

BOM = "production.bom"
LINK = "product.product-production.bom"
LAST = 1000
"""Sequence of a bom that is not in effect among the boms of its product."""
_LINE = ("product.code", "unit.symbol", "quantity")
FIELDS = ("code", "active", *(f"{side}.{field}" for side in ("inputs", "outputs") for field in _LINE))


def of(id: str) -> Domain:
    """Clause for every revision of one bom."""
    return [["code", "like", like(id)], ANY_ACTIVE]


def read(connection: Connection, clause: Domain) -> list[Held]:
    """Boms found by a search clause."""
    found = [bom for bom in connection.find(BOM, clause, FIELDS) if (bom["code"] or UNFINISHED)[0] != UNFINISHED]
    kept = notes.read(connection, [notes.resource(BOM, bom) for bom in found])
    held = []
    for bom in found:
        id_, revision = split_code(bom["code"])
        known = notes.revisions(kept.get(notes.resource(BOM, bom), []), "bom", id_).get(revision)
        said = known if isinstance(known, m.BillOfMaterial) else None
        held.append(Held(_overlaid(bom, id_, revision, said), in_effect=bool(bom["active"])))
    return held


def _overlaid(bom: Json, id: str, revision: str, said: m.BillOfMaterial | None) -> m.BillOfMaterial:
    output = next(iter(sorted(bom["outputs."], key=_by_id)), None)
    spare = list(said.lines) if said else []
    lines = (_line(row, n, spare) for n, row in enumerate(sorted(bom["inputs."], key=_by_id), start=1))
    return m.BillOfMaterial(
        id=id,
        revision=revision,
        site=said.site if said else None,
        item=output["product."]["code"] if output else "",
        base_quantity=_quantity(output, said.base_quantity if said else None),
        lines=tuple(lines),
    )


def _by_id(row: Json) -> int:
    return int(row["id"])


def _line(row: Json, n: int, spare: list[m.BomLine]) -> m.BomLine:
    """A line as Tryton has it, with what was said of the same item when it was submitted."""
    item = row["product."]["code"]
    said = next((line for line in spare if line.item == item), None)
    if said is None:
        return m.BomLine(line_no=10 * n, item=item, quantity=_quantity(row, None))
    spare.remove(said)
    return msgspec.structs.replace(said, quantity=_quantity(row, said.quantity))


def _quantity(row: Json | None, said: m.Quantity | None) -> m.Quantity:
    """Tryton's amount; in the digits it was submitted with, if it is the same number."""
    if row is None:
        return m.Quantity(value=Decimal(0), unit="")
    found = m.Quantity(value=row["quantity"], unit=code_of(row["unit."]["symbol"]))
    return said if said == found else found


def submit(connection: Connection, masters: Sequence[m.BillOfMaterial]) -> None:
    """New boms, not in effect; one whose code is there already is overwritten.

    A new bom gets its code last, so that nobody takes it for finished before its note is there.
    """
    items = products.look_up(connection, [x for master in masters for x in _items(master)])
    present = _present(connection, [join_code(master) for master in masters])
    new = [master for master in masters if join_code(master) not in present]
    if new:
        made = connection.create(BOM, *(_values(master, items) for master in new))
        _offer(connection, made, [items.id(master.item) for master in new])
        present |= {join_code(master): id_ for master, id_ in zip(new, made, strict=True)}
    _overwrite(connection, [(present[join_code(x)], x) for x in masters if x not in new], items)
    notes.keep(connection, [(notes.resource(BOM, present[join_code(x)]), x) for x in masters])
    finished: list[Any] = []
    for master in masters:
        inactive = {"active": False} if master in new else {}  # an inactive bom cannot be created as such
        finished += [[present[join_code(master)]], {"code": join_code(master), **inactive}]
    connection.write(BOM, *finished)


def _items(master: m.BillOfMaterial) -> list[str]:
    return [master.item, *(line.item for line in master.lines)]


def _present(connection: Connection, codes: Sequence[str]) -> dict[str, int]:
    found = connection.find(BOM, [["code", "in", list(codes)], ANY_ACTIVE], ["code"])
    return {bom["code"]: bom["id"] for bom in found}


def _values(master: m.BillOfMaterial, items: products.Items) -> Json:
    return {
        "name": master.item,
        "code": f"{UNFINISHED}{join_code(master)}",
        "inputs": [["create", [_row(line.item, line.quantity, items) for line in master.lines]]],
        "outputs": [["create", [_row(master.item, master.base_quantity, items)]]],
    }


def _row(item: str, quantity: m.Quantity, items: products.Items) -> Json:
    return {
        "product": items.id(item),
        "unit": items.unit(item, quantity.unit),
        "quantity": as_float(quantity.value),
    }


def _offer(connection: Connection, boms: Sequence[int], products_: Sequence[int]) -> None:
    """Add boms to the boms of their products, last in sequence: it is here that Tryton looks for
    recursion. If it refuses, the boms are taken back."""
    links = [{"product": product, "bom": bom, "sequence": LAST} for bom, product in zip(boms, products_, strict=True)]
    try:
        connection.create(LINK, *links)
    except Fault:
        connection.delete(BOM, boms)
        raise


def _overwrite(connection: Connection, pairs: Sequence[tuple[int, m.BillOfMaterial]], items: products.Items) -> None:
    """Tryton lets a bom be changed in place, whatever its code says. The output stays: without one, the bom would
    not fit its product for a moment, and Tryton would refuse it for that."""
    if not pairs:
        return
    sides = ("inputs", "outputs")
    old = {row["id"]: row for row in connection.find(BOM, [["id", "in", [p[0] for p in pairs]], ANY_ACTIVE], sides)}
    changes: list[Any] = []
    for id_, master in pairs:
        values = _values(master, items)
        lines = [["delete", old[id_]["inputs"]], *values["inputs"]]
        made = [["write", old[id_]["outputs"], _row(master.item, master.base_quantity, items)]]
        changes += [[id_], {"inputs": lines, "outputs": made}]
    connection.write(BOM, *changes)


def activate(connection: Connection, master: m.BillOfMaterial) -> None:
    """Make one revision the active one."""
    found = connection.find(BOM, of(master.id), ["code"])
    mine = [bom["id"] for bom in found if bom["code"] == join_code(master)]
    rest = [bom["id"] for bom in found if split_code(bom["code"])[0] == master.id and bom["id"] not in mine]
    connection.write(BOM, mine, {"active": True}, *([rest, {"active": False}] if rest else []))
