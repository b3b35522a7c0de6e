"""What documents are held against is a contract of ours or a schema that ends and stays on this machine."""

import json

import pytest

from syncproof.contracts.bulk.target import target
from syncproof.errors import ConfigurationError


def refused(tmp_path, text):
    file = tmp_path / "s.json"
    file.write_bytes(text if isinstance(text, bytes) else json.dumps(text).encode())
    with pytest.raises(ConfigurationError) as told:
        target(str(file))
    return str(told.value)


def test_a_contract_is_found_by_name_and_by_version():
    assert target("bom").title == target("bom:1.0.0").title == "bom:1.0.0"


@pytest.mark.parametrize("text", ["nothing", "bom:9.9.9", "bom:../1.0.0", "."])
def test_what_is_neither_contract_nor_file_is_told(text):
    with pytest.raises(ConfigurationError):
        target(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ({"type": "nope"}, "/type"),
        ({"pattern": "("}, "/pattern"),
        ({"properties": {"a": {"$ref": "https://example.org/x.json"}}}, "/properties/a/$ref"),
        ({"$ref": "other.json"}, "/$ref"),
        ({"items": {"$ref": "#/$defs/no"}}, "/items/$ref"),
        ({"$schema": "http://example.org/mine"}, "meta-schema"),
        ([], "an object, true or false"),
        (b'{"a":1,"a":2}', "occurs 2 times"),
        (b"{\n,", ":2"),
        (b"", "no JSON"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_schema_that_is_none_is_refused_with_its_place(tmp_path, text, place):
    assert place in refused(tmp_path, text)


def test_an_endless_schema_is_refused(tmp_path):
    assert "endless" in refused(tmp_path, {"$ref": "#"})


def test_a_schema_may_be_true(tmp_path):
    file = tmp_path / "s.json"
    file.write_text("true")
    assert target(str(file)).validator.is_valid({})
