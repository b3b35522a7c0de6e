"""Identifiers, check digits and content hashes."""

import hashlib
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError
from tests.unit.oracle.plant import bill

RULE = m.IdentityRule(id="lot", revision="A", min_length=3, max_length=6, alphabet="ABCÜ0123456789-/")


@pytest.mark.parametrize(
    ("text", "preserved", "upper"),
    [
        ("000123", "000123", "000123"),  # leading zeros are significant
        ("Mix-a", "Mix-a", "MIX-A"),
        (" MIX 10\t", "MIX 10", "MIX 10"),  # outer blanks go, inner ones stay
        ("MIX%2F1", "MIX%2F1", "MIX%2F1"),  # nothing is decoded
        ("U\u0308", "\u00dc", "\u00dc"),  # U + combining diaeresis is NFC U-umlaut (Unicode chart 00C0)
        ("u\u0308", "\u00fc", "\u00dc"),
        ("\u212b", "\u00c5", "\u00c5"),  # ANGSTROM SIGN is canonically A WITH RING (UAX #15, singletons)
        ("1\u00b2", "1\u00b2", "1\u00b2"),  # SUPERSCRIPT TWO is no 2: compatibility is not identity
        ("\u0390", "\u0390", "\u03aa\u0301"),  # upper case falls apart in three: composed again
    ],
)
def test_a_key_is_composed_trimmed_and_cased_and_otherwise_as_it_is(text, preserved, upper):
    assert oracle.normalised_key(text) == preserved
    assert oracle.normalised_key(text, "upper") == upper


@given(st.text(max_size=20), st.sampled_from(["upper", "preserve"]))
def test_normalising_twice_changes_nothing_and_canonical_equivalents_agree(text, case):
    key = oracle.normalised_key(text, case)
    assert oracle.normalised_key(key, case) == key
    assert oracle.normalised_key(unicodedata.normalize("NFD", text), case) == key


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("ABC", True),
        ("AB", False),
        ("AB ", False),  # two characters once trimmed
        ("ABC123", True),
        ("ABC1234", False),
        (" abc ", True),
        ("u\u03081/", True),  # two code points that compose to one character of the alphabet: length 3
        ("AB_1", False),
        ("AB 1", False),
    ],
)
def test_an_identifier_must_have_an_allowed_length_and_alphabet_once_normalised(text, valid):
    assert oracle.conforms(RULE, text) is valid


def test_a_rule_that_preserves_case_does_not_allow_the_other_one():
    strict = m.IdentityRule(id="x", revision="A", min_length=1, max_length=9, alphabet="ABC", case="preserve")
    assert oracle.conforms(strict, "ABC")
    assert not oracle.conforms(strict, "abc")


# 629104150021: GS1's own worked example. From the right 1x3 + 2x1 + 0x3 + 0x1 + 5x3 + 1x1 + 4x3 + 0x1 + 1x3
# + 9x1 + 2x3 + 6x1 = 57; up to 60 are 3. 0 95212 34543 21: 3+2+9+4+15+4+9+2+3+2+15+9 = 77 -> 3.
# 03600029145 (a UPC-A): 5x3+4+1x3+9+2x3+0+0+0+6x3+3+0x3 = 58 -> 2.
@pytest.mark.parametrize(
    ("digits", "expected"),
    [("629104150021", 3), ("0952123454321", 3), ("952123454321", 3), ("03600029145", 2), ("0", 0), ("7", 9)],
)
def test_a_check_digit_is_that_of_the_worked_example(digits, expected):
    assert oracle.check_digit(digits) == expected


@pytest.mark.parametrize("digits", ["", "12a", "\uff11\uff12", "1 2"])
def test_what_is_no_number_has_no_check_digit(digits):
    with pytest.raises(MisuseError, match="is not a number"):
        oracle.check_digit(digits)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("09521234543213", True),
        ("9521234543213", True),
        ("036000291452", True),
        ("09521234543214", False),
        ("0952123454321", False),
        ("0000000000", False),  # right check digit, but ten digits
        ("952123454321\uff13", False),
        ("", False),
    ],
)
def test_a_gtin_has_a_valid_length_and_check_digit(text, valid):
    assert oracle.is_gtin(text) is valid


@given(st.text("0123456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(digits, place, shift):
    gtin = f"{digits}{oracle.check_digit(digits)}"
    wrong = f"{gtin[:place]}{(int(gtin[place]) + shift) % 10}{gtin[place + 1 :]}"
    assert oracle.is_gtin(gtin)
    assert not oracle.is_gtin(wrong)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_leading_zeros_do_not_change_a_check_digit(digits):
    assert oracle.check_digit(digits) == oracle.check_digit(f"0{digits}")


def test_a_content_hash_is_sha256_over_sorted_json_without_blanks():
    # RFC 8785: members sorted by UTF-16 code units, no white space, umlaut as it is in UTF-8
    rule = m.IdentityRule(id="lot", revision="A", min_length=3, max_length=6, alphabet="ÜA")
    text = (
        '{"alphabet":"ÜA","case":"upper","domain":"identity","gs1_application_identifier":null,"id":"lot",'
        '"max_length":6,"min_length":3,"revision":"A","site":null}'
    )
    assert oracle.content_hash(rule) == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def test_any_change_of_content_changes_the_hash():
    made = [
        bill("B", "CREAM", (100, "C62"), [("OIL", amount, "KGM", {"scrap_percent": Decimal(s)})], revision=r)
        for amount, s, r in [("3", 0, "A"), ("3.1", 0, "A"), ("3", 1, "A"), ("3", 0, "B")]
    ]
    assert len({oracle.content_hash(bom) for bom in made}) == len(made)


def test_the_order_of_members_of_a_mapping_does_not_change_the_hash():
    one, other = (
        m.Variant(id="V", revision="A", base_item="CREAM", attributes=attributes)
        for attributes in ({"size": "L", "colour": "red"}, {"colour": "red", "size": "L"})
    )
    assert oracle.content_hash(one) == oracle.content_hash(other)
