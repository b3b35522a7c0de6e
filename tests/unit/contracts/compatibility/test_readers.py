"""What is compatible is so for every reader: jsonschema-rs and Python's jsonschema, drafts 7 and 2020-12."""

import jsonschema
import jsonschema_rs
import pytest

from syncproof.contracts.compatibility.evaluation import holds
from syncproof.contracts.compatibility.modes import findings
from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.readers import breaks
from syncproof.contracts.compatibility.schemas import make

D7, D2020 = "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"
PYTHON = {D7: jsonschema.Draft7Validator, D2020: jsonschema.Draft202012Validator}
RUST = {D7: jsonschema_rs.Draft7Validator, D2020: jsonschema_rs.Draft202012Validator}
NEEDS = {"dependencies": {"a": ["b"]}}
NULL, WORDS = {"type": "null"}, {"type": "string"}


def elsewhere(keyword, defs, *way):
    """A schema with an address of its own under a keyword, which refers to what is called `y` there and outside."""
    inner = {"$id": "urn:x", "properties": {"a": {"$ref": f"#/{defs}/y"}}, defs: {"y": NULL}}
    held = {"y": inner} if way == ("y",) else [inner] if way else inner
    return {keyword: held, "allOf": [{"$ref": "/".join(("#", keyword, *way))}], defs: {"y": WORDS}}


