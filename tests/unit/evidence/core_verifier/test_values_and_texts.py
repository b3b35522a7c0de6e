"""Numbers, instants, names and texts: what is the same, what may be opened, what may be shown."""

import os
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from syncproof.evidence import core_verifier
from syncproof.evidence.core_verifier import Finding, derive, exit_code, measure, read_trust, shown, unsafe


@pytest.mark.parametrize(
    ("kind", "expected", "actual", "verdict"),
    [
        ("absent", {"absent": "x"}, {"x": 1}, "failed"),
        ("present", {"present": 1}, [True], "failed"),
        ("present", {"present": {"a": 1, "b": 2}}, [{"b": 2, "a": 1}], "passed"),
        ("in_order", ["a", "a"], ["a"], "failed"),
        ("in_order", [], ["a"], "passed"),
        ("in_order", ["a", "b", "c"], ["a", "b"], "failed"),
        ("accepted", {"status": "accepted or staged"}, {"status": "staged", "reasons": ["a: b"]}, "passed"),
        ("accepted", {"status": "accepted"}, {"status": "refused", "reasons": []}, "failed"),
        ("accepted", {"status": "accepted", "unchanged": 1}, {"status": "accepted", "reasons": []}, "failed"),
        ("accepted", {"status": "accepted", "unchanged": 1}, {"status": "accepted", "reasons": [], "unchanged": 1}, "passed"),
        ("refused", {"status": "refused", "code": "a"}, {"status": "refused", "reasons": ["b: no", " a : x"]}, "passed"),
        ("refused", {"status": "refused", "code": "a"}, {"status": "accepted", "reasons": ["a: x"]}, "failed"),
        ("refused", {"status": "refused"}, {"status": "refused", "reasons": ["a: x"]}, "failed"),
        ("refused", {"status": "refused", "code": "any stated reason"}, {"status": "refused", "reasons": ["z"]}, "passed"),
        ("refused", {"status": "refused", "code": "a"}, {"answers": [{"status": "refused", "reasons": ["a"]}, {"status": "refused", "reasons": ["b"]}]}, "failed"),
        ("refused", {"status": "refused", "code": "a"}, {"answers": [{"status": "refused", "reasons": ["a"]}, {"status": "refused", "reasons": ["a"]}]}, "passed"),
        ("equal", {"error": "x", "more": 1}, {"error": "x", "more": 2}, "failed"),
        ("agreed", "A", {"erp": "B", "mes": "B"}, "failed"),
    ],
)  # fmt: skip
def test_a_check_has_one_verdict_where_its_line_leaves_no_choice(kind, expected, actual, verdict):
    """Word for word, every answer, every member."""
    assert derive({"kind": kind, "expected": expected, "actual": actual}) == {verdict}


def test_systems_agree_within_the_tolerance_of_their_check():
    """One beyond it is enough to fail."""
    check = {"kind": "agreed", "expected": "10", "tolerance": "1"}
    assert derive(check | {"actual": {"erp": "10", "mes": "11"}}) == {"passed", "failed"}
    assert derive(check | {"actual": {"erp": "10", "mes": "12"}}) == {"failed"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.5", Fraction(25, 2)),
        (-3, Fraction(-3)),
        ("1/3", Fraction(1, 3)),
        ("-2/4", Fraction(-1, 2)),
        ("5 s", Fraction(5)),
        ("1e3", Fraction(1000)),
        ("1.5E-2", Fraction(3, 200)),
        ("1e+999", Fraction(10**999)),
        ("1970-01-01T00:00:01.000002Z", Fraction(1000002, 10**6)),
        ("1970-01-01T00:00:10", Fraction(10)),
        ("1970-01-01T01:00:10+01:00", Fraction(10)),
        ("0" * 199 + "7", Fraction(7)),
        ("0" * 200 + "7", None),
        (True, None),
        (None, None),
        ("1e1000", None),
        ("1/0", None),
        ("+1", None),
        ("1.", None),
        (" 1", None),
        ("KGM", None),
    ],
)
def test_a_number_is_read_as_the_record_holds_it(value, expected):
    """Exactly; instants in seconds, without a zone in UTC; anything else is no number."""
    assert measure(value) == expected


