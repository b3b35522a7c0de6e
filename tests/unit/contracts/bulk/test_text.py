"""Strict JSON: what two parsers could read differently is refused, and told with its byte."""

import json
import time
from collections import Counter

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from syncproof.contracts.bulk.faults import DEEPEST, Unreadable
from syncproof.contracts.bulk.text import decode, every_key_once

KEYS = st.sampled_from(["a", "b", ":", '"', "\\", "ä", "a:", "\u2028"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | KEYS
PAIRS = st.recursive(
    SCALARS.map(json.dumps),
    lambda inner: st.lists(st.tuples(KEYS, inner), max_size=4).flatmap(
        lambda pairs: st.tuples(st.just(pairs), st.sampled_from(["", " ", "\t"]), st.booleans())
    ).map(lambda made: written(*made)),
    max_leaves=12,
)  # fmt: skip


def written(pairs, blank, ascii_only):
    """An object, written with or without white space and escapes, its keys as often as given."""
    members = (f"{json.dumps(key, ensure_ascii=ascii_only)}{blank}:{blank}{value}" for key, value in pairs)
    return "{" + f"{blank},".join(members) + "}"


def has_twice(text):
    found = []
    json.loads(
        text, object_pairs_hook=lambda pairs: found.append(max(Counter(k for k, _ in pairs).values(), default=0))
    )
    return max(found, default=0) > 1


@settings(max_examples=400, deadline=None)
@given(PAIRS)
def test_a_text_is_refused_if_and_only_if_some_object_has_a_key_twice(text):
    if has_twice(text):
        with pytest.raises(Unreadable, match="times in one object"):
            decode(text.encode())
    else:
        assert decode(text.encode()) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a" :":"}', '{"a":1,"\\u0061":2}', '{"x":{"a":1,"a":1}}', '[{"a":"\\u003a","a":1}]', '{"a":1e5,"a":1}'],
)
def test_no_way_of_writing_hides_a_key_that_occurs_twice(text):
    with pytest.raises(Unreadable):
        decode(text.encode())


def test_the_place_of_a_key_that_occurs_twice_is_told():
    with pytest.raises(Unreadable) as told:
        decode(b'{"lines":[{},{"item":1,"item":2}]}')
    assert told.value.place == "/lines/1/item"


@pytest.mark.parametrize(
    ("raw", "byte", "message"),
    [
        (b'{"a":NaN}', 5, "NaN is no JSON number"),
        (b'["NaN",-Infinity]', 7, "-Infinity is no JSON number"),
        (b"[1,1e400]", 3, "overflows"),
        (b"[" + b"9" * 5000 + b"]", 1, "overflows"),
        (b'["\xe4"]', 2, "not UTF-8"),
        (b"\xef\xbb\xbf{}", 0, "no JSON"),
        (b'["\\ud800"]', 2, "half a surrogate pair"),
        (b'{"a":1', 6, "no JSON"),
        (b"[1] x", 4, "Extra data"),
        (b"[01]", 2, "no JSON"),
        (b"", 0, "no JSON"),
        (b'["\x00"]', 2, "no JSON"),
    ],
)
def test_what_is_no_strict_json_is_told_with_its_byte(raw, byte, message):
    with pytest.raises(Unreadable, match=message) as told:
        decode(raw)
    assert told.value.byte == byte


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 300 + b"]" * 300])
def test_deep_nesting_is_refused_at_the_bracket_that_is_too_much(raw):
    with pytest.raises(Unreadable, match="too deep") as told:
        decode(raw)
    assert raw[: told.value.byte + 1].count(b"[") + raw[: told.value.byte + 1].count(b"{") == DEEPEST + 1


def test_many_brackets_that_are_not_deep_are_no_matter():
    assert len(decode(b"[" + b"[]," * 5000 + b'"' + b"[" * 900 + b'"]')) == 5001


def test_what_is_written_as_usual_needs_no_second_look():
    value = {"a": [1, 2.5, True, None, "ä:"], "b": {"a": "\n"}}
    for text in (json.dumps(value), json.dumps(value, indent=1), json.dumps(value, ensure_ascii=False)):
        assert every_key_once(text.encode(), value)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 201 + b'"' + b'\\"' * 10**6,
        b'{"a":"' + b'\\"NaN' * 10**6,
        b"{" + b",".join(b'"%d":1' % n for n in range(2 * 10**5)) + b',"0":1}',
    ],
    ids=["brackets before half a string", "half a string", "many keys and one twice"],
)
def test_what_is_made_to_take_for_ever_is_refused_soon(raw):
    begin = time.monotonic()
    with pytest.raises(Unreadable):
        decode(raw)
    assert time.monotonic() - begin < 20


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_whatever_bytes_come_in_the_answer_is_a_value_or_a_refusal(raw):
    try:
        json.dumps(decode(raw))
    except Unreadable as told:
        byte = told.byte
    else:
        byte = 0
    assert 0 <= byte <= len(raw)
