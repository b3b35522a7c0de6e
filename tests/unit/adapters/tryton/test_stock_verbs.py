"""Moves, receipts, consumption and holds: which documents Tryton is asked for, in which order."""

import datetime as dt
from decimal import Decimal

import pytest

from syncproof import model as m
from syncproof.adapters.tryton import consumption, holds, lots, moves, places, receipts
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.faults import Fault

QUANTITY = m.Quantity(value=Decimal("0.5"), unit="KGM")
WAREHOUSE = {"id": 1, "code": "EAST", "storage_location": 3, "output_location": 4}


def place(id, *, held=False):
    return places.Place(id, f"P{id}", held, "EAST", WAREHOUSE)


@pytest.fixture
def stocked(monkeypatch):
    """Where the lot lies: (location, on hand, free)."""

    def make(*stock):
        lot = {"id": 7, "product": 2, "product.": {"code": "OIL"}, "default_uom": 11}
        monkeypatch.setattr(lots, "find", lambda c, number: lot if stock else None)
        monkeypatch.setattr(lots, "stock", lambda c, lot: [lots.Stock(*each) for each in stock])
        monkeypatch.setattr(lots, "today", lambda c: dt.date(2027, 3, 10))
        monkeypatch.setattr(
            moves,
            "line",
            lambda c, lot, q, item=None: {"lot": 7, "item": item, "quantity": float(q.value), "company": 1},
        )

    return make


@pytest.fixture(autouse=True)
def documents(tryton):
    tryton.answers |= {
        "model.stock.shipment.internal.create": [50],
        "model.stock.shipment.out.create": [51],
        "model.stock.move.create": [52],
        "model.stock.location.create": [60],
    }


def pressed(tryton):
    """Buttons, as ``model:button``."""
    buttons = ("wait", "assign_try", "pick", "pack", "do", "cancel", "draft", "run")
    found = (name.removeprefix("model.").rpartition(".") for _, name, _, _ in tryton.calls)
    return [f"{model}:{button}" for model, _, button in found if button in buttons]


INTERNAL = [f"stock.shipment.internal:{button}" for button in ("wait", "assign_try", "do")]


def test_a_transfer_takes_from_the_storage_zone(tryton, connection, stocked):
    """Tryton itself looks where under it the lot lies; what is in quarantine is not found there."""
    stocked((place(10, held=True), Decimal(5), Decimal(0)))
    moves.transfer(connection, "L1", "BIN-2", QUANTITY, inspection=False)
    values = tryton.called("model.stock.shipment.internal.create")[0][0][0]
    assert values["from_location"] == WAREHOUSE["storage_location"]
    assert pressed(tryton) == INTERNAL


def test_an_inspection_takes_from_where_the_lot_lies(tryton, connection, stocked):
    """The record rule in Tryton decides who may take from quarantine."""
    stocked((place(10, held=True), Decimal(5), Decimal(0)))
    moves.transfer(connection, "L1", "QC", QUANTITY, inspection=True)
    assert tryton.called("model.stock.shipment.internal.create")[0][0][0]["from_location"] == 10


def test_a_document_that_tryton_refuses_is_cancelled(tryton, connection, stocked):
    """A refused move must not stay planned: it would count as reserved."""
    stocked((place(10), Decimal(5), Decimal(5)))
    tryton.refuse("model.stock.shipment.internal.do", 'You can not call "do" on "2" of "Stock Shipment Internal".')
    with pytest.raises(Fault):
        moves.transfer(connection, "L1", "BIN-2", QUANTITY, inspection=False)
    assert pressed(tryton) == [*INTERNAL, "stock.shipment.internal:cancel"]


def test_an_unknown_lot_is_sent_to_tryton(tryton, connection, stocked):
    """It is Tryton that refuses to move what is not there."""
    stocked()
    moves.transfer(connection, "L1", "BIN-2", QUANTITY, inspection=False)
    assert tryton.called("model.stock.shipment.internal.create")[0][0][0]["from_location"] == UNKNOWN


def test_disposal_goes_to_waste_from_anywhere(tryton, connection, stocked, monkeypatch):
    """Quarantine included: disposing of a held lot stays allowed."""
    stocked((place(10, held=True), Decimal(5), Decimal(0)))
    monkeypatch.setattr(places, "by_code", lambda c, code: place(99) if code == "EAST-WASTE" else None)
    moves.dispose(connection, "L1", QUANTITY)
    values = tryton.called("model.stock.shipment.internal.create")[0][0][0]
    assert (values["from_location"], values["to_location"]) == (10, 99)


