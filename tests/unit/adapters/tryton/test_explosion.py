from decimal import Decimal

from syncproof import model as m
from syncproof.adapters.tryton import explosion


def line(product, unit, quantity, *childs):
    return {"product": product, "unit": unit, "quantity": quantity, "childs": list(childs)}


def product(id, code, base):
    return {"id": id, "code": code, "default_uom": base, "default_uom.": {"symbol": "KGM", "category": id}}


def test_every_level_is_listed_and_items_are_added_up(tryton, connection):
    """Amounts are Tryton's; a line in another unit is converted by Tryton."""
    tree = [line(1, 10, 52.5, line(2, 21, 5.25)), line(2, 22, 7.5)]
    shown = {"view": {"defaults": {"bom_tree": [line(9, 90, 250.0, *tree)]}}}
    tryton.answers["wizard.production.bom.tree.open.create"] = [33, "start", "end"]
    tryton.answers["wizard.production.bom.tree.open.execute"] = shown
    tryton.finds("product.product", product(1, "BULK", 10), product(2, "OIL", 20))
    converted = {21: 64.75, 22: 90.0}
    tryton.answers["model.stock.move.on_change_with"] = lambda move, _: {"internal_quantity": converted[move["unit"]]}
    found = explosion.requirements(connection, {"product": 9, "bom": 7, "quantity": Decimal(250), "unit": 90})
    quantity = lambda value: m.Quantity(value=Decimal(value), unit="KGM")  # noqa: E731
    assert found == {
        m.Requirement(item="BULK", quantity=quantity("52.5")),
        m.Requirement(item="OIL", quantity=quantity("154.75")),
    }
    assert tryton.called("wizard.production.bom.tree.open.delete") == [[33]]