TABLE = [
    ("dependencies, 2020-12", D2020, NEEDS, [{"a": 1}, {"a": 1, "b": 1}]),
    ("dependencies, draft 7", D7, NEEDS, [{"a": 1}, {"a": 1, "b": 1}]),
    ("dependencies with a schema", D2020, {"dependencies": {"a": {"maxProperties": 1}}}, [{"a": 1}, {"a": 1, "b": 1}]),
    ("a reference into dependencies", D2020, {"dependencies": {"a": NULL}, "items": {"$ref": "#/dependencies/a"}},
     [[1], [None], {"a": 1}]),
    ("what dependencies say evaluates nothing", D2020,
     {"dependencies": {"a": {"properties": {"b": True}}}, "properties": {"a": True}, "unevaluatedProperties": False},
     [{"a": 1}, {"a": 1, "b": 1}]),
    ("an anchor twice, once in dependencies", D2020,
     {"dependencies": {"a": {"$dynamicAnchor": "n", "type": "null"}}, "$dynamicAnchor": "n",
      "properties": {"a": {"$dynamicRef": "#n"}}, "maxProperties": 1}, [{"a": {}}, {"c": 1, "d": 1}]),
    ("dependentRequired, draft 7", D7, {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": False}},
     [{"a": 1}]),
    ("definitions, 2020-12", D2020, {"$ref": "#/definitions/x", "definitions": {"x": NULL}}, [1, None]),
    ("$defs, draft 7", D7, {"$ref": "#/$defs/x", "$defs": {"x": NULL}}, [1, None]),
    ("an anchor in definitions, 2020-12", D2020, {"$ref": "#x", "definitions": {"x": {"$anchor": "x", **NULL}}},
     [1, None]),
    ("an $id in definitions, 2020-12", D2020, elsewhere("definitions", "$defs", "y"), [{"a": None}, {"a": "s"}]),
    ("an $id in $defs, draft 7", D7, elsewhere("$defs", "definitions", "y"), [{"a": None}, {"a": "s"}]),
    ("an $id in dependentSchemas, draft 7", D7, elsewhere("dependentSchemas", "definitions", "y"),
     [{"a": None}, {"a": "s"}]),
    ("an $id in prefixItems, draft 7", D7, elsewhere("prefixItems", "definitions", "0"), [{"a": None}, {"a": "s"}]),
    ("an $id in unevaluatedProperties, draft 7", D7, elsewhere("unevaluatedProperties", "definitions"),
     [{"a": None}, {"a": "s"}]),
    ("an $id in contentSchema, draft 7", D7, elsewhere("contentSchema", "definitions"), [{"a": None}, {"a": "s"}]),
    ("an $id in additionalItems, 2020-12", D2020, elsewhere("additionalItems", "$defs"), [{"a": None}, {"a": "s"}]),
    ("an $id in no keyword", D2020, elsewhere("x-parts", "$defs"), [{"a": None}, {"a": "s"}]),
    ("beside a reference, draft 7", D7, {"$ref": "#/definitions/x", "type": "string", "definitions": {"x": NULL}},
     [None, "s"]),
    ("beside a reference, 2020-12", D2020, {"$ref": "#/$defs/x", "maxLength": 1, "$defs": {"x": WORDS}}, ["s", "ss"]),
    ("items as a list, draft 7", D7, {"items": [WORDS], "additionalItems": NULL}, [["s", None], [1], ["s", 1]]),
    ("additionalItems without items, draft 7", D7, {"additionalItems": False}, [[1]]),
    ("additionalItems, 2020-12", D2020, {"prefixItems": [True], "additionalItems": False}, [[1, 2]]),
    ("prefixItems, draft 7", D7, {"prefixItems": [False]}, [[1]]),
    ("unevaluated, draft 7", D7, {"unevaluatedProperties": False, "unevaluatedItems": False}, [{"a": 1}, [1]]),
    ("additionalItems evaluate nothing, 2020-12", D2020,
     {"prefixItems": [True], "additionalItems": True, "unevaluatedItems": False}, [[1], [1, 2]]),
    ("$recursiveRef, 2020-12", D2020, {"properties": {"a": {"$recursiveRef": "#"}}, "maxProperties": 1},
     [{"a": {"b": 1, "c": 1}}, {"b": 1, "c": 1}]),
    ("$dynamicRef, draft 7", D7, {"properties": {"a": {"$dynamicRef": "#"}}, "maxProperties": 1},
     [{"a": {"b": 1, "c": 1}}]),
    ("minContains without contains", D2020, {"minContains": 2, "maxContains": 0}, [[], [1]]),
    ("minContains 0", D2020, {"contains": {"const": 1}, "minContains": 0, "maxContains": 1}, [[], [1], [1, 1]]),
    ("minContains, draft 7", D7, {"contains": {"const": 1}, "minContains": 2, "maxContains": 2}, [[1], [1, 1, 1], []]),
    ("then without if", D2020, {"then": False, "else": False}, [1]),
    ("keywords of OpenAPI", D2020, {"type": "string", "nullable": True, "discriminator": {"propertyName": "a"}},
     [None, "s"]),
    ("keywords of older drafts", D2020, {"divisibleBy": 2, "disallow": "any", "extends": NULL}, [1]),
    ("a format", D2020, {"format": "date"}, ["x", "2027-02-01", 1]),
    ("a format that draft 7 has not", D2020, {"format": "uuid"}, ["x", 1]),
    ("an encoding, draft 7", D7, {"contentEncoding": "base64"}, ["%", 1]),
    ("a media type, draft 7", D7, {"contentMediaType": "application/json"}, ["{", 1]),
    ("an encoding and a media type, 2020-12", D2020,
     {"contentEncoding": "base64", "contentMediaType": "application/json", "contentSchema": False}, ["%", "e30="]),
    ("true is not 1", D2020, {"enum": [1, [1]]}, [True, [True], 1.0]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "schema", "documents"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_document_is_within_a_schema_only_if_both_libraries_accept_it(draft, schema, documents):
    """For each document: what our two readings say of it, and that it is a break exactly where some reader refuses."""
    schema = {"$schema": draft, **schema}
    made = make("s", schema)
    for document in documents:
        python = [PYTHON[draft](schema, format_checker=formats).is_valid(document) for formats in FORMATS[draft]]
        rust = [RUST[draft](schema, validate_formats=formats).is_valid(document) for formats in (False, True)]
        assert holds(made.node, document) in {None, rust[0]}, document
        assert holds((made.ignoring or made).node, document) in {None, python[0]}, document
        found = breaks(make("one", {"const": document}), made)
        claimed = any(each.rule in {"format", "contentEncoding", "contentMediaType"} for each in found)
        assert claimed or bool(found) is not all((*python, *rust)), document


FORMATS = {draft: (None, validator.FORMAT_CHECKER) for draft, validator in PYTHON.items()}
TWO_KINDS = {
    "a rule that only some enforce": ({}, NEEDS, "enforcing", "/dependencies/a"),
    "a proof that needs the rule": ({**NEEDS, "required": ["a"]}, {"required": ["b"]}, "ignoring", "/required/0"),
    "a rule that is now for all": (NEEDS, {"dependentRequired": {"a": ["b"]}}, "ignoring", "/dependentRequired/a"),
    "from 2020-12 to draft 7": (NEEDS, {"$schema": D7, **NEEDS}, "ignoring", "/dependencies/a"),
    "the rule negated": (
        {"type": "object", "required": ["a"], "properties": {"b": False}},
        {"not": NEEDS},
        "ignoring",
        "/not",
    ),
    "a break for both that not every document shows to both": (
        {"anyOf": [{"not": NEEDS}, {"required": ["c"]}]},
        {"required": ["d"]},
        "all",
        "/required/0",
    ),
    "a break for both": ({"type": "object"}, {**NEEDS, "required": ["a"]}, "all", "/required/0"),
}


@pytest.mark.parametrize(("old", "new", "readers", "place"), TWO_KINDS.values(), ids=TWO_KINDS)
def test_a_break_that_only_one_kind_of_reader_meets_says_so_and_shows_it(old, new, readers, place):
    """With a document that this kind takes from the old version and refuses in the new one."""
    one = {each.pointer: each for each in breaks(make("old", old), make("new", new))}[place]
    assert one.readers == readers
    old, new = ({"$schema": D2020, **schema} for schema in (old, new))
    minds = {
        "enforcing": RUST[D2020](old).is_valid(*one.witness) and not RUST[new["$schema"]](new).is_valid(*one.witness),
        "ignoring": PYTHON[D2020](old).is_valid(*one.witness)
        and not PYTHON[new["$schema"]](new).is_valid(*one.witness),
    }
    assert minds == {kind: readers in {kind, "all"} for kind in minds}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NEEDS, {**NEEDS, "title": "the same"}),
        ({"dependentRequired": {"a": ["b"]}}, NEEDS),
        ({"$schema": D7, **NEEDS}, NEEDS),
        ({"dependencies": {}}, {"dependencies": {}}),
    ],
)
def test_what_holds_for_both_kinds_of_readers_is_compatible(old, new):
    """No false alarm where the keyword stays, or where it comes after a rule for all."""
    assert breaks(make("old", old), make("new", new)) == []


