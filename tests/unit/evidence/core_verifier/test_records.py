"""What contradicts within a pack is told with its place, word for word."""

import base64
import json
import shutil
from pathlib import Path

import pytest

from syncproof.evidence import core_verifier, seal
from syncproof.evidence.core_verifier import Verifier
from tests.acceptance.attacks.attacker import Attacker
from tests.unit.evidence.core_verifier.packs import (
    newest,
    not_ok,
    put,
    reworked,
    said,
    trusted,
    unlink,
)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"[1", "failed"),
        (b"[]", "failed"),
        (b'{"format":"syncproof-record/1"}', "failed"),
        (b'{"format":"syncproof-record/2"}', "could not check"),
        (b"[" * 100_000, "failed"),
        (None, "could not check"),
    ],
)
def test_a_pack_that_cannot_be_read_is_told_apart(tmp_path, content, status):
    """Damaged, of a newer format, half copied."""
    (tmp_path / "record").mkdir()
    if content is not None:
        (tmp_path / "record" / "seal.json").write_bytes(content)
    [found] = Verifier(tmp_path, None, None, {}).verify()
    assert (found.check, found.status) == ("seal", status)


def test_another_folder_is_no_pack(tmp_path):
    """It is said so."""
    [found] = Verifier(tmp_path, None, None, {}).verify()
    assert (found.status, "no evidence pack" in found.message) == ("could not check", True)


def test_every_check_of_a_pack_that_verifies_is_told_with_its_anchor(folder):
    """Nine findings, word for word: what an auditor copies into a report."""
    pack = newest(folder)
    sealed, ledger = json.loads((pack / seal.SEAL).read_bytes()), (folder / "evidence" / "ledger.ndjson").read_bytes()
    lines, files = sealed["journals"][0]["lines"], len(json.loads((pack / "manifest.json").read_bytes())["files"])
    head = (folder / "head").read_text()
    number = len(ledger.splitlines())
    names = ["01-author", "02-reviewer"]
    facts = [
        json.loads(base64.b64decode(json.loads((pack / f"signatures/{name}.dsse.json").read_bytes())["payload"]))[
            "predicate"
        ]
        for name in names
    ]
    verdicts = "every verdict follows from its checks and steps: 2 passed (2 checks derived anew)"
    assert [tuple(vars(one).values()) for one in Verifier(pack, None, f" {head}\n", trusted(folder)).verify()] == [
        ("seal", "ok", "record/seal.json", f"sha256 {seal.of(pack)}, sealed {sealed['sealed_at']}", "seal"),
        ("journals", "ok", "", f"1 journals, {lines} lines: chained, complete, as sealed", "hash chain"),
        ("exchanges", "ok", "", "2 bodies, each with the hash that the record states", "hash chain"),
        ("inputs", "ok", "", "1 files that the run was judged by, as sealed", "seal"),
        ("verdicts", "ok", "", verdicts, "re-derived"),
        ("manifest", "ok", "", f"{files} files as listed, no other", "manifest"),
        ("ledger", "ok", "", f"{number} lines, chained; runs numbered without gaps; this pack is one of them", "ledger"),
        ("ledger head", "ok", f"ledger line {number}", "is as it was kept outside", "ledger head"),
        *(
            ("signature", "ok", f"signatures/{name}.dsse.json", f"signed as {one['name']} ({one['role']}), {one['meaning']}, {one['signed_at']}", "trusted key")
            for name, one in zip(names, facts, strict=True)
        ),
    ]  # fmt: skip


def journal_of(a):
    return a.edit(a.journal, lambda lines: [x | {"at": "2020"} if x["seq"] == 3 else x for x in lines])


LEFT_OUT = "is in the pack and not in the manifest"