def test_a_name_is_opened_up_to_a_length():
    """1024 characters, and without a root only the name itself is looked at."""
    assert unsafe("x" * 1024) is None
    no_name, outside = "has a name that no pack uses: not opened", "leads out of the pack: not opened"
    assert [unsafe(name) for name in ("", "x" * 1025, "a\\b", "a:b", "a\x00")] == [no_name] * 5
    assert [unsafe(name) for name in ("/a", "a//b", "a/.", "..", "a/")] == [outside] * 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_what_is_no_plain_file_is_closed_and_named(tmp_path):
    """The handle, too: an auditor may check many packs."""
    os.mkfifo(tmp_path / "pipe")
    before = len(list(Path("/dev/fd").iterdir()))
    with pytest.raises(OSError, match="it is no plain file") as told:
        core_verifier.opened(tmp_path / "pipe")
    assert (told.value.errno, told.value.filename) == (0, str(tmp_path / "pipe"))
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_text_is_shown_up_to_a_length_and_without_what_writes_on_the_terminal():
    """120 characters, unless told otherwise; the mark of the cut comes on top."""
    assert shown("x" * 120) == "x" * 120
    assert shown("x" * 121) == "x" * 120 + "…"
    assert shown("a\x1b\u202eß", 4) == "a\\x1b\\u202eß"
    assert shown(5) == "5"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (["ok"], 0),
        (["ok", "unsigned"], 0),
        (["unsigned", "could not check"], 3),
        (["could not check", "failed", "ok"], 4),
        ([], 3),
    ],
)
def test_the_exit_code_tells_the_worst(found, code):
    """Nothing said is nothing checked."""
    assert exit_code([Finding("seal", status, "", "", "seal") for status in found]) == code


KEY = '[[key]]\nkeyid = "k"\nname = "n"\npublic = "p"\n'
FIELDS = "certificate, keyid, kind, name, public, revoked_at, role, valid_from, valid_until"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (KEY + KEY + 'b = 1\na = "x"\n', f"key 2: a, b unknown; valid are {FIELDS}"),
        (KEY + '[[tsa]]\ncertificate = "c"\nrole = "x"\n', "tsa 1: role unknown; valid are certificate, name"),
        ('[[key]]\nkeyid = "k"\n', "key 1: name, public missing; see 'syncproof key show'"),
        ('[[key]]\nkeyid = 5\nname = "n"\npublic = "p"\n', "key 1: keyid missing; see 'syncproof key show'"),
        ('[[tsa]]\ncertificate = "c"\n[[tsa]]\nname = "n"\n', "tsa 2: certificate missing; see 'syncproof key show'"),
        (KEY + 'kind = "robot"\n', "key 1: kind is 'robot'; valid are person and ci"),
        (KEY + "valid_from = 2020-01-01T00:00:00\n", "2020-01-01 00:00:00 is an instant without a zone"),
        (KEY + 'valid_until = "2020-01-01T00:00:00"\n', "2020-01-01T00:00:00 is an instant without a zone"),
        (KEY + 'revoked_at = "soon"\n', "Invalid isoformat string: 'soon'"),
        ("key = 5\n", "'key' has no place in it: it holds [[key]] and [[tsa]] tables"),
        ("key = [5]\n", "'key' has no place in it: it holds [[key]] and [[tsa]] tables"),
    ],
)
def test_a_mistake_in_a_trust_file_is_told_with_its_place_and_what_is_valid(text, said):
    """Which entry, which field, what there may be."""
    with pytest.raises(ValueError) as told:
        read_trust(text)
    assert str(told.value) == said


def test_a_trust_file_without_mistakes_is_read_as_it_stands():
    """Each kind, each time with a zone."""
    times = "valid_from = 2020-01-01T00:00:00Z\nvalid_until = 2030-01-01T00:00:00+01:00\nrevoked_at = 2025-01-01T00:00:00Z\n"
    text = KEY + 'kind = "ci"\nrole = "r"\n' + times + KEY + 'kind = "person"\n[[tsa]]\ncertificate = "c"\nname = "n"\n'
    assert read_trust(text) == tomllib.loads(text)
    assert read_trust("") == {}
