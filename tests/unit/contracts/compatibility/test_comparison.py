"""Every kind of rule is proved where it holds, and broken with a document where it does not."""

import time
from functools import reduce

import pytest

from syncproof.contracts.compatibility.comparison import Comparison
from syncproof.contracts.compatibility.schemas import make

D7 = "http://json-schema.org/draft-07/schema#"
TREE = {"type": "object", "properties": {"value": {"type": "integer"}, "next": {"$ref": "#"}}}
TAGS = [{"properties": {"kind": {"const": kind}, "v": {"maxLength": 3}}, "required": ["kind"]} for kind in "abc"]
WITHIN = {
    "a type of more": ({"type": "integer"}, {"type": ["number", "null"]}),
    "a tighter range on a grid": (
        {"multipleOf": 4, "exclusiveMinimum": 0},
        {"anyOf": [{"minimum": 4, "multipleOf": 2}, {"type": "string"}, {"not": {"type": "number"}}]},
    ),
    "finitely many multiples": ({"type": "integer", "minimum": 1, "maximum": 3}, {"enum": [3, 2, 1.0]}),
    "a pattern within a pattern": (
        {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"},
        {"pattern": "^[A-Z0-9-]+$", "minLength": 4},
    ),
    "patterns that we do not read, but the same": ({"pattern": "^(?=a).b$"}, {"pattern": "^(?=a).b$"}),
    "the same format": ({"format": "date"}, {"format": "date"}),
    "types apart": ({"type": "object", "oneOf": TAGS}, {"oneOf": [*TAGS, {"type": "array"}]}),
    "a closed object that is opened": (
        {"properties": {"a": True}, "additionalProperties": False},
        {"properties": {"b": {"type": "null"}}},
    ),
    "a required name under propertyNames": (
        {"type": "object", "propertyNames": {"pattern": "^a"}, "required": ["b"]},
        False,
    ),
    "minProperties that cannot be": (
        {"type": "object", "properties": {"a": True}, "additionalProperties": False, "minProperties": 2},
        False,
    ),
    "names by pattern": (
        {"patternProperties": {"^a": {"type": "integer"}}},
        {"patternProperties": {"^ab+$": {"type": "number"}}},
    ),
    "dependent names": ({"dependentRequired": {"a": ["b", "c"]}, "required": ["a"]}, {"required": ["a", "c"]}),
    "dependent schemas": ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"dependentRequired": {"a": ["b"]}}),
    "tuples": (
        {"prefixItems": [{"type": "integer"}], "items": {"type": "string"}},
        {"items": {"type": ["string", "number"]}},
    ),
    "contains": (
        {"contains": {"minimum": 5, "type": "number"}, "minContains": 2, "maxContains": 3},
        {"contains": {"type": "number"}, "minContains": 1},
    ),
    "different items of two values": (
        {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True},
        {"maxItems": 2},
    ),
    "if, then and else": (
        {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "null"}},
        {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]},
    ),
    "not of not": ({"not": {"not": {"maximum": 1}}}, {"maximum": 2}),
    "unevaluated is additional": (
        {"allOf": [{"properties": {"a": True}}], "unevaluatedProperties": False},
        {"properties": {"a": True}, "additionalProperties": False},
    ),
    "a list that is unrolled once": (
        TREE,
        {"type": "object", "properties": {"next": {"type": "object", "properties": {"value": {"type": "number"}}}}},
    ),
    "recursion against recursion": (
        TREE,
        {
            "$ref": "#/$defs/t",
            "$defs": {"t": {"properties": {"next": {"$ref": "#/$defs/t"}, "value": {"type": "number"}}}},
        },
    ),
    "an array that must go on without an end": ({"type": "array", "minItems": 1, "items": {"$ref": "#"}}, False),
    "drafts": (
        {"$schema": D7, "items": [{"type": "integer"}], "additionalItems": False, "dependencies": {"a": ["b"]}},
        {"prefixItems": [{"type": "number"}], "maxItems": 1, "dependentRequired": {"a": ["b"]}},
    ),
    "what stands beside a reference in draft 7": (
        {"$schema": D7, "definitions": {"s": {"type": "string"}}, "$ref": "#/definitions/s", "type": "null"},
        {"type": "string"},
    ),
}
BROKEN = {
    "a format that is new": ({"type": "string"}, {"format": "date"}, "/format"),
    "one more required name": ({"required": ["a"]}, {"required": ["a", "b"]}, "/required/1"),
    "an enum with less in it": ({"enum": [1, 2]}, {"enum": [1]}, "/enum"),
    "an open object that is closed": (
        {"properties": {"a": {}}},
        {"properties": {"a": {}}, "additionalProperties": False},
        "/additionalProperties",
    ),
    "a rule in a list in an object": (
        {"properties": {"l": {"items": {"maximum": 3}}}},
        {"properties": {"l": {"items": {"maximum": 2}}}},
        "/properties/l/items/maximum",
    ),
    "a rule behind a reference": (
        {"$ref": "#/$defs/x", "$defs": {"x": {}}},
        {"$ref": "#/$defs/x", "$defs": {"x": {"maxItems": 0}}},
        "/$defs/x/maxItems",
    ),
    "a rule of one branch": (
        {"type": "object"},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        "/then/required/0",
    ),
    "fewer alternatives": ({"oneOf": TAGS}, {"oneOf": TAGS[:2]}, "/oneOf"),
    "names with / and ~ in them": ({}, {"properties": {"a/b~c": {"type": "null"}}}, "/properties/a~1b~0c/type"),
    "a deeper recursion": (
        TREE,
        {**TREE, "properties": {**TREE["properties"], "value": {"minimum": 0}}},
        "/properties/value/minimum",
    ),
    "uniqueItems": ({}, {"uniqueItems": True}, "/uniqueItems"),
    "contains": ({"contains": {"const": 1}}, {"contains": {"const": 1}, "maxContains": 2}, "/maxContains"),
    "names": ({}, {"propertyNames": {"maxLength": 2}}, "/propertyNames"),
    "unevaluated": (
        {"properties": {"a": True}},
        {"properties": {"a": True}, "unevaluatedProperties": False},
        "/unevaluatedProperties",
    ),
    "the other reading of a dot": ({"type": "string", "pattern": "^[^\\n]$"}, {"pattern": "^.$"}, "/pattern"),
}