def test_a_shipment_is_picked_packed_and_done(tryton, connection, stocked):
    """The customer is made if it is not there: destinations of the suite are names."""
    stocked((place(10), Decimal(5), Decimal(5)))
    tryton.finds("stock.location", {"id": 8, "code": "CUS"})
    tryton.finds("company.company", {"id": 1, "currency": 1})
    tryton.finds("party.party", {"id": 6, "addresses": [66]})
    moves.ship(connection, "L1", QUANTITY, "CUSTOMER-1")
    steps = ("wait", "assign_try", "pick", "pack", "do")
    assert pressed(tryton) == [f"stock.shipment.out:{step}" for step in steps]


@pytest.fixture
def production(tryton):
    warehouse = {"code": "EAST", "storage_location": 3}
    row = {"id": 4, "state": "waiting", "location": 9, "product": 1, "warehouse.": warehouse}
    tryton.finds("production", row)
    before = [{"id": 20, "state": "draft"}]
    inputs = iter([before, before, [*before, {"id": 21, "state": "draft"}]])
    tryton.answers["model.stock.move.search_read"] = lambda *_: next(inputs, [{"id": 21, "state": "draft"}])


def test_an_issue_is_reserved_then_done_then_the_rest_is_freed(tryton, connection, stocked, production):
    """Tryton's own availability check stands before the consumption."""
    stocked((place(10), Decimal(5), Decimal(5)))
    consumption.issue(connection, "O1", "L1", QUANTITY)
    assert pressed(tryton) == ["production:assign_try", "stock.move:do", "production:wait"]
    assert tryton.called("model.stock.move.do") == [[[21]]]


def test_an_issue_says_as_which_item_the_lot_is_used(tryton, connection, stocked, production):
    """Whether a lot is of that item is Tryton's to say, so it is told what was said."""
    stocked((place(10), Decimal(5), Decimal(5)))
    consumption.issue(connection, "O1", "L1", QUANTITY, "WATER")
    [[_, changes, *_]] = tryton.called("model.production.write")
    assert changes["inputs"][0][1][0]["item"] == "WATER"


def test_a_refused_issue_leaves_no_planned_input(tryton, connection, stocked, production):
    """The order requires what it required before."""
    stocked((place(10, held=True), Decimal(5), Decimal(0)))
    tryton.refuse("model.stock.move.do", 'You can not call "do" on "0.5 KGM" of "Stock Move".')
    with pytest.raises(Fault):
        consumption.issue(connection, "O1", "L1", QUANTITY)
    assert tryton.called("model.stock.move.delete") == [[[21]]]
    assert pressed(tryton)[-1] == "production:wait"


def test_an_allocation_that_tryton_did_not_reserve_is_refused(tryton, connection, stocked, production):
    """assign_try says nothing; the state of the move does."""
    stocked((place(10, held=True), Decimal(5), Decimal(0)))
    connection.find("stock.move", [], [])
    with pytest.raises(Fault, match="left the move of lot 'L1' in state 'draft'"):
        consumption.reserve(connection, "O1", "L1", QUANTITY)
    assert tryton.called("model.stock.move.delete") == [[[21]]]


def test_a_receipt_makes_the_lot_and_moves_it_in(tryton, connection):
    """Expiry to the day; an unknown item is left out of the lot, so that Tryton asks for it."""
    tryton.finds("stock.location", {"id": 3, "code": "EAST", "type": "warehouse", "storage_location": 5})
    tryton.finds("company.company", {"id": 1, "currency": 2})
    tryton.answers["model.stock.lot.create"] = [7]
    lot = m.MaterialLot(id="L1", item="NOBODY", quantity=QUANTITY, site="EAST", location="DOCK",
                        expiry=dt.datetime(2027, 3, 11, tzinfo=dt.UTC))  # fmt: skip
    receipts.receive(connection, [lot], "UTC")
    made = tryton.called("model.stock.lot.create")[0][0][0]
    assert made["product"] is None
    assert made["shelf_life_expiration_date"] == {"__class__": "date", "year": 2027, "month": 3, "day": 10}
    assert pressed(tryton) == ["stock.move:do"]


def hold(scope, target, disposition="Restricted"):
    return m.Hold(scope=scope, target=target, disposition=disposition, reason="r")


