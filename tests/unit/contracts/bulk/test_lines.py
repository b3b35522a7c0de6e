"""A pointer is found again in the text of the document."""

import json

import hypothesis.strategies as st
from hypothesis import given

from syncproof.contracts.bulk.lines import line_of

TEXT = """
{"a": [1,
       {"b/c": "x]\\"}",
        "d~": {}}],

 "e": 5}"""
TREE = st.recursive(
    st.integers(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


def test_each_value_is_found_on_its_line():
    wanted = {"": 2, "/a": 2, "/a/0": 2, "/a/1": 3, "/a/1/b~1c": 3, "/a/1/d~0": 4, "/e": 6}
    assert {pointer: line_of(TEXT, pointer) for pointer in wanted} == wanted


def test_what_is_not_there_is_on_the_line_of_what_should_hold_it():
    assert line_of(TEXT, "/a/1/x/y") == 3


@given(TREE)
def test_whatever_is_written_line_by_line_is_found_on_its_line(tree):
    """Every value stands alone on its line if the text is indented."""
    text = json.dumps(tree, indent=1)
    for pointer, value in walk(tree, ""):
        line = text.split("\n")[line_of(text, pointer) - 1]
        start = json.dumps(value, indent=1).split("\n")[0]
        assert line.rstrip(",").endswith(start)


def walk(value, pointer):
    yield pointer, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from walk(member, f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}")
