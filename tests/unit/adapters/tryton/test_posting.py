"""Orders of another system, as the integration posts them."""

import pytest

from syncproof import model as m
from syncproof.adapters.tryton import notes, orders, posting

ORDER = m.ProductionOrder(
    id="O1", item="X", quantity=m.Quantity(value=5, unit="C62"), site="EAST", status="Released", variant="ROSE"
)


def production(state):
    return {
        "id": 4, "_timestamp": "1", "reference": "O1", "state": state, "product": 1, "product.": {"code": "X"},
        "quantity": 5, "unit": 11, "unit.": {"symbol": "C62"}, "bom.": None, "routing.": None, "warehouse": 5,
        "warehouse.": {"code": "EAST", "storage_location": 3}, "location": 9, "company": 1, "outputs.": [],
        "works.": [],
    }  # fmt: skip


@pytest.fixture
def done(monkeypatch):
    """What was made and switched."""
    calls = []
    monkeypatch.setattr(orders, "create", lambda _, made: calls.append(("create", made[0].id)))
    monkeypatch.setattr(
        orders, "switch", lambda _, order, variant, seen: calls.append(("switch", order, variant, seen))
    )
    return calls


def post(tryton, connection, *states, variant="ROSE"):
    """The order is posted once; a search finds it in each of these states in turn."""
    rows = iter([[production(state)] if state else [] for state in states])
    tryton.answers["model.production.search_read"] = lambda *_: next(rows)
    tryton.finds("ir.note", {"id": 1, **notes.values("production,4", {"kind": "order", "variant": variant})})
    posting._order(connection, ORDER)


def test_an_order_that_is_new_is_made_and_taken_to_its_state(tryton, connection, done):
    """An order of another system that was released is released here too."""
    post(tryton, connection, None, "draft")
    assert done == [("create", "O1")]
    assert tryton.called("model.production.wait") == [[[4]]]


def test_an_order_that_is_there_is_not_made_again(tryton, connection, done):
    """The same news may come twice."""
    post(tryton, connection, "waiting")
    assert done == []
    assert tryton.called("model.production.wait") == []


def test_an_order_that_is_released_later_is_taken_along(tryton, connection, done):
    post(tryton, connection, "draft", "draft")
    assert done == []
    assert tryton.called("model.production.wait") == [[[4]]]


def test_an_order_that_was_switched_is_switched_here(tryton, connection, done):
    """Its bom and routing are those of the variant here as well."""
    post(tryton, connection, "waiting", variant=None)
    assert done == [("switch", "O1", "ROSE", None)]
