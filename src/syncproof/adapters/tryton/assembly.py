"""Which bom and routing a product is made by: Tryton's list of boms of a product, first in sequence first.

The list is brought in line whenever a revision of an item, variant, bom or routing takes effect: the active
revision of the item's own bom comes first, those of its variants follow, all others come last.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from syncproof import model as m
from syncproof.adapters.tryton import boms, items, products, routings
from syncproof.adapters.tryton.held import Held, effective, like, split_code
from syncproof.adapters.tryton.rpc import Connection, Json

FIRST, FURTHER = 10, 500
"""Sequences of the item's own bom and of its variants' boms."""


def relink(connection: Connection, item: str) -> None:
    """Bring the boms of a product in line with what is active now."""
    product = products.find(connection, [item]).get(item)
    if product is None:
        return
    wanted = structures(connection, product)
    active = {split_code(bom["code"])[0]: bom["id"] for bom in _active(connection, boms.BOM, "code", product)}
    names = [s.routing for s in wanted if s.routing]
    routing_of = {split_code(each["name"])[0]: each["id"] for each in _named(connection, names)}
    target: dict[int, Json] = {}
    for n, structure in enumerate(wanted):
        bom = active.get(structure.bom or "")
        if bom is not None:
            routing = routing_of.get(structure.routing or "")
            target[bom] = {"sequence": FIRST if n == 0 else FURTHER + n, "routing": routing}
    _allow(connection, target)
    _apply(connection, product["id"], target)


def structures(connection: Connection, product: Json) -> list[m.ProductStructure]:
    """What the item is made by, then what each of its variants is."""
    clause = [["template", "=", product["template"]]]
    own = [each.master for each in _current(items.read(connection, "material", clause))]
    others = [each.master for each in items.read(connection, "variant", clause) if each.in_effect]
    found = [x.structure for x in (*own, *others) if isinstance(x, m.MaterialDefinition | m.Variant)]
    if found and found[0].bom is None:  # an item made by hand: the bom that comes first now
        first = _first(connection, product["id"])
        return [m.ProductStructure(bom=first), *found[1:]]
    return found


def _current(held: Sequence[Held]) -> Sequence[Held]:
    """The revision in effect; before the first one is, the last one submitted."""
    return [each for each in held if each.in_effect] or held[-1:]


def _first(connection: Connection, product: int) -> str | None:
    order = (("sequence", "ASC"), ("id", "ASC"))
    found = connection.find(boms.LINK, [["product", "=", product]], ["bom.code"], order=order)
    return split_code(found[0]["bom."]["code"])[0] if found else None


def _active(connection: Connection, model: str, name: str, product: Json) -> list[Json]:
    return connection.find(model, [["output_products", "=", product["id"]]], [name])


def _named(connection: Connection, ids: Iterable[str]) -> list[Json]:
    clauses = [["name", "like", like(id_)] for id_ in sorted(set(ids))]
    return connection.find(routings.ROUTING, ["OR", *clauses], ["name"]) if clauses else []


def _allow(connection: Connection, target: dict[int, Json]) -> None:
    """A routing must list a bom before the two can be used together."""
    pairs: list[Any] = []
    for bom, values in target.items():
        if values["routing"] is not None:
            pairs += [[values["routing"]], {"boms": [["add", [bom]]]}]
    if pairs:
        connection.write(routings.ROUTING, *pairs)


def _apply(connection: Connection, product: int, target: dict[int, Json]) -> None:
    changes: list[Any] = []
    fields = ["bom", "sequence", "routing"]
    for link in connection.find(boms.LINK, [["product", "=", product]], fields):
        values = target.pop(link["bom"], {"sequence": boms.LAST})
        if any(link[key] != value for key, value in values.items()):
            changes += [[link["id"]], values]
    if changes:
        connection.write(boms.LINK, *changes)
    if target:
        connection.create(boms.LINK, *({"product": product, "bom": bom, **v} for bom, v in target.items()))


def in_effect(connection: Connection, item: str, variant: str | None) -> m.ProductStructure | None:
    """Ids of the masters that the item, or a variant of it, is made by."""
    kind, code = ("material", item) if variant is None else ("variant", variant)
    held = effective(items.read(connection, kind, [["code", "=", code]]))
    master = held.master if held else None
    return master.structure if isinstance(master, m.MaterialDefinition | m.Variant) else None
