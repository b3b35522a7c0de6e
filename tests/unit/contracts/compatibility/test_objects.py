"""What is known of names and their values closes an object where it contradicts itself, and only there."""

import pytest

from syncproof.contracts.compatibility.objects import object_
from syncproof.contracts.compatibility.prover import Prover
from tests.unit.contracts.compatibility.judging import fits, judged

INT, NUM, STR = {"type": "integer"}, {"type": "number"}, {"type": "string"}
SHUT = {"properties": {"a": True}, "additionalProperties": False}
CLOSED = {
    "sizes that exclude each other": ([{"minProperties": 3, "maxProperties": 2}], []),
    "more names asked for than there may be": ([{"required": ["a", "b"], "maxProperties": 1}], []),
    "a name that must be there and must not": ([{"required": ["a"]}], [{"required": ["a"]}]),
    "a name that must be there and has no value": ([{"required": ["a"], "properties": {"a": False}}], []),
    "a value known from two sides": ([{"required": ["a"], "properties": {"a": INT}}, {"properties": {"a": STR}}], []),
    "a value that must break what it is": ([{"properties": {"a": INT}}], [{"properties": {"a": NUM}}]),
    "a name that must break a rule must be there": ([{"maxProperties": 0}], [{"properties": {"a": NUM}}]),
    "a name among the others": ([{**SHUT, "required": ["b"]}], []),
    "a name by its pattern": ([{"patternProperties": {"^a": False}, "required": ["ab"]}], []),
    "a name that no name may be": ([{"propertyNames": {"pattern": "^a"}, "required": ["b"]}], []),
    "a name that must break what all are": ([{"propertyNames": {"maxLength": 2}}], [{"propertyNames": {"maxLength": 3}}]),
    "a known name that must break what all are": (
        [{"required": ["ab"], "maxProperties": 1}], [{"propertyNames": {"maxLength": 2}}]),
    "one of the others must break what all are": (
        [{"additionalProperties": INT}], [{"additionalProperties": NUM}]),
    "one of the others must be there": ([SHUT], [{"properties": {"a": True}, "additionalProperties": NUM}]),
    "no room for one of the others": (
        [{"required": ["a"], "properties": {"a": INT}, "maxProperties": 1}], [{"additionalProperties": NUM}]),
    "no room for another name that is known": (
        [{"required": ["a"], "properties": {"a": INT, "b": NUM}, "maxProperties": 1}], [{"additionalProperties": INT}]),
    "fewer names than there must be": ([{**SHUT, "minProperties": 2}], []),
    "fewer names than there must be, one that may not be": (
        [{"properties": {"a": False, "b": True}, "additionalProperties": False, "minProperties": 2}], []),
    "a pattern within a pattern": ([{"patternProperties": {"^a": INT}}], [{"patternProperties": {"^ab": NUM}}]),
    "a pattern that all names match": (
        [{"propertyNames": {"pattern": "^a"}, "patternProperties": {"a": INT}}], [{"additionalProperties": NUM}]),
    "a name that is told is no other name": (
        [{"propertyNames": {"enum": ["a"]}}],
        [{"properties": {"a": True}, "additionalProperties": NUM}]),
    "two patterns of one name": (
        [{"patternProperties": {"^a": INT, "b$": STR}}], [{"patternProperties": {"^ab$": NUM}}]),
}  # fmt: skip
OPEN = {
    "sizes that meet": ([{"minProperties": 2, "maxProperties": 2}], []),
    "as many names as there may be": ([{"required": ["a", "b"], "maxProperties": 2}], []),
    "a name that need not be there": ([{"properties": {"a": False}}], []),
    "a name that must not be there": ([{"minProperties": 1}], [{"required": ["a"]}]),
    "two names, each with its own value": ([{"required": ["a", "b"], "properties": {"a": INT, "b": STR}}], []),
    "a value that breaks a rule": ([{"properties": {"a": NUM}}], [{"properties": {"a": INT}}]),
    "a name that is not among the others": ([{**SHUT, "required": ["a"]}], []),
    "a name beside the pattern": ([{"patternProperties": {"^a": False}, "required": ["ba"]}], []),
    "a name that breaks a rule": ([{"propertyNames": {"maxLength": 3}}], [{"propertyNames": {"maxLength": 2}}]),
    "a known name that breaks a rule": (
        [{"required": ["abc"], "maxProperties": 1}], [{"propertyNames": {"maxLength": 2}}]),
    "the only name breaks a rule": (
        [{"required": ["a"], "properties": {"a": NUM}, "maxProperties": 1}], [{"additionalProperties": INT}]),
    "one of the others breaks a rule": ([{"additionalProperties": NUM}], [{"additionalProperties": INT}]),
    "a name of the one is another in the other": ([{"properties": {"a": INT}}], [{"additionalProperties": NUM}]),
    "as many names as there must be": ([{**SHUT, "minProperties": 1}], []),
    "names that nobody tells": ([{"minProperties": 3, "propertyNames": {"pattern": "^a"}}], []),
    "a pattern around a pattern": ([{"patternProperties": {"^ab": INT}}], [{"patternProperties": {"^a": NUM}}]),
    "a pattern that not all names match": (
        [{"propertyNames": {"pattern": "^a"}, "patternProperties": {"b": INT}}], [{"additionalProperties": NUM}]),
    "one pattern of two": ([{"patternProperties": {"^a": INT, "b$": STR}}], [{"patternProperties": {"^a": STR}}]),
    "two exceptions at two names": (
        [], [{"properties": {"a": NUM}}, {"properties": {"b": NUM}}, {"propertyNames": {"maxLength": 2}}]),
}  # fmt: skip


@pytest.mark.parametrize(("held", "broken"), CLOSED.values(), ids=CLOSED)
def test_facts_that_contradict_are_closed(held, broken):
    """What is left open here would be a false alarm."""
    assert judged(object_, held, broken) == (True, ())


@pytest.mark.parametrize(("held", "broken"), OPEN.values(), ids=OPEN)
def test_facts_that_agree_are_open_and_an_object_shows_it(held, broken):
    """What is closed here would be a wrong 'compatible'. jsonschema-rs confirms the object."""
    closed, samples = judged(object_, held, broken)
    assert not closed
    assert fits(*samples, held, broken), samples


@pytest.mark.parametrize(("patterns", "closed"), [(5, True), (6, False)])
def test_more_classes_of_names_than_are_told_apart_prove_nothing(patterns, closed):
    """Six patterns that have nothing to do with each other make 64 classes."""
    held = {"patternProperties": {f"[{n}]": INT for n in range(patterns)}}
    assert judged(object_, [held], [{"patternProperties": {"[0]": NUM}}])[0] is closed


def test_no_object_is_made_where_none_is_wanted():
    assert object_(Prover(), (), False).samples == ()
