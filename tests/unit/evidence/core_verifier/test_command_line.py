"""The file by itself: what an auditor types, reads and gets as exit code."""

import json
import sys

import pytest

from syncproof.evidence.core_verifier import Verifier, main
from tests.unit.evidence.core_verifier.packs import newest


@pytest.fixture
def typed(monkeypatch, capsys):
    """Runs the command line; exit code, output and errors."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["core_verifier.py", *map(str, words)])
        try:
            code = main()
        except SystemExit as stopped:
            code = stopped.code
        return code, *capsys.readouterr()

    return run


def options(folder):
    return ("--trust", folder / "trust.toml", "--head", (folder / "head").read_text())


def test_each_finding_is_one_line(folder, typed):
    """Status, check, place and message in columns; 0 if all could be checked."""
    code, out, err = typed(newest(folder), *options(folder))
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 10)
    assert lines[0].startswith("ok              seal         record/seal.json: sha256 ")
    assert lines[2] == "ok              exchanges    2 bodies, each with the hash that the record states"
    assert lines[7] == "ok              ledger head  ledger line 8: is as it was kept outside"


def test_a_program_reads_one_object(folder, typed):
    """The same findings, with the anchor of each."""
    code, out, _ = typed(newest(folder), "--json")
    findings = [vars(one) for one in Verifier(newest(folder), None, None, {}).verify()]
    assert (code, json.loads(out)) == (3, {"verified": False, "findings": findings})
    code, out, _ = typed(newest(folder), "--json", *options(folder))
    assert (code, json.loads(out)["verified"]) == (0, True)


def test_what_fails_is_told_by_the_exit_code(copied, typed):
    """Also with a ledger that lies elsewhere."""
    (copied.parent / "ledger.ndjson").rename(copied.parents[1] / "kept")
    assert typed(copied)[0] == 3
    code, out, _ = typed(copied, "--ledger", copied.parents[1] / "kept")
    assert (code, "lines, chained" in out) == (3, True)
    (copied / "index.html").write_text("other")
    assert typed(copied)[0] == 4


def test_a_mistake_of_whoever_types_is_answered_with_2(folder, tmp_path, typed):
    """With what is wrong, before anything is checked."""
    (tmp_path / "trust.toml").write_text("[[keys]]\n")
    for words, text in (
        ((), "the following arguments are required: pack"),
        ((newest(folder), "--head", "8"), "a head is LINES:HASH, as `syncproof evidence head` prints it"),
        ((newest(folder), "--trust", tmp_path / "none"), "No such file or directory"),
        ((newest(folder), "--trust", tmp_path / "trust.toml"), "'keys' has no place in it: it holds [[key]] and [[tsa]] tables"),
    ):  # fmt: skip
        code, out, err = typed(*words)
        assert (code, out) == (2, "")
        assert text in err


def test_the_help_says_what_each_option_is(typed):
    """In the words of the documentation."""
    code, out, _ = typed("--help")
    assert code == 0
    for text in (
        "Check a Syncproof evidence pack without Syncproof.",
        "--ledger LEDGER",
        "the ledger, if it does not lie beside the pack",
        "--head LINES:HASH",
        "the head of the ledger as it was kept outside",
        "your TOML file of trusted keys",
        "--json",
    ):
        assert text in out
