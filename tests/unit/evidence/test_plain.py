"""Equal values have one plain form, different values different ones."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncproof import model as m
from syncproof.errors import MisuseError
from syncproof.evidence.canonical import MAX_INTEGER
from syncproof.evidence.plain import is_close, plain

BERLIN = timezone(timedelta(hours=1))


@dataclass
class Pair:
    one: object
    other: object


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.00"), "0"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("NaN"), "NaN"),
        (datetime(2027, 3, 10, 7, tzinfo=BERLIN), "2027-03-10T06:00:00Z"),
        (datetime(2027, 3, 10, 7, 0, 0, 500000, tzinfo=UTC), "2027-03-10T07:00:00.500000Z"),
        (datetime(2027, 3, 28, 2, 30), "2027-03-28T02:30:00"),  # noqa: DTZ001 - a local wall time
        (date(2027, 3, 10), "2027-03-10"),
        (timedelta(seconds=1.5), "1.5 s"),
        (Fraction(1, 3), "1/3"),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((1, 2.0, True, None), [1, 2, True, None]),
        (2**60, str(2**60)),
        (float("inf"), "inf"),
        (Colour.RED, "red"),
        ({1: Decimal(1)}, {"1": "1"}),
        (m.Quantity(value=Decimal("1.0"), unit="KGM"), {"value": "1", "unit": "KGM"}),
    ],
)
def test_forms(value, form):
    """One stated form for each kind of value."""
    assert plain(value) == form


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (MAX_INTEGER, MAX_INTEGER),
        (-MAX_INTEGER, -MAX_INTEGER),
        (MAX_INTEGER + 1, str(MAX_INTEGER + 1)),
        (float(MAX_INTEGER), MAX_INTEGER),
        (float(MAX_INTEGER + 1), float(MAX_INTEGER + 1)),
        (-2.0, -2),
        (2.5, 2.5),
        (True, True),
    ],
)
def test_a_number_keeps_its_value_and_is_whole_if_it_can_be(value, form):
    """Within what every reader of JSON holds exactly."""
    assert (plain(value), type(plain(value))) == (form, type(form))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_an_instant_is_the_same_wherever_it_is_recorded(monkeypatch):
    """The zone of the host says nothing."""
    monkeypatch.setenv("TZ", "XYZ-9")
    time.tzset()
    try:
        assert plain(datetime(2027, 3, 10, 7, tzinfo=BERLIN)) == "2027-03-10T06:00:00Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_plain_record_is_its_fields():
    """Its class is none."""
    assert plain(Pair(Decimal("1.0"), (2, None))) == {"one": "1", "other": [2, None]}
    with pytest.raises(MisuseError, match="^a type cannot be recorded: give a canonical record or plain values$"):
        plain(Pair)


def test_a_master_says_its_domain():
    """The wire tag of a record is part of what it is."""
    equipment = m.Equipment(id="MX1", revision="A", equipment_class="mixer")
    assert plain(equipment)["domain"] == "equipment"


def test_sets_of_records_have_one_order():
    """Whatever order they were made in."""
    refs = [m.MasterRef(domain="bom", id=name, revision="A") for name in ("B", "A", "C")]
    assert plain(frozenset(refs)) == plain(frozenset(reversed(refs)))


def test_what_has_no_plain_form_is_misuse():
    """A check of an arbitrary object would compare addresses."""
    with pytest.raises(MisuseError, match="a object cannot be recorded"):
        plain(object())


def quantity(text: str) -> m.Quantity:
    return m.Quantity(value=Decimal(text), unit="KGM")


@pytest.mark.parametrize(
    ("expected", "actual", "tolerance", "verdict"),
    [
        (Decimal("1.00"), Decimal("1.05"), Decimal("0.05"), True),
        (Decimal("1.00"), Decimal("1.0501"), Decimal("0.05"), False),
        (quantity("1"), quantity("0.95"), Decimal("0.05"), True),
        (quantity("1"), m.Quantity(value=Decimal(1), unit="GRM"), Decimal("0.05"), False),
        ((quantity("1"), quantity("2")), (quantity("1.01"), quantity("2.01")), Decimal("0.05"), True),
        ((quantity("1"),), (quantity("1"), quantity("2")), Decimal("0.05"), False),
        ("000123", "123", Decimal(1), False),
        (True, Decimal(1), Decimal(1), False),
        ({"a": 1}, {"a": 2}, 1, True),
        ({"a": 1}, {"b": 1}, 1, False),
        (datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, 0, 0, 2, tzinfo=UTC), timedelta(seconds=2), True),
        (datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, 0, 0, 3, tzinfo=UTC), 2, False),
        (timedelta(seconds=5), timedelta(seconds=6), 1, True),
        (None, Decimal(1), Decimal(1), False),
        (datetime(2027, 1, 1, tzinfo=UTC), None, 2, False),
        (None, datetime(2027, 1, 1, tzinfo=UTC), 2, False),
        (timedelta(seconds=5), Decimal(5), 1, False),
        (Decimal(5), timedelta(seconds=5), 1, False),
        ([quantity("1")], None, Decimal(1), False),
        (None, [quantity("1")], Decimal(1), False),
        ({"a": 1}, ["a", 1], 1, False),
        ({1: 1, "a": 2}, {"a": 3, 1: 2}, 1, True),
        (0.1, Decimal(0), Decimal("0.1"), True),
        (Fraction(1, 3), 0, Fraction(1, 3), True),
        (Decimal("1E+400"), Decimal("1.1E+400"), Decimal("1E+399"), True),
    ],
)
def test_tolerance_is_for_numbers_and_instants_only(expected, actual, tolerance, verdict):
    """Inclusive at its bound; ids, units, shapes and flags must be the same."""
    assert is_close(expected, actual, tolerance) is verdict


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), float("nan"), float("inf")])
def test_what_is_no_finite_number_is_close_to_nothing_but_itself(value):
    """Within no tolerance, alone or in a record: it differs, and is no error."""
    for other in (Decimal(1), 1, 1.5, Fraction(1, 2), "1", None):
        assert is_close(value, other, Decimal("1E+99")) is False
        assert is_close({"a": other}, {"a": value}, Decimal("1E+99")) is False
    assert is_close(value, value, Decimal(0)) is True
    assert is_close([value, 1], [value, 2], 1) is True


def test_an_instant_is_not_close_to_a_wall_time_without_a_zone():
    """How far they are from each other cannot be said."""
    instant = datetime(2027, 1, 1, tzinfo=UTC)
    assert is_close(instant, instant.replace(tzinfo=None), timedelta(days=2)) is False
    assert is_close(instant.replace(tzinfo=None), instant, timedelta(days=2)) is False
    assert is_close(instant.replace(tzinfo=None), datetime(2027, 1, 2), timedelta(days=1)) is True  # noqa: DTZ001


def test_sets_within_a_tolerance_are_compared_member_by_member():
    """Required quantities of several items."""
    ours = frozenset({m.Requirement(item=i, quantity=quantity(q)) for i, q in (("A", "1"), ("B", "2"))})
    near = frozenset({m.Requirement(item=i, quantity=quantity(q)) for i, q in (("A", "1.1"), ("B", "2.1"))})
    many, more = ({m.Requirement(item=f"I{n}", quantity=quantity(str(n + q))) for n in range(9, 40)} for q in (0, 1))
    assert is_close(many, more, 1)
    assert is_close(ours, near, Decimal("0.1"))
    assert not is_close(ours, near, Decimal("0.09"))


def numbers(*texts: str) -> frozenset[Decimal]:
    return frozenset(map(Decimal, texts))


def required(**texts: str) -> frozenset[m.Requirement]:
    return frozenset(m.Requirement(item=item, quantity=quantity(text)) for item, text in texts.items())


@pytest.mark.parametrize(
    ("expected", "actual", "verdict"),
    [
        (numbers("9.99", "5"), numbers("10.01", "5"), True),
        (numbers("9.99", "5"), numbers("10.05", "5"), False),
        (numbers("9.96", "9.99", "10"), numbers("9.98", "10.03", "10.04"), True),
        (numbers("9.98", "9.99", "20"), numbers("10.03", "20", "20.01"), False),
        (numbers("10", "10.075", "10.1"), numbers("10.05", "9.95", "9.975"), False),
        (numbers("9.99", "10"), numbers("9.99"), False),
        (required(A="9.99", B="5"), required(A="10.01", B="5"), True),
        (required(A="9.99", B="5"), required(A="5", B="10.01"), False),
        ({quantity("9.99"), quantity("5")}, {quantity("5"), quantity("10.01")}, True),
        ([Decimal("9.99"), 5], [5, Decimal("10.01")], False),
    ],
)
def test_members_of_sets_are_paired_by_value_and_none_twice(expected, actual, verdict):
    """Whatever the order of their texts; a list keeps its order."""
    assert is_close(expected, actual, Decimal("0.05")) is verdict
    assert is_close(actual, expected, Decimal("0.05")) is verdict


POINTS = st.sets(st.tuples(st.integers(8, 12), st.integers(8, 12)), min_size=4, max_size=4)


@settings(max_examples=300, deadline=None)
@given(POINTS, POINTS)
def test_sets_are_close_if_any_way_to_pair_their_members_is(ours, theirs):
    """Each is tried here: also where the nearest member is needed by another."""
    ways = ([*zip(ours, order, strict=True)] for order in permutations(theirs))
    one_is = any(all(abs(a - c) <= 1 and abs(b - d) <= 1 for (a, b), (c, d) in way) for way in ways)
    assert is_close(ours, theirs, 1) is one_is


def test_a_long_chain_of_members_is_paired():
    """Whoever comes late makes all the others take another one."""
    ours, theirs = (set(range(start, start + 90)) for start in (50, 51))
    assert is_close(ours, theirs, 1)
    assert not is_close(ours, theirs | {141} - {100}, 1)
    assert not is_close(ours, theirs - {139} | {142}, 1)
