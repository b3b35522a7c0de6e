"""The record within a pack agrees with its seal, and its files with the manifest, to the last field."""

import json
import os
import shutil

import pytest

from syncproof.evidence import seal
from syncproof.evidence.canonical import canonical
from syncproof.evidence.core_verifier import Verifier
from tests.acceptance.attacks.attacker import Attacker
from tests.unit.evidence.core_verifier.packs import put, reworked, said

JOURNAL = "record/journal-main.ndjson"


def sealed(pack, **fields):
    """The seal has other fields; a function makes one of what it was."""
    path = pack / seal.SEAL
    old = json.loads(path.read_bytes())
    new = {name: made(old[name]) if callable(made) else made for name, made in fields.items()}
    path.write_bytes(canonical(old | new) + b"\n")


def listed(folder, **fields):
    """The manifest has other fields."""
    path = folder / "manifest.json"
    old = json.loads(path.read_bytes())
    path.write_text(json.dumps(old | {name: made(old[name]) for name, made in fields.items()}))


def first(**change):
    """The first of a list has other fields."""
    return lambda entries: [entries[0] | {k: made(entries[0][k]) for k, made in change.items()}, *entries[1:]]


def more(number):
    return number + 1


def other(_):
    return "0" * 64


@pytest.mark.parametrize("change", [{"lines": more}, {"head": other}, {"sha256": other}, {"bytes": more}])
def test_a_journal_is_as_it_was_sealed_in_every_field(copied, change):
    """Lines, last line, hash, and how much of it was torn."""
    sealed(copied, journals=first(**change))
    text = "is not as it was sealed (number of lines, last line or hash)"
    assert said(copied, "journals") == [("failed", JOURNAL, text)]


@pytest.mark.parametrize("change", [{"count": 7}, {"root": "0" * 64}])
def test_the_stored_bodies_are_those_that_were_sealed(copied, change):
    """By number and by name."""
    sealed(copied, exchanges=lambda old: old | change)
    assert said(copied, "exchanges") == [("failed", "exchanges", "does not hold the bodies that were sealed")]


def test_a_stored_body_is_a_plain_file_with_its_hash_as_name(copied):
    """Changed, gone, a link, a folder: each is told."""
    one, two = sorted(path.name for path in (copied / "exchanges").iterdir())
    (copied / "exchanges" / one).write_bytes(b"x")
    text = "does not have the hash that is its name: it was changed"
    assert said(copied, "exchanges") == [("failed", f"exchanges/{one}", text)]
    shutil.move(copied / "exchanges" / two, copied.parent / "elsewhere")
    (copied / "exchanges" / two).symlink_to(copied.parent / "elsewhere")
    assert said(copied, "exchanges")[1:] == [("failed", f"exchanges/{two}", "is no stored body")]
    (copied / "exchanges" / two).unlink()
    assert said(copied, "exchanges")[0] == ("failed", f"exchanges/{two}", "is named by an exchange and not there")
    (copied / "exchanges" / two).mkdir()
    assert ("failed", f"exchanges/{two}", "is no stored body") in said(copied, "exchanges")


@pytest.mark.parametrize("part", ["record", "record/seal.json", "exchanges", "inputs", "signatures"])
def test_no_part_of_a_pack_is_a_link(copied, part):
    """Wherever it leads: nothing else is looked at."""
    shutil.move(copied / part, copied.parents[1] / "elsewhere")
    (copied / part).symlink_to(copied.parents[1] / "elsewhere")
    [found] = Verifier(copied, None, None, {}).verify()
    assert (found.status, found.place, found.message) == ("failed", part, "is a link: a pack holds files only")


def test_a_journal_that_is_a_link_is_not_opened(copied):
    """Even if it leads to what was sealed."""
    shutil.move(copied / JOURNAL, copied.parent / "elsewhere")
    (copied / JOURNAL).symlink_to(copied.parent / "elsewhere")
    assert said(copied, "journals") == [("failed", JOURNAL, "is or lies behind a link: not opened")]


def test_what_a_seal_lacks_is_named(copied):
    """Each of its fields is needed."""
    path = copied / seal.SEAL
    whole = json.loads(path.read_bytes())
    for name in whole.keys() - {"format"}:
        path.write_bytes(canonical({key: value for key, value in whole.items() if key != name}))
        assert said(copied, "seal") == [("failed", seal.SEAL, f"lacks {name}")]
    path.write_bytes(canonical({"format": whole["format"]}))
    text = "lacks ended, exchanges, inputs, journals, ledger, pack, run, sealed_at, sealed_by"
    assert said(copied, "seal") == [("failed", seal.SEAL, text)]
    path.write_text(json.dumps(whole, indent=1))
    assert said(copied, "seal") == [("failed", seal.SEAL, "is no seal: it cannot be read")]


def test_a_folder_that_is_no_pack_is_named(tmp_path):
    """With its path."""
    [found] = Verifier(tmp_path, None, None, {}).verify()
    text = "is no evidence pack: it holds no record/"
    assert (found.check, found.place, found.message, found.anchor) == ("seal", str(tmp_path.resolve()), text, "seal")


@pytest.mark.parametrize("check", ["journals", "exchanges", "inputs"])
def test_a_part_of_the_seal_without_its_form_fails_its_check_and_no_other_is_left_out(copied, check):
    """It is told under the name of the check."""
    sealed(copied, **{check: 5})
    [(status, place, text)] = said(copied, check)
    assert (status, place, text[:40]) == ("failed", "", "does not have the form it should have (T")
    assert said(copied, "manifest")


