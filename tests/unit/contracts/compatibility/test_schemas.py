"""What is no schema that we can compare is told with its place: no crash, no silent pass."""

import json

import pytest

from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.schemas import make, read
from syncproof.errors import ConfigurationError

D7 = "http://json-schema.org/draft-07/schema#"
BAD = {
    "not an object": (5, ""),
    "an unknown type": ({"properties": {"a": {"type": "text"}}}, "/properties/a/type"),
    "a remote reference": ({"properties": {"a": {"$ref": "https://example.com/other.json"}}}, "/properties/a"),
    "a remote reference nobody uses": ({"$defs": {"x": {"$ref": "other.json#/a"}}}, "/$defs/x"),
    "a missing reference": ({"items": {"$ref": "#/$defs/nowhere"}}, "/items"),
    "a missing anchor": ({"not": {"$ref": "#nowhere"}}, "/not"),
    "a reference to a number": ({"$ref": "#/minimum", "minimum": 1}, ""),
    "a missing dynamic reference": ({"items": {"$dynamicRef": "#nowhere"}}, "/items"),
    "two anchors of one name": ({"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}, "/$defs/"),
    "a reference to itself": ({"$ref": "#"}, ""),
    "an endless recursion": (
        {
            "$ref": "#/$defs/a",
            "$defs": {"a": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}},
        },
        "/$defs/",
    ),
    "an endless recursion under unevaluated": ({"allOf": [{"$ref": "#"}], "unevaluatedProperties": False}, ""),
    **{
        f"a reference to {name} where no keyword has a schema": ({"$ref": "#/x-parts/a", "x-parts": {"a": part}}, place)
        for name, part, place in (
            ("a type that is none", {"not": {"type": 5}}, "/x-parts/a/not/type"),
            ("names that are none", {"required": True}, "/x-parts/a/required"),
            ("a list of items", {"items": [{"type": "string"}]}, "/x-parts/a/items"),
            ("multiples of nothing", {"multipleOf": 0}, "/x-parts/a/multipleOf"),
            ("a reference that is none", {"$ref": 7}, "/x-parts/a/$ref"),
        )
    },
    "a pattern that is none": ({"patternProperties": {"(": True}}, "/patternProperties"),
    "a pattern that explodes": (
        {"properties": {"a": {"pattern": "((a{1,1000}){1,1000}){1,1000}"}}},
        "/properties/a/pattern",
    ),
    "another draft": ({"$schema": "http://json-schema.org/draft-04/schema#"}, "/$schema"),
    "draft 7 with a missing reference": (
        {"$schema": D7, "dependencies": {"a": {"$ref": "#/definitions/b"}}},
        "/dependencies/a",
    ),
    "the meta-schema of another draft": ({"$ref": D7}, ""),
}


@pytest.mark.parametrize(("schema", "place"), BAD.values(), ids=BAD)
def test_what_cannot_be_compared_is_told_with_its_place(schema, place):
    """Whoever wrote it must find the line."""
    with pytest.raises(SchemaError) as caught:
        make("s", schema)
    assert caught.value.place.startswith(place)
    assert f"at {caught.value.place or '/'}: " in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "{", '{"minimum": NaN}', '{"maximum": 1e999}', "[" * 100_000, "\ufeff{}", '{"a": "\\ud800"}']
)
def test_a_file_that_is_no_schema_is_told_by_its_name(tmp_path, text):
    """Never a stack trace, whatever the file holds."""
    path = tmp_path / "s.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"s\.json"):
        read(str(path))


def test_a_key_that_stands_twice_is_told_with_its_place(tmp_path):
    """Readers differ in which of the two they take, so nothing is proved for both."""
    path = tmp_path / "s.json"
    path.write_text('{"properties": {"a": {"type": "object", "type": "string"}}}')
    with pytest.raises(ConfigurationError, match=r"s\.json, at /properties/a/type: the key 'type' occurs 2 times"):
        read(str(path))


def test_a_schema_nested_too_deeply_is_told(tmp_path):
    """The stack of this process is no limit that a user should meet."""
    path = tmp_path / "deep.json"
    path.write_text('{"not":' * 3000 + "{}" + "}" * 3000)
    with pytest.raises(ConfigurationError, match=r"deep\.json"):
        read(str(path))


def test_missing_files_and_contracts_are_told():
    """A name can be a file or a contract; it is neither."""
    for name in ("nowhere.json", "unheard_of:1.0.0", "bom:9.9.9"):
        with pytest.raises(ConfigurationError, match=name):
            read(name)


def test_our_contracts_are_read_by_name():
    """The current version of every contract can be compared."""
    assert read("bom:1.0.0").document["title"] == "bom"


def test_references_by_identifier_anchor_and_pointer_lead_to_the_same_schema(tmp_path):
    """Whichever way a schema is named, it is the same rule."""
    rule = {"$id": "urn:x:rule", "$anchor": "r", "type": "string"}
    for reference in ("urn:x:rule", "urn:x:rule#r", "#/$defs/rule"):
        path = tmp_path / "s.json"
        path.write_text(json.dumps({"$id": "urn:x:root", "items": {"$ref": reference}, "$defs": {"rule": rule}}))
        schema = read(str(path))
        assert schema.accepts(["a"], formats=False)
        assert not schema.accepts([1], formats=False)
