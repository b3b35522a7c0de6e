"""A Pact file is read whole or not at all; what is wrong is told with its place."""

import copy
import json

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from syncproof.contracts.pact import PactMistake, read, read_document

FILE = {
    "consumer": {"name": "ours"},
    "provider": {"name": "theirs"},
    "interactions": [
        {
            "type": "Synchronous/HTTP",
            "description": "an order",
            "providerStates": [{"name": "order exists", "params": {"id": "O1"}}],
            "request": {
                "method": "GET",
                "path": "/orders",
                "query": {"id": ["O1"]},
                "generators": {"query": {"id": {"type": "ProviderState", "expression": "${id}"}}},
            },
            "response": {
                "status": 200,
                "headers": {"Content-Type": ["application/json"]},
                "body": {"content": {"id": "O1"}, "contentType": "application/json", "encoded": False},
                "matchingRules": {"body": {"$.id": {"combine": "AND", "matchers": [{"match": "type"}]}}},
            },
        },
        {
            "type": "Asynchronous/Messages",
            "description": "an event",
            "contents": {"content": {"id": "1"}, "contentType": "application/json"},
            "metadata": {"contentType": "application/json"},
        },
        {
            "type": "Synchronous/Messages",
            "description": "a question",
            "request": {"contents": {"content": "?", "contentType": "text/plain"}},
            "response": [{"contents": {"content": "!", "contentType": "text/plain"}}],
        },
    ],
    "metadata": {"pactSpecification": {"version": "4.0"}, "pactRust": {"models": "1"}},
}
HTTP = ("interactions", 0)
RULES = (*HTTP, "response", "matchingRules", "body", "$.id", "matchers", 0)


def with_(path, value):
    document = copy.deepcopy(FILE)
    node = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return document


def test_every_part_of_a_file_is_read():
    """HTTP, messages and exchanges, with states, rules and generators."""
    pact = read_document(FILE, "f")
    assert [each.kind for each in pact.interactions] == ["http", "message", "exchange"]
    assert pact.interactions[0].states[0].parameters == {"id": "O1"}
    assert pact.interactions[0].request.generators[0].settings["expression"] == "${id}"


