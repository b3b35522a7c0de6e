from decimal import Decimal

import msgspec
import pytest

from syncproof import model as m
from syncproof.adapters.tryton import notes, orders
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.errors import Untranslatable

MOVE = {
    "product": 2, "unit": 12, "quantity": 7.5, "company": 1, "from_location": 3, "to_location": 9,
    "unit_price": None, "currency": None, "state": "draft", "internal_quantity": 0.0, "product.": {"rec_name": "Oil"},
}  # fmt: skip


def production(**fields):
    return {
        "id": 4, "reference": "O1", "state": "waiting", "product": 1, "product.": {"code": "CREAM"}, "quantity": 250.0,
        "unit": 11, "unit.": {"symbol": "C62"}, "bom": 77, "bom.": {"code": "CREAM-BOM/B"},
        "routing.": {"name": "CREAM-R/A"}, "warehouse": 5, "warehouse.": {"code": "EAST", "storage_location": 3},
        "location": 9, "company": 1, "outputs.": [], "works.": [], **fields,
    }  # fmt: skip


def test_an_order_has_begun_when_one_of_its_works_has(tryton, connection):
    """Tryton leaves the production itself waiting until its material is consumed."""
    for state, begun in (("draft", False), ("running", True), ("finished", True)):
        tryton.finds("production", production(**{"works.": [{"state": "draft"}, {"state": state}]}))
        (order,) = orders.read(connection, [])
        assert (order.pinned, order.status) == (begun, "Running" if begun else "Released")


def test_a_production_is_an_order_with_the_revisions_it_was_made_with(tryton, connection):
    """State, site and revisions are Tryton's own fields."""
    output = {"state": "done", "quantity": 98.0, "product.": {"code": "CREAM"}}
    planned = {"state": "draft", "quantity": 152.0, "product.": {"code": "CREAM"}}
    tryton.finds("production", production(**{"outputs.": [output, planned]}))
    (order,) = orders.read(connection, [])
    assert order == m.ProductionOrder(
        id="O1",
        item="CREAM",
        quantity=m.Quantity(value=Decimal(250), unit="C62"),
        site="EAST",
        status="Released",
        revision_set=frozenset({
            m.MasterRef(domain="bom", id="CREAM-BOM", revision="B"),
            m.MasterRef(domain="routing", id="CREAM-R", revision="A"),
        }),
        produced=Decimal(98),
    )  # fmt: skip


def test_productions_without_reference_are_none_of_ours(tryton, connection):
    """A production that somebody made by hand has no order id to be known by."""
    tryton.finds("production", production(reference=None))
    assert orders.read(connection, []) == []


def test_the_variant_of_an_order_is_what_was_chosen_last(tryton, connection):
    """A switch leaves a further note."""
    tryton.finds("production", production())
    chosen = ({"kind": "order", "variant": name} for name in ("ROSE", "LILY"))
    tryton.finds("ir.note", *({"id": n, **notes.values("production,4", c)} for n, c in enumerate(chosen)))
    assert orders.read(connection, [])[0].variant == "LILY"


def test_tryton_proposes_the_moves_of_a_new_production(tryton, connection):
    """Quantities are Tryton's explosion; fields that only the client shows are left out."""
    tryton.answers["model.production.on_change"] = {"inputs": {"add": [[0, MOVE]]}, "outputs": {"add": []}}
    moves = orders.exploded(connection, {"product": 1})
    assert moves["outputs"] == [["create", []]]
    ((_, (move,)),) = moves["inputs"]
    assert move == {key: MOVE[key] for key in orders._MOVE}
    asked, changed = tryton.called("model.production.on_change")[0]
    assert asked == {"product": 1, "id": -1, "inputs": [], "outputs": []}
    assert changed == ["quantity"]


def test_a_button_of_an_unknown_order_is_pressed_all_the_same(tryton, connection):
    """It is Tryton that says that there is no such order."""
    orders.press(connection, "NOBODY", "wait")
    assert tryton.called("model.production.wait") == [[[UNKNOWN]]]


def test_an_order_for_an_unknown_item_is_sent_to_tryton(tryton, connection):
    """With a product id that no product has; nothing is exploded for it."""
    tryton.finds("stock.location", {"id": 5, "code": "EAST", "storage_location": 3, "production_location": 9})
    tryton.answers["model.production.create"] = [1]
    order = m.ProductionOrder(id="O", item="X", quantity=m.Quantity(value=Decimal(1), unit="C62"), site="EAST")
    orders.create(connection, [order])
    values = tryton.called("model.production.create")[0][0][0]
    assert values["product"] == UNKNOWN
    assert "inputs" not in values


def test_an_order_is_seen_with_its_time_stamp(tryton, connection):
    """Tryton's own name of the state in which a record was read."""
    tryton.finds("production", production(_timestamp="1795226400.25"))
    order, version = orders.seen(connection, "O1")
    assert (order.id, version) == ("O1", "1795226400.25")
    tryton.finds("production")
    assert orders.seen(connection, "O1") == (None, None)


