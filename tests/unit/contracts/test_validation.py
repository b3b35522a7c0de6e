"""Explanations say where and what, and survive whatever comes in."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from syncproof.contracts import explain, versions
from syncproof.contracts.formats import is_date_time
from syncproof.contracts.validation import pointer

BOM = {
    "domain": "bom",
    "id": "B",
    "revision": "A",
    "item": "I",
    "base_quantity": {"value": "100", "unit": "C62"},
    "lines": [{"line_no": 10, "item": "OIL", "quantity": {"value": "1.5", "unit": "KGM"}}],
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def test_every_violation_is_told_with_its_pointer():
    broken = {**BOM, "lines": [{"line_no": "10", "item": "OIL", "quantity": {"value": 1.5, "unit": "KGM"}}]}
    assert explain("bom", broken) == [
        ("/lines/0/line_no", "'10' is not of type 'integer'"),
        ("/lines/0/quantity/value", "1.5 is not of type 'string'"),
    ]


def test_a_wrong_form_is_told_in_words_and_not_as_a_regular_expression():
    broken = {**BOM, "base_quantity": {"value": "1e2", "unit": "C62"}}
    ((place, message),) = explain("bom", broken)
    assert (place, message) == (
        "/base_quantity/value",
        "'1e2' is not an exact decimal such as '12.5' (text, no exponent)",
    )


def test_an_instant_is_held_against_the_calendar():
    """30 February fits every sensible pattern."""
    order = {"id": "O", "item": "I", "quantity": {"value": "1", "unit": "C62"}, "site": "EAST", "location": "D"}
    assert explain("lot", order) == []
    assert explain("lot", {**order, "expiry": "2027-02-28T23:00:00+01:00"}) == []
    ((place, _),) = explain("lot", {**order, "expiry": "2027-02-30T23:00:00+01:00"})
    assert place == "/expiry"


@pytest.mark.parametrize("trailing", ["12.5\n", "\uff11\uff12", "12.", ".5", "+1", " 1", "1_0", "NaN", ""])
def test_what_only_looks_like_a_decimal_is_refused(trailing):
    assert explain("bom", {**BOM, "base_quantity": {"value": trailing, "unit": "C62"}}) != []


@pytest.mark.parametrize("lines", [[], BOM["lines"] * 2])
def test_meaning_is_left_to_the_systems(lines):
    """No lines, or two of one number: shape says nothing, the system has a reason code for it."""
    assert explain("bom", {**BOM, "lines": lines}) == []


def test_unknown_contract_is_answered_with_those_there_are():
    ((_, message),) = explain("bomb", {})
    assert "'bomb'" in message
    assert "bom, " in message


@pytest.mark.parametrize("version", ["9.9.9", "1", "../../event/1.0.0", ""])
def test_unknown_version_is_answered_and_never_leaves_the_folder(version):
    """The version comes out of a message; an empty one means the current one."""
    assert explain("material", {}, version) != []


def test_two_unknown_contracts_do_not_pass_for_each_other():
    assert explain("../bom", BOM, "1.0.0") != []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(versions())), ANYTHING)
def test_whatever_comes_in_gets_a_verdict_and_an_explanation(name, document):
    """No input makes it raise: messages come from outside."""
    assert all(isinstance(place, str) and message for place, message in explain(name, document))


def test_pointer_escapes_as_rfc_6901_says():
    assert pointer(["attributes", "a/b~c", 0]) == "/attributes/a~1b~0c/0"


def test_date_time_is_no_business_of_other_types():
    assert is_date_time(5)
    assert not is_date_time("2027-01-01T00:00:00")
