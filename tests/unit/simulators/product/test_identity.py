"""Identifiers in their one normal form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators import product as p

RULE = {"id": "lot", "min_length": 3, "max_length": 6, "alphabet": "ABCÄÖÜ0123456789-/ ", "case": "upper"}


@pytest.mark.parametrize("spelled", ["Lä-1", " lä-1\t", unicodedata.normalize("NFD", "LÄ-1"), "lÄ-1"])
def test_every_spelling_of_a_lot_has_one_form(spelled):
    assert p.normalise(spelled, RULE) == "LÄ-1"


@pytest.mark.parametrize("text", ["000123", "Mix-a", "MIX 10", "MIX/10", "MIX%2F1", "GEMÜSE"])
def test_without_an_upper_case_rule_only_outer_blanks_and_unicode_form_change(text):
    assert p.normalise(unicodedata.normalize("NFD", f" {text} ")) == text
    assert p.normalise(text, {**RULE, "case": "preserve"}) == text


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(text):
    for rule in (None, RULE):
        once = p.normalise(text, rule)
        assert p.normalise(once, rule) == once


def test_upper_case_letters_that_come_apart_are_put_together_again():
    assert unicodedata.is_normalized("NFC", p.normalise("\u0390", RULE))


@pytest.mark.parametrize("key", ["ABC", "A/B-1", "ÄÖÜ", "A 1", "123456"])
def test_a_key_that_keeps_the_rule_has_no_violations(key):
    assert p.violations(key, RULE) == []


@pytest.mark.parametrize(
    ("key", "valid"),
    [("AB", "3 to 6"), ("ABCABCA", "3 to 6"), ("AB_", "ABCÄÖÜ"), ("abc", "ABCÄÖÜ"), ("", "3 to 6")],
)
def test_a_violation_names_the_value_and_what_would_be_valid(key, valid):
    (reason,) = p.violations(key, RULE)
    assert reason["code"] == "identity_format"
    assert repr(key) in reason["message"]
    assert valid in reason["message"]


def test_without_a_rule_every_key_is_well_formed():
    assert p.violations("x", None) == []
