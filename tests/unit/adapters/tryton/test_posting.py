"""Orders of another system, as the integration posts them."""

import contextlib

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syncproof import model as m
from syncproof.adapters.tryton import create, notes, orders, posting, receipts
from syncproof.credentials import Credential
from syncproof.errors import NotSupported, Untranslatable
from syncproof.model.wire import plain
from tests.acceptance.hostile.mutations import broken
from tests.unit.adapters.tryton.conftest import URL

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


MADE = (
    *("product.template", "product.uom.category", "product.uom", "production.bom", "production", "stock.lot"),
    *("stock.move", "stock.location", "stock.shipment.internal", "ir.note"),
)
LOT = {"id": "L", "item": "X", "quantity": {"value": "1", "unit": "C62"}, "site": "EAST", "location": "DOCK"}
HOLD = {"scope": "lot", "target": "L", "disposition": "Restricted", "reason": "r"}
USE = {"kind": "issue", "order_id": "O1", "lot": "L", "quantity": LOT["quantity"]}


@pytest.fixture
def system(tryton, session):
    """Tryton as ERP, with a company and one place for everything."""
    tryton.finds("company.company", {"id": 1, "currency": 2, "timezone": "Europe/Berlin"})
    place = {"id": 3, "code": "EAST", "type": "warehouse", "storage_location": 5, "production_location": 9}
    tryton.finds("stock.location", place)
    tryton.answers["model.product.product.search_read"] = _products
    tryton.answers["model.ir.date.today"] = {"__class__": "date", "year": 2027, "month": 3, "day": 10}
    tryton.answers["model.production.on_change"] = {}
    making = lambda records: list(range(7, 7 + len(records)))  # noqa: E731
    tryton.answers |= {f"model.{model}.create": making for model in MADE}
    users = {user: Credential(user=user, password=f"{user}-pw") for user in ("viewer", "integration")}
    return create(name="erp", base_url=URL, roles=("planning",), session=session, credentials=users, options={})


def _products(clause, *_):
    """Every item that is asked for is there."""
    asked = clause[0][2] if clause[0][1] == "in" else [clause[0][2]]
    unit = {"default_uom": 11, "default_uom.": {"symbol": "u", "category": 8}}
    found = enumerate(asked, start=1)
    return [{"id": id_, "code": code, "template": 2, "description": "Revision A", **unit} for id_, code in found]


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("master", {"domain": "material", "id": "X", "revision": "A", "base_unit": "C62"}, "description"),
        ("lot", {**LOT, "quantity": {"value": "much", "unit": "C62"}}, "quantity.value"),
        ("disposition", {**HOLD, "scope": "everything"}, "scope"),
        ("order", {**plain(ORDER), "item": None}, "item"),
        ("fact", {"order_id": "O1"}, "kind"),
        ("fact", {**USE, "kind": ["issue"]}, "kind"),
        ("fact", {**USE, "lot": None}, "lot"),
        ("fact", {"kind": "started", "order_id": "O1"}, "op_no"),
        ("fact", {"kind": "movement", "lot": "L", "quantity": LOT["quantity"]}, "to"),
    ],
)
def test_what_tryton_cannot_be_told_is_refused_by_name_of_the_field(tryton, system, kind, data, field):
    """And Tryton is not asked."""
    with pytest.raises(Untranslatable, match=field):
        system.post(kind, data)
    assert tryton.calls == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("contract", ["material", "bom", "uom", "lot", "disposition", "order", "fact"])
def test_whatever_an_event_says_posting_it_comes_to_an_end(system, contract, data):
    """With Tryton's answer, or with one of the two errors that say that there is none."""
    document = data.draw(broken(contract))
    kind = "master" if contract in m.DOMAINS else contract
    with contextlib.suppress(NotSupported, Untranslatable):
        assert system.post(kind, document).status in ("accepted", "refused")


@pytest.mark.parametrize(("came_in", "made"), [([{"id": 1, "state": "done"}], []), ([], ["L"])])
def test_a_lot_is_received_if_nothing_of_it_came_in_yet(tryton, connection, monkeypatch, came_in, made):
    """A lot that is only a number, because its receipt broke off, is none that was received."""
    tryton.finds("stock.move", *came_in)
    tryton.finds("stock.lot", {"id": 7, "number": "L"})
    received = []
    monkeypatch.setattr(receipts, "receive", lambda c, lots, zone: received.extend(lot.id for lot in lots))
    posting._receive(connection, msgspec.convert(LOT, m.MaterialLot), "UTC")
    assert received == made


@pytest.mark.parametrize(("disposition", "held"), [("Restricted", ["L"]), ("UnRestricted", [])])
def test_a_lot_that_comes_restricted_comes_into_quarantine(tryton, connection, monkeypatch, disposition, held):
    """It is held where it is known first; to wait for a word of its own would leave it open."""
    tryton.finds("stock.move")
    applied = []
    monkeypatch.setattr(receipts, "receive", lambda c, lots, zone: applied.append("received"))
    monkeypatch.setattr(posting.holds, "apply", lambda c, hold: applied.append((hold.target, hold.disposition)))
    posting._receive(connection, msgspec.convert({**LOT, "disposition": disposition}, m.MaterialLot), "UTC")
    assert applied == ["received", *((lot, "Restricted") for lot in held)]
