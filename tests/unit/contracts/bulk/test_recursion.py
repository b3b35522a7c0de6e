"""Endless is what comes back to itself without a step into the document."""

import pytest

from syncproof.contracts.bulk.recursion import endless, references
from syncproof.contracts.catalogue import schema, versions

LOOP = {"a": {"anyOf": [{"$ref": "#/$defs/b"}]}, "b": {"if": {"$ref": "#/$defs/a"}}}


@pytest.mark.parametrize(
    "looping",
    [
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"$defs": LOOP},
        {"properties": {"default": {"$ref": "#/properties/default"}}},
        {"$id": "urn:x:y", "not": {"$ref": "urn:x:y"}},
        {"$defs": {"a": {"$anchor": "here", "dependentSchemas": {"x": {"$ref": "#here"}}}}},
    ],
)
def test_a_loop_is_found(looping):
    assert endless(looping) is not None


@pytest.mark.parametrize(
    "fine",
    [
        True,
        {"properties": {"a": {"$ref": "#"}}},
        {"const": {"$ref": "#"}},
        {"items": {"$ref": "#"}, "allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}], "$defs": {"a": {}}},
    ],
)
def test_recursion_through_the_document_is_none(fine):
    assert endless(fine) is None


@pytest.mark.parametrize("name", versions())
def test_our_contracts_end(name):
    assert endless(schema(name)) is None


def test_references_are_found_but_not_in_data():
    assert references({"items": {"$ref": "#/a"}, "enum": [{"$ref": "#/b"}]}) == [("/items/$ref", "#/a")]
