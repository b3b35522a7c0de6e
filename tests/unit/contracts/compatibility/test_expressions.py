"""Patterns as automata find what the validator finds."""

import hypothesis.strategies as st
import jsonschema_rs
import pytest
from hypothesis import given

from syncproof.contracts.compatibility.automata import literal
from syncproof.contracts.compatibility.expressions import automaton
from syncproof.contracts.compatibility.languages import search

READ = [
    "", "a", "^a", "a$", "^a$", "^$", "$^", "a|b", "^(a|b)$", "^(?:a|)b*$", "^a+?b{2}$", "^a{1,3}$", "^a{2,}$", "^[a-c]+$", "^[^a]$", "[\\d_-]",
    "^\\w+\\s\\D$", "^.$", "^a.c$", "\\.", "^\\x61\\u0062$", "^(?<year>[0-9]{4})$", "^a^b$", "^a$b$", "(^a|b$)", "^(ab?)*$", "^[\\r\\n]$", "(a+)+$",
]  # fmt: skip
UNREAD = [
    "(?=a)b",
    "(?!a)b",
    "^(?i)a$",
    "\\bword\\b",
    "\\p{L}",
    "[a&&b]",
    "[[:alpha:]]",
    "\\cA",
    "a{2000}",
    "(" * 400 + ")" * 400,
]
TEXTS = st.text(alphabet="abc01_- .\r\n\t\u2028é", max_size=5)


def accepts(machine, text):
    states = machine.begin()
    for char in text:
        states = machine.after(states, ord(char))
    return machine.accepts(states, first=not text)


@given(st.sampled_from(READ), TEXTS)
def test_an_automaton_finds_what_the_validator_finds(pattern, text):
    """Anchors in odd places and characters that readers differ on are where it could go wrong."""
    if "." in pattern and set(text) & set("\r\u2028"):
        return  # the two readings of the dot: a proof holds for both
    valid = jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(text)
    assert accepts(automaton(pattern), text) is valid


@pytest.mark.parametrize("pattern", UNREAD)
def test_what_is_not_regular_or_too_large_is_not_read(pattern):
    """Then only the same text is known to mean the same."""
    assert automaton(pattern) is None


@pytest.mark.parametrize(
    ("inside", "outside", "least", "most", "found"),
    [
        (["^a+$"], [], 3, None, "aaa"),
        (["^a+$"], ["^a{1,3}$"], 0, None, "aaaa"),
        (["^a+$"], ["^a{1,3}$"], 0, 3, None),
        (["^(ab)*$"], ["^(ab){0,3}$"], 0, 5, None),
        (["^.$"], ["^[^\\n\\r\\u2028\\u2029]$"], 0, None, "\r"),
        (["^$"], ["$^"], 0, None, None),
        ([], ["$"], 0, None, None),
    ],
)
def test_the_shortest_string_of_some_languages_and_not_of_others_is_found(inside, outside, least, most, found):
    """None with a complete search is a proof; the dot is taken in either reading."""
    got = search([automaton(each) for each in inside], [automaton(each) for each in outside], least, most)
    assert (got.found, got.complete) == (found, True)


def test_a_search_that_grows_too_large_says_that_it_is_not_complete():
    """A small pattern can have a huge deterministic automaton."""
    got = search([automaton("^(a|b)*a(a|b){14}$")], [automaton("^(a|b){0,16}$"), automaton("^(a|b)*b(a|b){13}$")])
    assert not got.complete or got.found


def test_strings_that_are_refused_are_exactly_these():
    machine = literal(frozenset({"a", "bc", ""}))
    assert [accepts(machine, text) for text in ("a", "bc", "", "b", "abc", "a\n")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