@pytest.mark.parametrize(
    ("check", "edit", "place", "message"),
    [
        ("journals", unlink("record/journal-main.ndjson"), "record/journal-main.ndjson", "is in the seal and not in the pack"),
        ("journals", put("record/other.ndjson"), "record/other.ndjson", "is in the pack and not in the seal"),
        ("journals", journal_of, "record/journal-main.ndjson line 5", "does not follow the line before: something was changed, taken out or put in above"),
        ("journals", put("record/journal-main.ndjson", b"{}\n"), "record/journal-main.ndjson line 1", "does not follow the line before: something was changed, taken out or put in above"),
        ("journals", put("record/journal-main.ndjson", b"[]\n"), "record/journal-main.ndjson line 1", "is no event in canonical JSON"),
        ("journals", put("record/journal-main.ndjson", b""), "record/journal-main.ndjson", "is not as it was sealed (number of lines, last line or hash)"),
        ("exchanges", put("exchanges/x"), "exchanges/x", "is no stored body"),
        ("exchanges", put("exchanges/" + "0" * 64), "exchanges/" + "0" * 64, "is there and no exchange names it"),
        ("inputs", unlink("inputs/landscape.toml"), "inputs/landscape.toml", "is in the seal and not in the pack"),
        ("inputs", put("inputs/landscape.toml"), "inputs/landscape.toml", "is not as the seal states"),
        ("inputs", put("inputs/more.toml"), "inputs/more.toml", "is in the pack and not in the seal"),
        ("verdicts", reworked({"exchanges": []}), "one, step 2", "the check of URS-UOM-001 passed without an exchange behind it"),
        ("verdicts", reworked({"actual": "GRM"}), "one, step 2", "the check of URS-UOM-001 is said to have come to 'passed', but its kind, expected and actual say otherwise"),
        ("verdicts", reworked({"exchanges": ["x9"]}), "record", "1 exchanges are cited by checks and not on record"),
        ("verdicts", reworked({"requirement": "URS-X-1"}), "one", "is said to have passed, but nothing was checked of URS-UOM-001"),
        ("verdicts", reworked({"step": 7}), "one", "has no step 7 under way, of which the record speaks"),
        ("verdicts", reworked({"verdict": "blocked"}, "scenario_finished"), "run_finished", "the counts are not those of the scenarios on record"),
        ("verdicts", reworked({"verdict": "fine"}, "scenario_finished"), "one", "has the verdict 'fine', which is none"),
        ("verdicts", reworked({"verdict": "failed"}, "step_finished"), "one", "is said to have passed, but a step or check of it did not"),
        ("verdicts", reworked({"run": 9}, "run_started"), "run_started", "the record is of run 9, its seal of run 3"),
        ("verdicts", reworked({"scenarios": [{"id": "two", "selected": True}]}, "plan"), "one", "is on record and was not planned"),
        ("verdicts", reworked({"scenarios": [{"id": id_, "selected": True} for id_ in ("one", "two", "six")]}, "plan"), "six", "was planned and selected, and is not on record"),
        ("verdicts", reworked({"type": "noted"}, "run_finished"), "record", "ended otherwise than the seal says, or its end is not on record"),
        ("manifest", put("index.html"), "index.html", "is not as the manifest states"),
        ("manifest", put("more.html"), "more.html", LEFT_OUT),
        ("manifest", put("manifest.json", b"{}"), "manifest.json", "is no manifest: it cannot be read"),
        ("signature", put("signatures/x.txt"), "signatures/x.txt", "is no signature, and has no place among them"),
        ("signature", put("signatures/x.dsse.json"), "signatures/x.dsse.json", "is no DSSE envelope over an in-toto statement"),
        ("signature", put("attestation.dsse.json"), "attestation.dsse.json", "is no DSSE envelope over an in-toto statement"),
        ("ledger", unlink("signatures/02-reviewer.dsse.json"), "signatures/02-reviewer.dsse.json", "was signed by Rob Doe (ledger line 8) and is not here"),
        ("ledger", put("signatures/02-reviewer.dsse.json"), "signatures/02-reviewer.dsse.json", "is not the signature that the ledger knows (line 8)"),
    ],
)  # fmt: skip
def test_what_contradicts_is_told_with_its_place(copied, check, edit, place, message):
    """First of its kind, and failed: nothing that follows from it comes before it."""
    edit(Attacker(copied))
    failed = [one for one in said(copied, check) if one[0] == "failed"]
    assert failed[0] == ("failed", place, message)


@pytest.mark.parametrize(
    ("check", "edit", "place", "message"),
    [
        ("manifest", unlink("manifest.json"), "manifest.json", "is not there: files beside the record cannot be checked"),
        ("manifest", put("manifest.json", b'{"format":"x/2"}'), "manifest.json", "has the format 'x/2'"),
        ("seal", unlink("record/seal.json"), "record/seal.json", "is not there: the run still goes on, or was killed (syncproof evidence head FOLDER seals what it left), or the copy is incomplete"),
        ("seal", put("record/seal.json", b'{"format":"x/2"}'), "record/seal.json", "has the format 'x/2'; this verifier knows syncproof-record/1"),
    ],
)  # fmt: skip
def test_what_is_missing_or_unknown_could_not_be_checked(copied, check, edit, place, message):
    """It contradicts nothing, and it is not passed over."""
    edit(Attacker(copied))
    assert said(copied, check) == [("could not check", place, message)]


def test_a_finding_writes_nothing_on_the_terminal_but_itself(copied):
    """No escape codes, and no line of its own."""
    attacker = Attacker(copied)
    attacker.edit(attacker.journal, lambda lines: [x | {"scenario": "two\x1b[2J\nok"} if "scenario" in x else x for x in lines])  # fmt: skip
    attacker.reseal()
    found = Verifier(copied, None, None, {}).verify()
    assert any("two\\x1b[2J\\nok" in one.place for one in found)
    assert all((one.place + one.message).isprintable() for one in found)


def test_a_line_is_read_up_to_a_length(copied, monkeypatch):
    """Nothing may follow what was cut off."""
    monkeypatch.setattr(core_verifier, "LONGEST_LINE", 100)
    [found] = [one for one in Verifier(copied, None, None, {}).verify() if one.check == "journals"]
    assert (found.status, found.message) == ("failed", "is too long")


def test_a_pack_and_its_ledger_may_lie_apart(copied, tmp_path, monkeypatch):
    """And the pack may be given by any path to it."""
    shutil.move(copied, tmp_path / "elsewhere" / copied.name)
    ledger = copied.parent / "ledger.ndjson"
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / copied.name)
    assert not_ok(tmp_path / "link", ledger) == set()
    monkeypatch.chdir(tmp_path / "link")
    assert not_ok(Path(), ledger) == set()
