"""What each keyword evaluates, and whether it does where it does not hold: told in cases, as the validators have it."""

import jsonschema
import jsonschema_rs
import pytest

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.evaluation import holds
from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.schemas import make
from syncproof.contracts.compatibility.unevaluated import MOST

A, B, ONE = {"properties": {"a": True}}, {"properties": {"b": True}}, {"prefixItems": [True]}
STRING_A, NEED_A = {"properties": {"a": {"type": "string"}}}, {"required": ["a"]}
PROPERTIES = {
    "nothing": ({}, [{}, [1]], [{"a": 1}]),
    "properties": (A, [{"a": 1}], [{"a": 1, "b": 1}]),
    "patternProperties": ({"patternProperties": {"^a": True}}, [{"ab": 1}], [{"b": 1}]),
    "patternProperties in two parts": (
        {"patternProperties": {"^a": True}, "allOf": [{"patternProperties": {"^b": True}}]}, [{"a": 1, "b": 1}], [{"c": 1}]),
    "additionalProperties": ({"additionalProperties": True}, [{"b": 1}], []),
    "what is evaluated further inside": ({"allOf": [{"unevaluatedProperties": True}]}, [{"b": 1}], []),
    "a reference": ({"$ref": "#/$defs/x", "$defs": {"x": A}}, [{"a": 1}], [{"b": 1}]),
    "a dynamic reference": ({"$dynamicRef": "#x", "$defs": {"x": {"$dynamicAnchor": "x", **A}}}, [{"a": 1}], [{"b": 1}]),
    "allOf": ({"allOf": [A, B]}, [{"a": 1, "b": 1}], [{"c": 1}]),
    "anyOf, one": ({"anyOf": [STRING_A, B]}, [{"b": 1}, {"a": "s", "b": 1}, {"a": "s"}], [{"a": 1}, {"c": 1}]),
    "oneOf": ({"oneOf": [STRING_A, {"required": ["b"], **B}]}, [{"a": "s"}], [{"a": "s", "b": 1}, {"c": 1}]),
    "if that holds": ({"if": STRING_A, "else": True}, [{"a": "s"}], [{"a": 1}]),
    "then": ({"if": NEED_A, "then": {"properties": {"a": True, "b": True}}}, [{"a": 1, "b": 1}], [{"b": 1}]),
    "else": ({"if": {**A, **NEED_A}, "else": B}, [{"b": 1}, {"a": 1}], [{"a": 1, "b": 1}]),
    "dependentSchemas": ({**A, "dependentSchemas": {"a": B}}, [{"a": 1, "b": 1}], [{"b": 1}]),
    "not evaluates nothing": ({"not": {"not": A}}, [{}], [{"a": 1}]),
    "another property's schema evaluates nothing": ({"properties": {"a": A}}, [{"a": {"a": 1}}], [{"b": 1}]),
    "true and false evaluate nothing": ({"anyOf": [True, False]}, [{}], [{"a": 1}]),
}  # fmt: skip
ITEMS = {
    "nothing": ({}, [[], {"a": 1}], [[1]]),
    "prefixItems": (ONE, [[1]], [[1, 2]]),
    "the longer of two": ({**ONE, "allOf": [{"prefixItems": [True, True]}]}, [[1, 2]], [[1, 2, 3]]),
    "items": ({"items": True}, [[1, 2]], []),
    "what is evaluated further inside": ({"allOf": [{"unevaluatedItems": True}]}, [[1]], []),
    "contains": ({"contains": {"const": 1}}, [[1], [1, 1]], [[1, 2]]),
    "contains in two parts": ({"contains": {"const": 1}, "allOf": [{"contains": {"const": 2}}]}, [[1, 2]], [[1, 2, 3]]),
    "contains that need not be": ({"contains": {"const": 1}, "minContains": 0}, [[], [1]], [[2]]),
    "anyOf": ({"anyOf": [{"prefixItems": [{"type": "string"}]}, {"maxItems": 1}]}, [["s"]], [[1], ["s", 1]]),
    "if and then": ({"if": {"minItems": 2}, "then": {"items": True}}, [[1, 2], []], [[1]]),
    "dependentSchemas say nothing of arrays": ({"dependentSchemas": {"a": {"items": True}}}, [[]], [[1]]),
}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        *(({**schema, "unevaluatedProperties": False}, good, bad) for schema, good, bad in PROPERTIES.values()),
        *(({**schema, "unevaluatedItems": False}, good, bad) for schema, good, bad in ITEMS.values()),
    ],
    ids=[*(f"properties: {name}" for name in PROPERTIES), *(f"items: {name}" for name in ITEMS)],
)
def test_what_is_evaluated_is_what_both_libraries_say(schema, good, bad):
    """Our cases, jsonschema-rs and Python's jsonschema agree on every document, and we are never undecided."""
    made = make("s", schema)
    for document in (*good, *bad):
        said = [
            holds(made.node, document),
            jsonschema_rs.is_valid(schema, document),
            jsonschema.Draft202012Validator(schema).is_valid(document),
        ]
        assert said == [document in good] * 3, document


@pytest.mark.parametrize(("keyword", "inner"), [("unevaluatedProperties", {"a": 0}), ("unevaluatedItems", [0])])
def test_what_is_not_evaluated_is_held_against_the_keywords_own_schema(keyword, inner):
    """It need not be false."""
    node = make("s", {keyword: {"type": "integer"}}).node
    assert holds(node, inner) is True
    assert holds(node, {"a": "s"} if isinstance(inner, dict) else ["s"]) is False


def test_what_contains_did_not_find_is_held_against_the_keywords_own_schema():
    """What it found need not fit."""
    node = make("s", {"contains": {"const": 1}, "unevaluatedItems": {"type": "string"}}).node
    assert [holds(node, items) for items in ([1, "s"], [1, 2], ["s"])] == [True, False, False]


@pytest.mark.parametrize(("number", "known"), [(6, True), (7, False)])
def test_too_many_cases_are_unknown(number, known):
    """Each alternative holds or does not: six make 64 cases."""
    assert MOST == 2**6
    schema = {"anyOf": [{"required": [f"p{n}"]} for n in range(number)], "unevaluatedProperties": False}
    parts = {"allOf": [{"anyOf": [each]} for each in schema.pop("anyOf")]}
    node = make("s", {**parts, **schema}).node
    assert any(isinstance(atom, t.Unknown) for atom in node.atoms) is not known
    assert holds(node, {f"p{n}": 0 for n in range(number)}) is (False if known else None)


def test_everything_evaluated_leaves_no_rule():
    """A rule that cannot break would only cost time."""
    schema = {"additionalProperties": True, "unevaluatedProperties": False}
    assert [atom.keyword for atom in make("s", schema).node.atoms] == ["additionalProperties"]


@pytest.mark.parametrize("keyword", ["unevaluatedProperties", "unevaluatedItems"])
def test_a_schema_that_evaluates_itself_without_an_end_is_refused(keyword):
    with pytest.raises(SchemaError, match="without an end"):
        make("s", {"anyOf": [{"$ref": "#"}], keyword: False})


def test_a_schema_may_be_evaluated_in_two_places():
    """The same definition twice beside itself is no endless way."""
    schema = {
        "allOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/x"}],
        "$defs": {"x": A},
        "unevaluatedProperties": False,
    }
    assert holds(make("s", schema).node, {"a": 1}) is True
