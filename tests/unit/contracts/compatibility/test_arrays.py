"""What is known of places and sizes closes an array where it contradicts itself, and only there."""

import pytest

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.arrays import MANY, array
from syncproof.contracts.compatibility.prover import Prover
from tests.unit.contracts.compatibility.judging import fits, judged

INT, NUM, STR = {"type": "integer"}, {"type": "number"}, {"type": "string"}
INTS, NUMS = {"items": INT}, {"items": NUM}
TWO_KINDS = {"prefixItems": [STR], "items": INT}
CLOSED = {
    "sizes that exclude each other": ([{"minItems": 3, "maxItems": 2}], []),
    "a place that nothing fills ends the array": ([{"prefixItems": [True, False], "minItems": 2}], []),
    "no item, and at least one": ([{"items": False, "minItems": 1}], []),
    "none behind the first places, and more than those": ([{"prefixItems": [True], "items": False, "minItems": 2}], []),
    "a place known from two sides": ([{"prefixItems": [NUM], "minItems": 1}, {"items": STR}], []),
    "a place that must break what all items are": ([INTS], [{"prefixItems": [NUM]}]),
    "a place that must break a rule must be there": ([{"maxItems": 1}], [{"prefixItems": [True, NUM]}]),
    "one of the rest must break what all are": ([INTS], [NUMS]),
    "one of the rest must be there": ([{"maxItems": 1}], [{"prefixItems": [True], "items": NUM}]),
    "the exception can only be where the rest is": ([{"prefixItems": [STR], "items": INT}],
                                                    [{"prefixItems": [True], "items": NUM}]),
    "more found than there are items": ([{"contains": True, "minContains": 3, "maxItems": 2}], []),
    "found among what cannot be it": ([{"items": INT, "contains": STR}], []),
    "found in more places than can be it": ([{**TWO_KINDS, "contains": STR, "minContains": 2}], []),
    "none may be what each must be": ([{"items": INT, "minItems": 1}], [{"contains": NUM}]),
    "few may be what each must be": ([{"items": INT, "minItems": 3, "contains": NUM, "maxContains": 2}], []),
    "more found of the narrower than may be of the wider": (
        [{"contains": INT, "minContains": 3}, {"contains": NUM, "maxContains": 2}], []),
    "at least so many, negated and not": ([{"contains": NUM, "maxContains": 1}], [{"contains": INT, "maxContains": 1}]),
    "more different items than there are values": ([{"items": {"type": "boolean"}, "uniqueItems": True, "minItems": 3}],
                                                   []),
    "different values by place": (
        [{"prefixItems": [{"enum": [1]}], "items": {"enum": [1, 2]}, "uniqueItems": True, "minItems": 3}], []),
    "different and not different": ([{"uniqueItems": True}], [{"uniqueItems": True}]),
    "twins in places of different kinds": ([{"prefixItems": [STR, INT], "items": False}], [{"uniqueItems": True}]),
    "twins are two, and may be few": ([{"items": INT, "contains": INT, "maxContains": 1}], [{"uniqueItems": True}]),
    "an exception far behind makes many": (
        [{"items": INT, "contains": INT, "maxContains": 2}], [{"prefixItems": [True, True], "items": {"const": 1}}]),
    "twins where only one is like the other": (
        [{"prefixItems": [STR], "items": INT, "maxItems": 2}],
        [{"uniqueItems": True}],
    ),
    "twins among less than two": ([{"maxItems": 1}], [{"uniqueItems": True}]),
}  # fmt: skip
OPEN = {
    "sizes that meet": ([{"minItems": 2, "maxItems": 2}], []),
    "a place that is filled": ([{"prefixItems": [True, False], "minItems": 1}], []),
    "none behind the first place": ([{"prefixItems": [True], "items": False, "minItems": 1}], []),
    "a place that may break what another is": ([{"prefixItems": [INT]}], [{"prefixItems": [True, NUM]}]),
    "one of the rest breaks a rule": ([NUMS], [INTS]),
    "the exception is in front of the rest": ([TWO_KINDS], [NUMS]),
    "a second place is needed for the exception": ([{"prefixItems": [INT]}], [NUMS]),
    "found as often as there are places": ([{**TWO_KINDS, "contains": INT, "minContains": 2, "maxItems": 3}], []),
    "found not more often than it may": ([{"items": NUM, "minItems": 3, "contains": INT, "maxContains": 1}], []),
    "as many as there may be, each must be it": ([{"items": INT, "minItems": 2, "contains": INT, "maxContains": 2}], []),
    "none is what it may not be": ([{"items": NUM, "minItems": 2}], [{"contains": INT}]),
    "more than a few": ([NUMS], [{"contains": INT, "minContains": 0, "maxContains": 2}]),
    "more of the wider than of the narrower": (
        [{"contains": NUM, "minContains": 3}, {"contains": INT, "maxContains": 2}], []),
    "as many different items as values": ([{"items": {"type": "boolean"}, "uniqueItems": True, "minItems": 2}], []),
    "few values that may come twice": ([{"items": {"type": "boolean"}, "minItems": 3}], []),
    "twins behind the first places": ([{"prefixItems": [STR, INT]}], [{"uniqueItems": True}]),
    "twins behind the first places, with just enough room": (
        [{"prefixItems": [STR], "items": INT, "maxItems": 3}],
        [{"uniqueItems": True}],
    ),
    "twins in two places": ([{"prefixItems": [NUM, INT], "items": False}], [{"uniqueItems": True}]),
}  # fmt: skip


@pytest.mark.parametrize(("held", "broken"), CLOSED.values(), ids=CLOSED)
def test_facts_that_contradict_are_closed(held, broken):
    """What is left open here would be a false alarm."""
    assert judged(array, held, broken) == (True, ())


@pytest.mark.parametrize(("held", "broken"), OPEN.values(), ids=OPEN)
def test_facts_that_agree_are_open_and_an_array_shows_it(held, broken):
    """What is closed here would be a wrong 'compatible'. jsonschema-rs confirms the array."""
    closed, samples = judged(array, held, broken)
    assert not closed
    assert fits(*samples, held, broken), samples


def test_a_count_below_nothing_is_closed():
    """ "Not at least none" cannot be."""
    assert array(Prover(), ((False, t.Some(count=0)),), False).closed


@pytest.mark.parametrize("index", [MANY - 1, MANY])
def test_more_places_than_are_told_apart_prove_nothing(index):
    """One place fewer is still looked at."""
    facts = ((True, t.Most(kind="array", value=0)), (False, t.Item(index=index)))
    assert array(Prover(), facts, True).closed is (index < MANY)


def test_a_long_array_is_open_and_not_made():
    """Nothing contradicts, and nobody wants to read it."""
    assert judged(array, [{"minItems": 2001}], []) == (False, ())
    assert judged(array, [{"minItems": 2000}], [])[1]


def test_no_array_is_made_where_none_is_wanted():
    assert array(Prover(), (), False).samples == ()
