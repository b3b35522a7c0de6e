"""What an order requires: Tryton's own explosion (wizard ``production.bom.tree.open``), over all levels.

Each line comes in its bom's unit; a line that is not in the item's base unit is converted by Tryton, as the
client asks it (``stock.move.on_change_with internal_quantity``). Lines of one item are added up here.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from syncproof import model as m
from syncproof.adapters.tryton import boms, products
from syncproof.adapters.tryton.codes import UNSAVED, code_of
from syncproof.adapters.tryton.rpc import Connection, Json

WIZARD = "wizard.production.bom.tree.open"


def requirements(connection: Connection, production: Json) -> frozenset[m.Requirement]:
    """The total of every item below the product, in its base unit, as Tryton computes it."""
    lines = list(_below(_tree(connection, production)))
    fields = (*products.FIELDS, "default_uom.symbol")
    found = connection.find(products.PRODUCT, [["id", "in", sorted({x["product"] for x in lines})]], fields)
    of = {product["id"]: product for product in found}
    totals: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        totals[line["product"]] += _in_base(connection, line, of[line["product"]]["default_uom"])
    return frozenset(_requirement(of[id_], total) for id_, total in totals.items())


def _requirement(product: Json, total: Decimal) -> m.Requirement:
    unit = code_of(product["default_uom."]["symbol"])
    return m.Requirement(item=product["code"], quantity=m.Quantity(value=total, unit=unit))


def _tree(connection: Connection, production: Json) -> list[Json]:
    link = connection.find(
        boms.LINK, [["product", "=", production["product"]], ["bom", "=", production["bom"]]], ["product"]
    )
    start = {
        "product": production["product"],
        "quantity": float(production["quantity"]),
        "unit": production["unit"],
        "bom": link[0]["id"] if link else UNSAVED,
    }
    session = connection.call(f"{WIZARD}.create")[0]
    here = {"active_model": products.PRODUCT, "active_id": production["product"]}
    context = {**here, "active_ids": [production["product"]], "action_id": None}
    shown = connection.call(f"{WIZARD}.execute", session, {"start": start}, "tree", context=context)
    connection.call(f"{WIZARD}.delete", session)
    (top,) = shown["view"]["defaults"]["bom_tree"]
    return list(top["childs"])


def _below(lines: list[Json]) -> Iterator[Json]:
    for line in lines:
        yield line
        yield from _below(line["childs"])


def _in_base(connection: Connection, line: Json, base: int) -> Decimal:
    quantity = Decimal(line["quantity"])
    if line["unit"] == base:
        return quantity
    move = {"id": UNSAVED, "product": line["product"], "unit": line["unit"], "quantity": float(quantity)}
    changed = connection.call("model.stock.move.on_change_with", move, ["internal_quantity"])
    return Decimal(changed["internal_quantity"])
