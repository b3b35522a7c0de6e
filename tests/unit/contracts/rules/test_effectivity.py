"""Effective dates: there is one, and at any instant one revision is in effect."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from syncproof.contracts.rules.base import Source
from syncproof.contracts.rules.effectivity import Interval, Intervals, date, faults, instant
from tests.unit.contracts.rules.samples import across, told

START = datetime(2027, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 60)


def interval(begin, end):
    hours = (START + timedelta(hours=begin), START + timedelta(hours=end))
    return Interval(*hours, f"{begin}-{end}", Source("file", 1, ""), "")


def rules(intervals):
    return {each.found.rule.id for each in faults(intervals)}


def covered(intervals, hour):
    return sum(each.begin <= START + timedelta(hours=hour) < each.end for each in intervals)


@given(st.lists(st.tuples(HOURS, HOURS).filter(lambda pair: pair[0] < pair[1]), max_size=6))
def test_a_fault_is_told_if_and_only_if_some_hour_is_covered_twice_or_not_at_all(pairs):
    """Counted hour by hour, from the first beginning to the last end."""
    intervals = [interval(*pair) for pair in pairs]
    hours = range(min((b for b, _ in pairs), default=0), max((e for _, e in pairs), default=0))
    counts = {covered(intervals, hour) for hour in hours}
    assert ("effectivity-gap" in rules(intervals)) == (0 in counts)
    assert ("effectivity-overlap" in rules(intervals)) == any(count > 1 for count in counts)


@given(st.lists(HOURS, min_size=2, max_size=8, unique=True), st.randoms())
def test_intervals_that_meet_are_fine_in_any_order(ends, random):
    ends.sort()
    intervals = [interval(*pair) for pair in pairwise(ends)]
    random.shuffle(intervals)
    assert rules(intervals) == set()


@given(st.lists(HOURS, min_size=3, max_size=8, unique=True), st.data())
def test_one_interval_taken_away_inside_leaves_a_gap(ends, data):
    ends.sort()
    intervals = [interval(*pair) for pair in pairwise(ends)]
    if len(intervals) > 2:
        intervals.pop(data.draw(st.integers(1, len(intervals) - 2)))
        assert rules(intervals) == {"effectivity-gap"}


@given(HOURS, HOURS)
def test_an_interval_that_ends_before_it_begins_is_told_and_covers_nothing(begin, end):
    if end <= begin:
        assert rules([interval(begin, end)]) == {"effectivity-backwards"}


@pytest.mark.parametrize(
    ("stated", "actual"),
    [
        ({}, "neither"),
        ({"instant": None, "local": None}, "neither"),
        ({"instant": "2027-01-01T00:00:00Z", "local": "2027-01-01T00:00"}, "instant and local"),
    ],
)
def test_a_change_without_one_date_is_told(stated, actual):
    assert told(date, "change", {"effectivity": stated, "status": "approved"}) == [
        ("effectivity-date", "/effectivity", actual)
    ]


def test_one_date_is_fine_and_other_contracts_have_none():
    assert told(date, "activation", {"effectivity": {"local": "2027-01-01T00:00"}}) == []
    assert told(date, "lot", {}) == []


def test_a_draft_needs_no_date_yet_but_never_has_two():
    assert told(date, "change", {"effectivity": {}}) == []
    assert told(date, "change", {"effectivity": {"instant": "x", "local": "y"}, "status": "draft"}) != []


def activation(revision, at, **more):
    member = {"domain": "bom", "id": "B", "revision": revision}
    return ("activation", {"members": [member], "effectivity": {"instant": at}, **more})


def test_revisions_that_follow_each_other_are_fine_and_so_is_one_told_twice():
    first, second = activation("A", "2027-01-01T00:00:00Z"), activation("B", "2027-02-01T00:00:00Z")
    assert across(Intervals(), second, first, first) == ([], 0)


def test_two_revisions_of_one_instant_overlap():
    """However the instant is written."""
    first, second = activation("A", "2027-01-01T00:00:00Z"), activation("B", "2027-01-01T01:00:00+01:00")
    assert across(Intervals(), first, second) == ([("effectivity-overlap", 2, "/members/0")], 0)


def test_two_sites_may_begin_at_the_same_instant():
    masters = [("bom", {"id": "B", "revision": name, "site": site}) for name, site in (("A", "EAST"), ("B", "WEST"))]
    begun = [activation(name, "2027-01-01T00:00:00Z") for name in ("A", "B")]
    assert across(Intervals(), *masters, *begun) == ([], 0)


def test_a_local_time_could_not_be_compared():
    assert across(Intervals(), activation("A", None)) == ([], 1)


def test_intervals_of_other_systems_are_compared_by_id_and_site():
    def valid(begin, end, **more):
        return ("", {"id": "B", "valid_from": begin, "valid_to": end, **more})

    good = [valid("2027-01-01", "2027-02-01"), valid("2027-02-01", None), valid("2027-01-15", None, site="WEST")]
    assert across(Intervals(), *good) == ([], 0)
    bad = [valid("2027-01-01", "2027-02-01"), valid("2027-01-31", "2027-03-01"), valid("2027-03-02", None)]
    assert across(Intervals(), *bad)[0] == [
        ("effectivity-overlap", 2, "/valid_from"),
        ("effectivity-gap", 3, "/valid_from"),
    ]
    assert across(Intervals(), valid("soon", None), valid("2027-01-01T00:00:00", None)) == ([], 2)


@pytest.mark.parametrize("text", ["", "soon", "2027-02-30", "2027-01-01T00:00:00", 5, None, []])
def test_what_is_no_instant_is_none(text):
    assert instant(text) is None