def breaks(old, new):
    return Comparison(make("old", old), make("new", new)).breaks()


@pytest.mark.parametrize(("old", "new"), WITHIN.values(), ids=WITHIN)
def test_what_lies_within_is_proved(old, new):
    """A proof that is missing here would be a false alarm for somebody."""
    assert breaks(old, new) == []


@pytest.mark.parametrize(("old", "new", "place"), list(BROKEN.values())[:-1], ids=list(BROKEN)[:-1])
def test_a_break_names_its_rule_and_shows_a_document(old, new, place):
    """The document is confirmed by the validator, else it would not be there."""
    [one] = breaks(old, new)
    assert one.pointer == place
    assert one.proved


def test_where_readers_differ_nothing_is_proved():
    """Some take a carriage return for a dot and some do not; our validator does, so it shows no document."""
    [one] = breaks(*BROKEN["the other reading of a dot"][:2])
    assert not one.proved


def test_a_document_breaks_this_rule_and_no_other_where_that_can_be():
    """Whoever looks at it sees one mistake, not two."""
    old = {"type": "object"}
    new = {"type": "object", "required": ["a"], "properties": {"b": {"type": "string"}}}
    assert {one.pointer: one.witness for one in breaks(old, new)} == {
        "/required/0": ({},),
        "/properties/b/type": ({"a": None, "b": None},),
    }


HARD = {
    "alternatives without number": (
        {"allOf": [{"anyOf": [{"properties": {f"a{n}": {"minimum": n}}}, {"required": [f"b{n}"]}]} for n in range(14)]},
        {"maxProperties": 30},
    ),
    "a regular expression that explodes": ({"pattern": "^(a|b)*a(a|b){14}$"}, {"pattern": "^(a|b)*b(a|b){14}$"}),
    "nested repeats": ({"pattern": "^((a{1,30}){1,30})+$"}, {"pattern": "^(a|aa)+$"}),
    "many unevaluated alternatives": (
        {"anyOf": [{"properties": {f"p{n}": True}} for n in range(9)], "unevaluatedProperties": False},
        {"required": ["p1"]},
    ),
    "many patterns": ({}, {"patternProperties": {f"[{n}]": {"type": "null"} for n in range(9)}}),
    "huge sizes": (
        {"minItems": 10**9, "minLength": 10**9, "minProperties": 10**9},
        {"minItems": 10**9 + 1, "minLength": 10**9 + 1, "minProperties": 10**9 + 1},
    ),
    "huge numbers": ({"minimum": 10**300}, {"multipleOf": 1e-300, "maximum": 10**400}),
    "deep schemas": ({}, reduce(lambda inner, _: {"items": inner}, range(60), {"type": "null"})),
}


@pytest.mark.parametrize(("old", "new"), HARD.values(), ids=HARD)
def test_what_is_too_hard_ends_soon_and_is_a_break(old, new):
    """Giving up is a break that is not proved, or a document; it is never silence and never a hang."""
    start = time.monotonic()
    assert breaks(old, new)
    assert time.monotonic() - start < 60
