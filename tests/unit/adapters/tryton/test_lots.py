import datetime as dt
from decimal import Decimal

import pytest

from syncproof.adapters.tryton import lots
from syncproof.adapters.tryton.wire import to_wire
from syncproof.errors import Untranslatable

TODAY = dt.date(2027, 3, 10)


def instant(text):
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("expiry", "last_day"),
    [
        ("2027-03-11T00:00:00+01:00", "2027-03-10"),
        ("2027-03-10T23:59:59+01:00", "2027-03-09"),
        ("2027-03-10T12:00:00Z", "2027-03-09"),
    ],
)
def test_an_expiry_is_the_last_whole_day_before_it(expiry, last_day):
    """Tryton knows days only: the lot is never usable after its expiry, so part of a day is lost."""
    assert lots.last_day_of_use(instant(expiry), "Europe/Berlin") == dt.date.fromisoformat(last_day)


def test_a_last_day_ends_at_midnight_of_the_company():
    """Read back, an expiry at midnight is the same instant."""
    midnight = instant("2027-03-11T00:00:00+01:00")
    assert lots.first_useless_instant(TODAY, "Europe/Berlin") == midnight
    assert lots.first_useless_instant(lots.last_day_of_use(midnight, "Europe/Berlin"), "Europe/Berlin") == midnight
    assert lots.first_useless_instant(None, "UTC") is None
    assert lots.last_day_of_use(None, "UTC") is None


def location(id, code, zone, *, site="EAST"):
    warehouse = {"id": 1, "code": site, "type": "warehouse", "storage_location": 3, "parent.": None}
    parent = {"id": 2, "code": f"{site}-{zone}", "type": "storage", "parent.": warehouse}
    return {"id": id, "code": code, "type": "storage", "parent.": parent}


@pytest.fixture
def stocked(tryton):
    """A lot with stock at one or two locations, as (location, on hand, not reserved)."""

    def make(*stock, last_day=None):
        tryton.answers["model.ir.date.today"] = to_wire(TODAY)
        tryton.finds("stock.lot", {
            "id": 7, "number": "L1", "product": 2, "product.": {"code": "OIL"}, "default_uom": 11,
            "default_uom.": {"symbol": "kg"}, "shelf_life_expiration_date": to_wire(last_day),
        })  # fmt: skip
        looks = [
            [{"id": place["id"], "quantity": on_hand} for place, on_hand, _ in stock],
            [{"id": place["id"], "quantity": free} for place, _, free in stock],
            [place for place, _, _ in stock],
        ]
        tryton.answers["model.stock.location.search_read"] = lambda *_: looks.pop(0) if looks else []

    return make


def test_a_lot_lies_where_most_of_it_lies(stocked, connection):
    """Quantity is Tryton's own count over all locations, in the item's base unit."""
    stocked((location(10, "B1", "STO"), 2.0, 2.0), (location(11, "B2", "STO"), 3.5, 3.0))
    lot = lots.read(connection, "L1", "UTC")
    assert (lot.location, lot.site, lot.disposition) == ("B2", "EAST", "UnRestricted")
    assert (lot.quantity.value, lot.quantity.unit) == (Decimal("5.5"), "KGM")


def test_a_lot_in_quarantine_is_restricted_and_not_available(stocked, connection):
    """One part in quarantine is enough: the lot as such may not be used."""
    stocked((location(10, "B1", "STO"), 2.0, 2.0), (location(11, "Q1", "QUAR"), 3.0, 3.0))
    assert lots.read(connection, "L1", "UTC").disposition == "Restricted"
    stocked((location(11, "Q1", "QUAR"), 3.0, 3.0))
    (stock,) = lots.stock(connection, {"id": 7, "product": 2})
    assert (stock.on_hand, stock.free) == (Decimal(3), Decimal(0))


@pytest.mark.parametrize(("last_day", "disposition"), [(TODAY, "UnRestricted"), (dt.date(2027, 3, 9), "Restricted")])
def test_a_lot_whose_last_day_has_passed_is_restricted(stocked, connection, last_day, disposition):
    """On its last day it may still be used."""
    stocked((location(10, "B1", "STO"), 2.0, 2.0), last_day=last_day)
    assert lots.read(connection, "L1", "UTC").disposition == disposition


def test_a_lot_that_is_nowhere_is_still_known(stocked, connection):
    """It has been used up, not unmade."""
    stocked()
    lot = lots.read(connection, "L1", "UTC")
    assert (lot.quantity.value, lot.location) == (Decimal(0), "")


def test_an_unknown_lot_is_none(tryton, connection):
    """Nothing is made up."""
    assert lots.read(connection, "L9", "UTC") is None


def test_an_expiry_before_every_day_cannot_be_told():
    """There is no day before the first one."""
    with pytest.raises(Untranslatable, match="^expiry: "):
        lots.last_day_of_use(instant("0001-01-01T00:00:00Z"), "UTC")