def test_the_message_and_the_json_name_the_kind_of_reader():
    """Whoever knows their readers can decide whether it concerns them."""
    [one] = findings([make("old", {})], make("new", NEEDS), "backward")
    [other] = findings([make("old", NEEDS)], make("new", {}), "forward")
    [third] = findings([make("old", NEEDS)], make("new", {"dependentRequired": {"a": ["b"]}}), "backward")
    assert one.message.endswith("only a reader that enforces 'dependencies' in 2020-12, as jsonschema-rs does, minds")
    assert (one.plain()["readers"], other.plain()["readers"]) == ("enforcing", "enforcing")
    assert third.message.endswith("ignores 'dependencies' in 2020-12, as Python's jsonschema does, minds")


def test_a_break_that_is_proved_for_nobody_is_told_once():
    """Patterns that we do not read, for both kinds of readers alike."""
    old, new = ({**NEEDS, "propertyNames": {"pattern": text}} for text in ("^(?=a)a$", "^(?=a)a{1,1}$"))
    [one] = breaks(make("old", old), make("new", new))
    assert (one.readers, one.proved) == ("all", False)


@pytest.mark.parametrize("draft", [D7, D2020])
@pytest.mark.parametrize("named", [{"$id": "urn:x"}, {}], ids=["a resource", "a part"])
def test_a_part_that_states_another_draft_is_refused_with_its_place(draft, named):
    """Validators change the draft there, or do not: nothing could be proved for all."""
    other = {D7: D2020, D2020: D7}[draft]
    part = {**named, "$schema": other, "prefixItems": [False]}
    with pytest.raises(SchemaError, match=r"at /properties/a/\$schema: "):
        make("s", {"$schema": draft, "properties": {"a": part}})
    assert make("s", {"$schema": draft, "properties": {"a": {**part, "$schema": draft}}})


JSON = {"$schema": D7, "contentMediaType": "application/json"}
CLAIMS = {
    "an encoding beside it goes": ({**JSON, "contentEncoding": "base64"}, JSON, "/contentMediaType"),
    "an encoding beside it comes": (JSON, {**JSON, "contentEncoding": "base64"}, "/contentMediaType"),
    "uuid is new in 2020-12": ({"$schema": D7, "format": "uuid"}, {"$schema": D2020, "format": "uuid"}, "/format"),
    "duration is new": ({"$schema": D7, "format": "duration"}, {"$schema": D2020, "format": "duration"}, "/format"),
}


@pytest.mark.parametrize(("old", "new", "place"), CLAIMS.values(), ids=CLAIMS)
def test_a_claim_that_means_something_else_elsewhere_is_a_break(old, new, place):
    """The same words, and still a document that jsonschema-rs accepts under the one and rejects under the other."""
    found = {each.pointer: each for each in breaks(make("old", old), make("new", new))}
    assert found[place].proved


def test_a_format_of_2020_12_that_draft_7_has_not_is_no_new_rule_there():
    """Readers of draft 7 ask for no more than those of 2020-12; and both have all other formats."""
    for one, other in (("uuid", D7), ("date", D7), ("date", D2020)):
        old, new = {"$schema": D2020, "format": one}, {"$schema": other, "format": one}
        assert breaks(make("old", old), make("new", new)) == []
    assert breaks(make("old", {"$schema": D7, "format": "date"}), make("new", {"format": "date"})) == []
