"""The domains whose masters Tryton holds, and how each is read, written and put into effect."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from syncproof import model as m
from syncproof.adapters.tryton import assembly, boms, items, notes, products, routings, units, work_centers
from syncproof.adapters.tryton.held import ANY_ACTIVE, Held
from syncproof.adapters.tryton.rpc import Connection, Domain

MODELS: dict[str, str] = {
    "material": items.PRODUCT,
    "uom": units.UNIT,
    "equipment": work_centers.CENTER,
    "routing": routings.ROUTING,
    "bom": boms.BOM,
    "variant": items.PRODUCT,
}
"""Domain -> the model of Tryton that stands for it; what refers to others comes after them."""
ORDER = tuple(MODELS)


def read(connection: Connection, domain: str, clause: Domain) -> list[Held]:
    """Every revision of the masters whose records a clause finds."""
    if domain in ("material", "variant"):
        return items.read(connection, domain, clause)
    if domain == "uom":
        return units.read(connection, _categories_of_units(connection, clause))
    reader = {"bom": boms.read, "routing": routings.read, "equipment": work_centers.read}[domain]
    return reader(connection, clause)


def of(connection: Connection, domain: str, id: str) -> list[Held]:
    """Every revision of one master."""
    if domain == "uom":
        return units.read(connection, categories(connection, [id]))
    clauses: dict[str, Domain] = {
        "bom": boms.of(id),
        "routing": routings.of(id),
        "equipment": work_centers.of(id),
    }
    found = read(connection, domain, clauses.get(domain, [["code", "=", id], ANY_ACTIVE]))
    return [held for held in found if held.master.id == id]


def categories(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The unit category of each item; that of an item without a product is found by its name."""
    wanted = sorted(set(ids))
    known = products.find(connection, wanted)
    found = {id_: int(product["default_uom."]["category"]) for id_, product in known.items()}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        rows = connection.find(units.CATEGORY, [["name", "in", missing]], ["name"])
        found |= {row["name"]: row["id"] for row in rows}
    return found


def _categories_of_units(connection: Connection, clause: Domain) -> dict[str, int]:
    rows = connection.find(units.UNIT, clause, ["category"])
    ids = sorted({row["category"] for row in rows})
    found = connection.find(products.PRODUCT, [["default_uom.category", "in", ids]], ["code", "default_uom.category"])
    return {each["code"]: each["default_uom."]["category"] for each in found if each["code"]}


def submit(connection: Connection, domain: str, masters: Sequence[Any]) -> None:
    """Write masters of one domain."""
    notes.insist_on_whole(masters)
    if domain == "uom":
        known = categories(connection, [master.id for master in masters])
        units.submit(connection, masters, known)
        return
    writers: dict[str, Callable[[Connection, Sequence[Any]], None]] = {
        "material": items.submit_materials,
        "variant": items.submit_variants,
        "bom": boms.submit,
        "routing": routings.submit,
        "equipment": work_centers.submit,
    }
    writers[domain](connection, masters)


def activate(connection: Connection, master: m.AnyMaster) -> None:
    """Put a revision into effect."""
    if isinstance(master, m.UomConversion):
        units.activate(connection, master, categories(connection, [master.id])[master.id])
    elif isinstance(master, m.MaterialDefinition | m.Variant):
        items.activate(connection, master)
    elif isinstance(master, m.BillOfMaterial):
        boms.activate(connection, master)
    elif isinstance(master, m.Routing):
        routings.activate(connection, master)
    item = _made(master)
    if item:
        assembly.relink(connection, item)


def _made(master: m.AnyMaster) -> str | None:
    """The item whose list of boms a master has a say in."""
    if isinstance(master, m.MaterialDefinition):
        return master.id if master.structure.bom else None
    if isinstance(master, m.Variant):
        return master.base_item
    return master.item if isinstance(master, m.BillOfMaterial | m.Routing) else None
