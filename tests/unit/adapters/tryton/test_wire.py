import datetime as dt
import re
from decimal import Decimal

import pytest

from syncproof.adapters.tryton.wire import as_float, from_wire, to_wire
from syncproof.errors import Untranslatable


@pytest.mark.parametrize(
    ("number", "text"), [(12.5, "12.5"), (250.0, "250"), (0.333333333333, "0.333333333333"), (1e-12, "1E-12")]
)
def test_floats_are_read_by_their_shortest_text(number, text):
    """A quantity is the number Tryton shows, not the binary fraction behind it."""
    assert from_wire(number) == Decimal(text)
    assert str(from_wire(250.0)) == "250"


def test_typed_values_go_there_and_come_back():
    """Prices, dates and instants keep value and type."""
    price, day = Decimal("9.90"), dt.date(2027, 3, 10)
    assert from_wire(to_wire([price, {"day": day}])) == [price, {"day": day}]


def test_naive_instants_of_the_server_are_utc():
    """The server is started with TZ=UTC, so its instants without offset are UTC."""
    naive = dt.datetime(2027, 3, 10, 6, 0, 1, 5)  # noqa: DTZ001
    assert from_wire(to_wire(naive)) == naive.replace(tzinfo=dt.UTC)


def test_whole_numbers_and_texts_stay_what_they_are():
    """Ids are integers and stay so."""
    assert from_wire({"id": 7, "name": "x", "ok": True, "none": None}) == {
        "id": 7, "name": "x", "ok": True, "none": None,
    }  # fmt: skip


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+400"])
def test_a_number_that_json_does_not_have_is_not_sent_as_none(number):
    """Tryton would take null for an order without a quantity."""
    with pytest.raises(Untranslatable, match=f"^quantity: JSON has no number for {re.escape(number)}$"):
        as_float(Decimal(number))
    assert as_float(Decimal("-0.5")) == -0.5