def test_a_held_lot_goes_into_quarantine_after_its_reservations_are_freed(tryton, connection, stocked, monkeypatch):
    """Reserved stock cannot be moved; a reservation must not survive the hold."""
    stocked((place(10), Decimal(5), Decimal(4)))
    monkeypatch.setattr(places, "by_code", lambda c, code: place(90, held=True) if code == "EAST-QUAR" else None)
    tryton.finds("stock.move", {"id": 31, "state": "assigned"})
    holds.apply(connection, hold("lot", "L1"))
    assert pressed(tryton) == ["stock.move:draft", *INTERNAL]
    values = tryton.called("model.stock.shipment.internal.create")[0][0][0]
    assert (values["from_location"], values["to_location"]) == (10, 90)
    assert values["moves"][0][1][0]["quantity"] == 5.0


def test_a_released_lot_goes_back_to_where_it_came_from(tryton, connection, stocked, monkeypatch):
    """Each bin gets what was taken from it; what came from nowhere outside goes to storage."""
    stocked((place(90, held=True), Decimal("5.5"), Decimal(0)))
    monkeypatch.setattr(places, "find", lambda c, clause: [place(10), place(11), place(91, held=True)])
    came = [(10, 2.0), (11, 3.0), (91, 1.0)]
    tryton.finds(
        "stock.move", *({"id": n, "from_location": f, "internal_quantity": q} for n, (f, q) in enumerate(came))
    )
    holds.apply(connection, hold("lot", "L1", "UnRestricted"))
    made = [call[0][0] for call in tryton.called("model.stock.shipment.internal.create")]
    assert [(v["to_location"], v["moves"][0][1][0]["quantity"]) for v in made] == [(11, 3.0), (10, 2.0), (3, 0.5)]


@pytest.mark.parametrize(("disposition", "parent"), [("Restricted", 90), ("UnRestricted", 3)])
def test_a_held_location_is_hung_under_quarantine(tryton, connection, monkeypatch, disposition, parent):
    """All that lies there is out of reach at once; released, it hangs under storage again."""
    here = place(10, held=disposition == "UnRestricted")
    monkeypatch.setattr(places, "by_code", lambda c, code: place(90, held=True) if code == "EAST-QUAR" else here)
    holds.apply(connection, hold("location", "P10", disposition))
    assert tryton.called("model.stock.location.write") == [[[10], {"parent": parent}]]
    holds.apply(connection, hold("location", "P10", "UnRestricted" if disposition == "Restricted" else "Restricted"))
    assert len(tryton.called("model.stock.location.write")) == 1


def arriving(tryton, unit="KGM"):
    """A lot of a known item on its way in, and the receipt of it."""
    tryton.finds("stock.location", {"id": 3, "code": "EAST", "type": "warehouse", "storage_location": 5})
    tryton.finds("company.company", {"id": 1, "currency": 2})
    tryton.answers["model.stock.lot.create"] = [7]
    quantity = m.Quantity(value=Decimal(1), unit=unit)
    return m.MaterialLot(id="L1", item="OIL", quantity=quantity, site="EAST", location="DOCK")


def test_a_refused_receipt_leaves_no_lot(tryton, connection):
    """Tryton looks at the move before there is a lot to leave."""
    lot = arriving(tryton)
    tryton.refuse("model.stock.move.create", 'A value is required for field "Unit" in "Stock Move".')
    with pytest.raises(Fault):
        receipts.receive(connection, [lot], "UTC")
    assert tryton.called("model.stock.lot.create") == []


@pytest.mark.parametrize("method", ["model.stock.lot.create", "model.stock.move.write", "model.stock.move.do"])
def test_a_receipt_that_is_refused_later_leaves_no_move(tryton, connection, method):
    """Whatever it was that Tryton refused of it."""
    lot = arriving(tryton)
    tryton.refuse(method, "You must not.")
    with pytest.raises(Fault, match="You must not"):
        receipts.receive(connection, [lot], "UTC")
    assert tryton.called("model.stock.move.delete") == [[[52]]]


def test_the_moves_of_a_receipt_get_their_lots_before_they_are_done(tryton, connection):
    """Each its own."""
    receipts.receive(connection, [arriving(tryton)], "UTC")
    assert tryton.called("model.stock.move.write") == [[[52], {"lot": 7}]]
    assert pressed(tryton) == ["stock.move:do"]