def test_an_end_without_counts_fails_the_verdicts(copied):
    """Whoever took them out."""
    reworked({"counts": {}}, "run_finished")(Attacker(copied))
    text = "does not have the form it should have (KeyError: 'verdicts')"
    assert said(copied, "verdicts") == [("failed", "", text)]


@pytest.mark.parametrize(
    ("type_", "change", "text"),
    [
        ("exchange", {"request": {}}, "lacks what its type needs (KeyError: 'body_sha')"),
        ("exchange", {"response": 5}, "lacks what its type needs (TypeError: 'int' object is not subscriptable)"),
        ("scenario_started", {"worker": "gw0"}, "has the number or worker of another line"),
    ],
)
def test_a_line_that_does_not_hold_what_it_should_is_told_with_its_number(copied, type_, change, text):
    """And nothing below it is read."""
    attacker = Attacker(copied)
    number = next(n for n, x in enumerate(attacker.lines(attacker.journal), 1) if x["type"] == type_)
    reworked(change, type_)(attacker)
    assert said(copied, "journals") == [("failed", f"{JOURNAL} line {number}", text)]


def test_a_line_with_another_number_is_told(copied):
    """Though chained and sealed."""
    attacker = Attacker(copied)
    attacker.rechain = lambda _: None
    attacker.edit(attacker.journal, lambda lines: [lines[0] | {"seq": 1}])
    attacker.reseal()
    text = "has the number or worker of another line"
    assert said(copied, "journals") == [("failed", f"{JOURNAL} line 1", text)]


def test_an_exchange_may_have_no_request_no_response_and_no_body(copied):
    """Nothing came back, or nothing was sent."""
    for side in ("request", "response"):
        for value in (None, {"body_sha": None}):
            reworked({side: value}, "exchange")(Attacker(copied))
            assert [status for status, *_ in said(copied, "journals")] == ["ok"]


# --- files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "place", "text"),
    [
        ({"files": first(bytes=more)}, None, "is not as the manifest states"),
        ({"files": first(sha256=other)}, None, "is not as the manifest states"),
        ({"files": lambda files: [*files, files[0]]}, None, "is twice in the manifest"),
        ({"files": lambda files: files[1:]}, None, "is in the pack and not in the manifest"),
        ({"files": lambda files: [*files, files[0] | {"file": "x"}]}, "x", "is in the manifest and not in the pack"),
        ({"files": lambda files: [*files, files[0] | {"file": "../x"}]}, "../x", "leads out of the pack: not opened"),
        ({"files": lambda files: [*files, files[0] | {"file": "a:b"}]}, "a:b", "has a name that no pack uses: not opened"),
        ({"pack": other}, "manifest.json", "is that of another pack"),
        ({"files": lambda _: 5}, "manifest.json", "is no manifest: it cannot be read"),
    ],
    ids=range(9),
)  # fmt: skip
def test_the_manifest_names_each_file_once_as_it_is(copied, change, place, text):
    """Length, hash and name."""
    file = json.loads((copied / "manifest.json").read_bytes())["files"][0]["file"]
    listed(copied, **change)
    assert said(copied, "manifest") == [("failed", place or file, text)]


def test_a_body_has_the_hash_that_the_manifest_states(copied):
    """Which is its name: it is not read twice."""
    files = json.loads((copied / "manifest.json").read_bytes())["files"]
    at = next(n for n, one in enumerate(files) if one["file"].startswith("exchanges/"))
    listed(copied, files=lambda all_: [*all_[:at], all_[at] | {"sha256": "0" * 64}, *all_[at + 1 :]])
    assert said(copied, "manifest") == [("failed", files[at]["file"], "is not as the manifest states")]


def test_a_link_beside_the_record_is_told(copied):
    """A link to a folder, too, of which nothing is read; what comes after the manifest need not be in it."""
    (copied / "more").symlink_to(copied.parent)
    (copied / "index.html").unlink()
    (copied / "index.html").symlink_to(copied.parent / "ledger.ndjson")
    text = "is a link or a device: a pack holds files only"
    assert said(copied, "manifest") == [("failed", "index.html", text), ("failed", "more", text)]


def test_a_file_below_inputs_is_in_the_seal_whatever_it_is_called(copied):
    """What comes after the manifest lies elsewhere."""
    (copied / "inputs" / "signatures").mkdir()
    put("inputs/signatures/x")(Attacker(copied))
    assert said(copied, "inputs") == [("failed", "inputs/signatures/x", "is in the pack and not in the seal")]
    assert said(copied, "manifest") == [("failed", "inputs/signatures/x", "is in the pack and not in the manifest")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_in_place_of_a_journal_could_not_be_read(copied):
    """The file is named, with what is wrong with it."""
    (copied / JOURNAL).unlink()
    os.mkfifo(copied / JOURNAL)
    text = "cannot be read: it is no plain file"
    assert said(copied, "journals") == [("could not check", str(copied / JOURNAL), text)]


# --- what is shown ----------------------------------------------------------------------------------


def test_what_is_shown_of_a_pack_is_cut_at_a_length(copied):
    """400 characters of a place, 1000 of a message; the mark of the cut comes on top."""
    for length in (400, 401):
        reworked({"scenario": "x" * length}, "scenario_finished")(Attacker(copied))
        place = next(place for _, place, text in said(copied, "verdicts") if text == "has an end without a start")
        assert place == "x" * 400 + "…" * (length - 400)
    verifier = Verifier(copied, None, None, {})
    for length in (1000, 1001):
        verifier._say("seal", "ok", "", "y" * length)
        assert verifier.findings.pop().message == "y" * 1000 + "…" * (length - 1000)