WRONG = [
    (("metadata", "pactSpecification", "version"), "5.0", "/metadata/pactSpecification/version: version '5.0'"),
    (("metadata",), {}, "'pactSpecificationVersion' is missing"),
    (("interactions",), {}, "/interactions: a list is expected"),
    (("consumer",), "ours", "/consumer: 'name' is missing"),
    ((*HTTP, "type"), "Synchronous/Telepathy", "/interactions/0/type: there is no interaction type"),
    ((*HTTP, "pluginConfiguration"), {"protobuf": {}}, "/interactions/0/pluginConfiguration: this interaction needs a plugin"),
    ((*HTTP, "surprise"), 1, "/interactions/0/surprise: 'surprise' is not known"),
    ((*HTTP, "request", "path"), "http://elsewhere/x", "/interactions/0/request/path: a path begins with /"),
    ((*HTTP, "request", "path"), "//elsewhere/x", "/interactions/0/request/path: a path begins with /"),
    ((*HTTP, "request", "method"), "GET / HTTP/1.1", "/interactions/0/request/method: 'GET / HTTP/1.1' is no method"),
    ((*HTTP, "request", "headers"), {"a b": "c"}, "/interactions/0/request/headers/a b: 'a b' is no name of a header"),
    ((*HTTP, "response", "status"), "200", "/interactions/0/response/status: a whole number"),
    ((*HTTP, "response", "body"), {"content": "!", "encoded": "base64"}, "/content: the content cannot be decoded"),
    ((*HTTP, "response", "body"), {"content": "x", "encoded": "rot13"}, "/encoded: there is no encoding 'rot13'"),
    (RULES, {"match": "telepathy"}, "/matchers/0/match: there is no matcher 'telepathy'"),
    (RULES, {"match": "type", "most": 3}, "/matchers/0/most: 'most' is not known"),
    (RULES, {"match": "regex"}, "/matchers/0: 'regex' is missing"),
    (RULES, {"match": "regex", "regex": "("}, "/matchers/0/regex: this regular expression cannot be used"),
    (RULES, {"match": "date", "format": "qqq"}, "/matchers/0/format: the date format"),
    (RULES, {"match": "statusCode", "status": "fine"}, "/matchers/0/status: 'fine' is not known"),
    (RULES, {"match": "type", "min": -1}, "/matchers/0/min: a whole number"),
    ((*RULES[:-2], "combine"), "XOR", "/combine: 'XOR' is not known"),
    ((*HTTP, "response", "matchingRules"), {"aura": {}}, "/matchingRules/aura: 'aura' is not known"),
    ((*HTTP, "response", "matchingRules"), {"body": {"$.a[": {"matchers": []}}}, "the path '$.a[' is not understood"),
    ((*HTTP, "response", "matchingRules"), {"body": {"$.a": {"match": "type"}}}, "/match: 'match' is not known"),
    ((*HTTP, "request", "generators"), {"body": {"$.a": {"type": "Dream"}}}, "/type: 'Dream' is not known"),
    ((*HTTP, "request", "generators"), {"body": {"$.a": {"type": "ProviderState"}}}, "'expression' is missing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "told"), WRONG, ids=[f"{number}-{each[2]}" for number, each in enumerate(WRONG)]
)
def test_what_is_not_understood_is_told_with_its_place(path, value, told):
    """No unknown part is read past: it could be what the contract is about."""
    with pytest.raises(PactMistake) as caught:
        read_document(with_(path, value), "vendor.json")
    assert str(caught.value).startswith("vendor.json: /")
    assert told in str(caught.value)


BROKEN = {
    "empty": b"", "open": b"{", "bytes": b"\xff\xfe\x00", "nan": b'{"a": NaN}', "deep": b"[" * 100_000, "list": b"[]",
    "null": b"null", "number": b"3",
}  # fmt: skip


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_file_is_a_mistake_with_the_name_of_the_file(tmp_path, content):
    """Whatever lies there, it is answered with a message."""
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(PactMistake, match=r"broken\.json"):
        read(path)


def test_missing_file_is_a_mistake(tmp_path):
    """A name that is wrong is the user's to mend."""
    with pytest.raises(PactMistake, match="cannot be read"):
        read(tmp_path / "nowhere.json")


SCRAP = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@st.composite
def broken(draw):
    """A file in which one value, wherever it is, was replaced."""
    document = json.loads(json.dumps(FILE))
    node, steps = document, draw(st.integers(1, 9))
    for _ in range(steps):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if not isinstance(node[key], dict | list) or _ == steps - 1:
            node[key] = draw(SCRAP)
            break
        node = node[key]
    return document


@settings(max_examples=300, deadline=None)
@given(broken())
def test_no_file_crashes_the_reader(document):
    """It is read, or it is a mistake; nothing else comes out."""
    try:
        read_document(document, "f")
    except PactMistake as mistake:
        told = str(mistake)
    else:
        told = "f: "
    assert told.startswith("f: ")


def test_older_versions_name_things_otherwise_and_mean_the_same():
    """V2 has one state in one text, a query string and rules in one list."""
    document = {
        "consumer": {"name": "c"}, "provider": {"name": "p"}, "metadata": {"pactSpecificationVersion": "2.0.0"},
        "interactions": [{
            "description": "d", "providerState": "all is well",
            "request": {"method": "get", "path": "/x", "query": "a=1&a=2&b="},
            "response": {"status": 200, "headers": {"X": "1"}, "body": {"a": 1},
                         "matchingRules": {"$.body.a": {"match": "type"}, "$.header.X": {"regex": "\\d"}}},
        }],
    }  # fmt: skip
    (one,) = read_document(document, "f").interactions
    assert one.states[0].name == "all is well"
    assert one.request.query == {"a": ("1", "2"), "b": ("",)}
    assert one.response.rules.of("header", "x") is not None
    assert one.response.rules.best(("a",)).rules[0].kind == "type"


def test_a_key_that_stands_twice_is_a_mistake_with_its_place(tmp_path):
    """The one that is read past may be the one that was meant."""
    path = tmp_path / "p.json"
    path.write_text(json.dumps(FILE).replace('"status": 200', '"status": 500, "status": 200'))
    with pytest.raises(PactMistake, match=r"p\.json: /interactions/0/response/status: the key 'status' occurs 2 times"):
        read(path)