@pytest.mark.parametrize(
    ("state", "first", "then"),
    [("waiting", "production.draft", "production.write"), ("draft", "production.write", None)],
)
def test_a_switch_rests_on_the_state_that_was_seen(tryton, connection, state, first, then):
    """The first change carries the time stamp, and Tryton compares it; the order is another one from then on."""
    tryton.finds("production", production(state=state, inputs=[1], outputs=[2]))
    tryton.answers["model.production.on_change"] = {}
    orders.switch(connection, "O1", "ROSE", "1795226400.25")
    contexts = {method.removeprefix("model."): context for _, method, _, context in tryton.calls}
    assert contexts[first]["_timestamp"] == {"production,4": "1795226400.25"}
    assert then is None or "_timestamp" not in contexts[then]


def test_a_switch_without_a_view_rests_on_nothing(tryton, connection):
    tryton.finds("production", production(inputs=[1], outputs=[2]))
    tryton.answers["model.production.on_change"] = {}
    orders.switch(connection, "O1", "ROSE", None)
    assert not any("_timestamp" in context for *_, context in tryton.calls)


def test_an_order_of_a_variant_gets_its_reference_last(tryton, connection):
    """By its reference the integration finds it, and then its variant must be there."""
    tryton.answers["model.production.create"] = [4]
    tryton.finds("product.product")
    quantity = m.Quantity(value=Decimal(1), unit="C62")
    orders.create(
        connection, [m.ProductionOrder(id="O1", item="CREAM", quantity=quantity, site="EAST", variant="ROSE")]
    )
    (made,) = tryton.called("model.production.create")[0]
    assert made[0]["reference"] is None
    writes = [method for _, method, *_ in tryton.calls if method.endswith((".create", ".write"))]
    assert writes == ["model.production.create", "model.ir.note.create", "model.production.write"]
    assert tryton.called("model.production.write")[0] == [[4], {"reference": "O1"}]


def known(tryton):
    """An item and a site; its units are those of no code."""
    tryton.finds("stock.location", {"id": 5, "code": "EAST", "storage_location": 3, "production_location": 9})
    unit = {"symbol": "u", "category": 8}
    item = {"id": 1, "code": "CREAM", "template": 2, "default_uom": 11, "default_uom.": unit}
    tryton.answers["model.product.product.search_read"] = lambda clause, *_: [item] if "CREAM" in clause[0][2] else []
    tryton.answers["model.production.create"] = [1]
    tryton.answers["model.production.on_change"] = {}


def wanted(value, unit):
    return m.ProductionOrder(id="O", item="CREAM", quantity=m.Quantity(value=Decimal(value), unit=unit), site="EAST")


def test_an_order_in_an_unknown_unit_is_sent_with_a_unit_that_is_none(tryton, connection):
    """Tryton refuses that; without a bom it takes an order without a unit."""
    known(tryton)
    orders.create(connection, [wanted(1, "NOPE")])
    assert tryton.called("model.production.on_change")[0][0]["unit"] == UNKNOWN
    assert tryton.called("model.production.create")[0][0][0]["unit"] == UNKNOWN


def test_an_order_of_no_number_is_not_sent_as_one_without_a_quantity(tryton, connection):
    known(tryton)
    with pytest.raises(Untranslatable, match="quantity"):
        orders.create(connection, [wanted("NaN", "C62")])
    assert tryton.called("model.production.create") == []


def test_an_order_without_quantity_and_unit_is_one_of_nothing(tryton, connection):
    """Without a bom Tryton asks for neither, and an order made by hand may have none."""
    tryton.finds("production", production(**{"quantity": None, "unit": None, "unit.": None}))
    (order,) = orders.read(connection, [])
    assert order.quantity == m.Quantity(value=Decimal(0), unit="")


def test_an_order_without_quantity_can_be_switched(tryton, connection):
    """What comes of that, Tryton says."""
    tryton.finds("production", production(**{"quantity": None, "unit": None, "unit.": None}, inputs=[1], outputs=[2]))
    tryton.answers["model.production.on_change"] = {}
    orders.switch(connection, "O1", "ROSE", None)
    assert tryton.called("model.production.on_change")[0][0]["quantity"] == 0.0


def test_an_order_of_a_variant_without_a_name_is_none_of_the_item_itself(tryton, connection):
    """No variant has that name, so Tryton is asked for a bom that is none."""
    known(tryton)
    tryton.finds("product.product-production.bom", {"bom": 77, "bom.": {"code": "CREAM-BOM/B"}, "routing": None})
    orders.create(connection, [msgspec.structs.replace(wanted(1, "u"), variant="")])
    (made,) = tryton.called("model.production.create")[0]
    assert (made[0]["bom"], made[0]["reference"]) == (UNKNOWN, None)
