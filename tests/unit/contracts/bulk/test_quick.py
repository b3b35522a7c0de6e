"""The short way never takes what jsonschema-rs refuses."""

import copy
import json

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from syncproof.contracts import folder
from syncproof.contracts.bulk.quick import quick
from syncproof.contracts.bulk.target import compiled
from syncproof.contracts.bulk.text import every_field_once
from syncproof.contracts.catalogue import schema, versions

SHORT = {name: way for name in versions() if (way := quick(schema(name)))}
VALID = {name: compiled(schema(name)).is_valid for name in SHORT}
GOOD = [(path.parts[-4], path) for path in sorted(folder().glob("*/*/examples/good-*.json")) if path.parts[-4] in SHORT]
VALUES = st.sampled_from(
    [
        *(None, True, 0, -1, 10.0, 1.5, 10**30, [], {}, [None], {"value": "1", "unit": "KGM"}),
        *("", "12.5", "12.5\n", "1e3", "\uff11", "none", "bom", "2027-02-30T00:00:00Z"),
    ]
).map(copy.deepcopy)


def parts(document):
    """Every object and array of a document."""
    if isinstance(document, dict | list):
        yield document
        for member in document.values() if isinstance(document, dict) else document:
            yield from parts(member)


def spoil(document, data):
    """Takes something away, adds or replaces something."""
    part = data.draw(st.sampled_from(list(parts(document))))
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    key = data.draw(st.sampled_from([*keys, "new"] if isinstance(part, dict) else keys)) if keys else None
    if key is None or (isinstance(part, dict) and key in part and data.draw(st.booleans())):
        part.pop(key, None) if isinstance(part, dict) else part.append(data.draw(VALUES))
    else:
        part[key] = data.draw(VALUES)


def test_the_contracts_of_masters_have_a_short_way():
    assert {"bom", "material", "recipe", "routing", "uom", "lot"} <= set(SHORT)


@pytest.mark.parametrize(("name", "path"), GOOD, ids=lambda each: getattr(each, "stem", each))
def test_good_examples_are_taken(name, path):
    raw = path.read_bytes()
    assert every_field_once(raw, SHORT[name](raw), bytearray())


@pytest.mark.parametrize(
    "path", sorted(folder().glob("*/*/examples/bad-*.json")), ids=lambda each: f"{each.parts[-4]}-{each.stem}"
)
def test_bad_examples_are_not(path):
    name = path.parts[-4]
    assert name not in SHORT or SHORT[name](path.read_bytes()) is None


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(GOOD), st.integers(1, 3), st.data())
def test_what_the_short_way_takes_jsonschema_rs_takes(good, times, data):
    name, path = good
    document = copy.deepcopy(json.loads(path.read_bytes()))
    for _ in range(times):
        spoil(document, data)
    if SHORT[name](json.dumps(document).encode()) is not None:
        assert VALID[name](document)


@pytest.mark.parametrize(
    "more",
    [
        {"anyOf": [{}]},
        {"properties": {"a": {"type": "number"}}},
        {"properties": {"a": {"$ref": "#"}}},
        {"properties": {"a": {"type": "array", "items": {"type": "string"}, "uniqueItems": True}}},
        {"properties": {"a": {"type": ["object", "null"]}}},
        {"properties": {"a": True}},
        {"properties": {"a": {"enum": [1, "a"]}}},
        {"additionalProperties": True},
        {"required": ["b"]},
        {"properties": {'a"b\\': {"type": "string"}}},
        {"minProperties": 1},
        {"$schema": "http://json-schema.org/draft-07/schema#"},
    ],
)
def test_a_schema_that_says_more_has_no_short_way(more):
    plain = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {"a": {"type": "string"}},
    }
    assert quick(plain) is not None
    assert quick({**plain, **more}) is None


def test_a_key_that_occurs_twice_is_seen_whatever_the_order_of_the_fields():
    raw = b'{"revision":"A","id":"u","domain":"security","roles":[]}'
    assert every_field_once(raw, SHORT["security"](raw), bytearray())
    twice = raw.replace(b'"id":"u"', b'"id":"v","id":"u"')
    assert not every_field_once(twice, SHORT["security"](twice), bytearray())
