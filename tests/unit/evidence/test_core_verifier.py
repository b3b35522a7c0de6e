"""The core verifier tells its states apart and opens nothing outside the pack."""

import base64
import json
import os
import shutil
import tomllib
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from syncproof.evidence import core_verifier, deviations, manifest, seal
from syncproof.evidence.canonical import sha256
from syncproof.evidence.core_verifier import Verifier, derive, exit_code, read_trust, unsafe
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import read_pack
from syncproof.evidence.signing import keys, statements
from syncproof.evidence.signing.statements import attest
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.folder import CHECK, PASSPHRASE, REQUIREMENT, STEPS, build, scenario, step


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("core")
    build(made)
    return made


def statuses(folder, trust):
    pack = max((folder / "evidence").glob("0*"))
    found = Verifier(pack, None, None, trust).verify()
    return [one.status for one in found if one.check == "signature"], exit_code(found)


def trusted(folder, **change):
    trust = tomllib.loads((folder / "trust.toml").read_text())
    trust["key"][1] |= change
    return trust


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({}, "ok", 0),
        ({"keyid": "0" * 64}, "could not check", 3),
        ({"name": "Somebody Else"}, "failed", 4),
        ({"kind": "ci"}, "failed", 4),
        ({"revoked_at": "2020-01-01T00:00:00Z"}, "failed", 4),
        ({"revoked_at": "2999-01-01T00:00:00Z"}, "could not check", 3),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "failed", 4),
        ({"valid_from": "2999-01-01T00:00:00Z"}, "failed", 4),
        ({"public": "no key"}, "failed", 4),
    ],
)
def test_whose_key_is_trusted_the_auditor_says(folder, change, status, code):
    """Unknown, revoked, out of date and another's key are told apart."""
    found, ended = statuses(folder, trusted(folder, **change))
    assert (found[1], ended) == (status, code)


def test_a_key_of_another_person_does_not_hold(folder, tmp_path):
    """Whatever id it is given."""
    other = keys.create(tmp_path / "other.pem", "Rob Doe", "QA", PASSPHRASE)
    assert statuses(folder, trusted(folder, public=other.public)) == (["ok", "failed"], 4)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a\\b",
        "C:x",
        "a\nb",
        "\x1b[2J",
        "\u202egpj.exe",
        "x" * 1025,
    ],
)
def test_a_name_that_leads_elsewhere_is_not_opened(tmp_path, name):
    """Nor one that would write on the terminal."""
    assert unsafe(name, tmp_path) is not None


def test_a_name_behind_a_link_is_not_opened(tmp_path):
    """The link may be a folder above it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert unsafe("link/file", tmp_path) is not None
    assert unsafe("real/file", tmp_path) is None


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


P, F, E, N = "passed", "failed", "error", "not supported"
ERROR, MISSING = {"error": "500"}, {"not supported": "x"}


@pytest.mark.parametrize(
    ("kind", "expected", "actual", "possible"),
    [
        ("equal", {"a": 1, "b": None}, {"b": None, "a": 1}, {P}),
        ("equal", True, 1, {F}),
        ("equal", "1", 1, {F}),
        ("equal", "A", ERROR, {E, F}),
        ("equal", "A", MISSING, {N, F}),
        ("equal", ERROR, ERROR, {E, P}),
        ("agreed", "A", {"erp": "A", "mes": "A"}, {P}),
        ("agreed", "A", {"erp": "A", "mes": "B"}, {F}),
        ("agreed", "A", {}, set()),
        ("agreed", "A", {"erp": "A", "mes": ERROR}, {E, F}),
        ("agreed", "A", {"erp": "B", "mes": ERROR}, {E, F}),
        ("agreed", "A", {"erp": "A", "mes": MISSING}, {N, F}),
        ("agreed", "A", {"erp": "B", "mes": MISSING}, {F}),
        ("agreed", "A", {"erp": MISSING, "mes": MISSING}, {N, F}),
        ("absent", {"absent": "x"}, ["y"], {P}),
        ("absent", {"absent": "x"}, ["x"], {F}),
        ("absent", {"absent": "x"}, ERROR, {E}),
        ("present", {"present": "x"}, ["y", "x"], {P}),
        ("present", {"present": "x"}, [], {F}),
        ("present", {"present": "x"}, MISSING, {N}),
        ("in_order", ["a", "b"], ["a", "x", "b"], {P}),
        ("in_order", ["a", "b"], ["b", "a"], {F}),
        ("accepted", {"status": "accepted"}, {"status": "accepted", "reasons": []}, {P}),
        ("accepted", {"status": "accepted"}, MISSING, {N}),
        ("accepted", {"status": "accepted"}, {"answers": [{"status": "accepted", "reasons": []}, {"status": "refused", "reasons": []}]}, {F}),
        ("refused", {"status": "refused", "code": "a or b"}, {"status": "refused", "reasons": ["b: no"]}, {P}),
        ("refused", {"status": "refused", "code": "a"}, {"status": "refused", "reasons": ["b: no"]}, {F}),
        ("refused", {"status": "refused", "code": "any stated reason"}, {"status": "refused", "reasons": []}, {F}),
        ("refused", {"status": "refused or staged", "code": "a"}, {"status": "staged", "reasons": ["a: x"]}, {P}),
        ("refused", {"status": "refused", "code": "a", "unchanged": 1}, {"status": "refused", "reasons": ["a: x"], "unchanged": 2}, {F}),
        ("equalish", 1, 1, set()),
    ],
)  # fmt: skip
def test_verdicts_are_derived_anew_from_what_is_on_record(kind, expected, actual, possible):
    """For every kind of check; a value that only looks like an error may be one that was observed."""
    assert derive({"kind": kind, "expected": expected, "actual": actual}) == possible


@pytest.mark.parametrize(
    ("expected", "actual", "tolerance", "possible"),
    [
        ("12.5", "12.5", "0.1", {P}),
        ("12.5", "12.6", "0.1", {P, F}),
        ("12.5", "12.61", "0.1", {F}),
        ("1/3", "0.33", "1/100", {P, F}),
        ("5 s", "7 s", "2 s", {P, F}),
        ("2026-01-01T00:00:00Z", "2026-01-01T01:00:01+01:00", "1", {P, F}),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:02Z", "1", {F}),
        ({"a": [1, "x"]}, {"a": [2, "x"]}, "1", {P, F}),
        ({"a": [1, "x"]}, {"a": [2, "y"]}, "1", {F}),
        ({"a": 1}, {"b": 1}, "1", {F}),
        ([1], [1, 1], "1", {F}),
        (True, 1, "1", {F}),
        ("KGM", "GRM", "5", {F}),
        ("1", "2", "much", {F}),
        ("9" * 300, "1", "5", {F}),
    ],
)
def test_what_lies_within_a_tolerance_may_have_passed(expected, actual, tolerance, possible):
    """And what lies beyond it has not, whatever is said."""
    assert derive({"kind": "equal", "expected": expected, "actual": actual, "tolerance": tolerance}) == possible


@given(st.recursive(st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.integers(-9, 9), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))  # fmt: skip
def test_canonical_is_as_rfc_8785_has_it(value):
    """Floats and keys beyond what Python's own JSON writes so."""
    assert core_verifier.canonical(value).encode("utf-8", "surrogatepass") == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "line",
    [b'{"a":1,"a":1}', b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1}x', b"[1]", b'{"a":NaN}', b'{"a":"\\ud800"}'],
)  # fmt: skip
def test_only_canonical_json_is_read(line):
    """Whatever two readers could read in two ways."""
    with pytest.raises(core_verifier.MALFORMED):
        core_verifier.parsed(line)


# --- the auditor's side -----------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["", "1", "0:" + "0" * 64, "x:" + "0" * 64, "1:" + "0" * 63, "1:" + "A" * 64])
def test_a_head_that_is_none_is_refused(tmp_path, head):
    """It would have been kept outside in vain."""
    with pytest.raises(ValueError, match="LINES:HASH"):
        Verifier(tmp_path, None, head, {})


def test_a_head_from_before_the_end_of_the_run_says_nothing_of_it(folder):
    """The record could still be written anew."""
    pack = max((folder / "evidence").glob("0*"))
    raw = (folder / "evidence" / "ledger.ndjson").read_bytes().splitlines()
    found = Verifier(pack, None, f"5:{sha256(raw[4])}", {}).verify()
    assert [one.status for one in found if one.check == "ledger head"] == ["could not check"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('revoked = "2020-01-01"', "revoked unknown"),
        ("revoked_at = 2020-01-01T00:00:00", "without a zone"),
        ('kind = "robot"', "valid are person and ci"),
        ("[[keys]]", "has no place"),
        ("[[tsa]]", "certificate missing"),
        ("[key.more]", "more unknown"),
    ],
)
def test_a_mistake_in_the_trust_file_is_told(folder, change, said):
    """A revocation that is not read would let the key count."""
    text = (folder / "trust.toml").read_text().replace('kind = "person"\n', "")
    with pytest.raises(ValueError, match=said):
        read_trust(f"{text}\n{change}\n")
    assert len(read_trust(text)["key"]) == 2


# --- what is said -----------------------------------------------------------------------------------


def said(pack, check, head=None, trust=None):
    """What is said of one kind: status, place, message."""
    found = Verifier(pack, None, head, trust or {}).verify()
    return [(one.status, one.place, one.message) for one in found if one.check == check]


def test_every_check_of_a_pack_that_verifies_is_told_with_its_anchor(folder):
    """Nine findings, word for word: what an auditor copies into a report."""
    pack = max((folder / "evidence").glob("0*"))
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


def unlink(name):
    return lambda a: (a.pack / name).unlink()


def put(name, data=b"x"):
    return lambda a: (a.pack / name).write_bytes(data)


def journal_of(a):
    return a.edit(a.journal, lambda lines: [x | {"at": "2020"} if x["seq"] == 3 else x for x in lines])


def reworked(change, type_="check"):
    """Events of a type are changed, and all is chained and sealed anew."""

    def edit(a):
        a.edit(a.journal, lambda lines: [x | change if x["type"] == type_ else x for x in lines])
        a.reseal()

    return edit


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


def test_without_ledger_head_or_signature_it_is_told_what_nobody_vouches_for(copied):
    """An auditor reads what was not shown."""
    (copied.parent / "ledger.ndjson").unlink()
    shutil.rmtree(copied / "signatures")
    text = "is not here: whether runs were left out cannot be said"
    assert said(copied, "ledger") == [("could not check", str(copied.parent / "ledger.ndjson"), text)]
    assert said(copied, "signature") == [("unsigned", "", "nobody has signed this pack")]


def test_a_ledger_that_was_not_kept_outside_or_was_written_anew_is_told(copied):
    """With the line that was kept, or that there is none."""
    none = "no head kept outside was given (--head LINES:HASH): whoever holds the whole folder could have rewritten it"
    assert said(copied, "ledger head") == [("unsigned", "", none)]
    text = "is not what was kept outside: the ledger was rewritten or cut"
    for number in (8, 9):
        assert said(copied, "ledger head", f"{number}:{'a' * 64}") == [("failed", f"ledger line {number}", text)]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("JANE  roe", "that person has signed, or somebody as that, already: these are different people"),
        ("\uff2aane\u00a0Roe", "that person has signed, or somebody as that, already: these are different people"),
        ("\uff2cAB ", "performed the run: somebody else reviews and approves it"),
    ],
)
def test_a_name_that_is_written_otherwise_is_the_same_person(folder, copied, name, why):
    """Case, blanks and Unicode forms do not make two people, whatever key they sign with."""
    path, private = copied / "signatures" / "02-reviewer.dsse.json", ec.generate_private_key(ec.SECP256R1())
    _, statement = statements.read(path)
    statement["predicate"]["name"] = name
    envelope = statements.unsigned(statement)
    statements.sign(envelope, private, "k2")
    statements.write(path, envelope)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    trust = trusted(folder, keyid="k2", name=name, public=public)
    [message] = [text for status, place, text in said(copied, "signature", trust=trust) if status == "failed"]
    assert message.endswith(f", but {why}")


# --- what is hostile --------------------------------------------------------------------------------


@pytest.fixture
def copied(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copied")
    return max((tmp_path / "copied" / "evidence").glob("0*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
@pytest.mark.parametrize(
    ("name", "check"),
    [("record/journal-main.ndjson", "journals"), ("manifest.json", "manifest"), ("x.pipe", "manifest")],
)
def test_nobody_waits_for_a_pipe(copied, name, check):
    """It would never end."""
    (copied / name).unlink(missing_ok=True)
    os.mkfifo(copied / name)
    assert check in not_ok(copied)
    with pytest.raises(OSError, match="no plain file"):
        core_verifier.content(copied / name)


def test_a_link_is_not_opened(tmp_path):
    """Even if it came after it had been looked at."""
    (tmp_path / "real").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OSError, match="link"):
        core_verifier.content(tmp_path / "link")


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


# --- what is honest ---------------------------------------------------------------------------------


def not_ok(pack, ledger=None):
    found = Verifier(pack, ledger, None, {}).verify()
    return {one.check for one in found if one.status in {"failed", "could not check"}} - {"signature"}


def started(folder, number=1, *, scenarios=("one",)):
    """A run under way, with its plan."""
    pack = Evidence(folder / "evidence").open_run({})
    journal = Journal(pack.path, "main")
    journal.append("run_started", {"run": number})
    planned = [{"id": id_, "requirements": [REQUIREMENT], "selected": True} for id_ in scenarios]
    journal.append("plan", {"scenarios": planned})
    return pack, journal


def finished(pack, journal, verdicts, faults=()):
    for event in deviations.opened(read_pack(pack.path), pack.number):
        journal.append("deviation", event)
    counts = {"written": 1, "verdicts": verdicts}
    journal.append("run_finished", {"counts": counts, "exit": 1, "faults": list(faults)})
    journal.close()
    pack.finish({"counts": counts})
    attest(read_pack(pack.path))
    return pack.path


def test_a_killed_run_verifies(tmp_path):
    """With a line that was torn, a step without an end, and a body that nothing names yet."""
    pack, journal = started(tmp_path)
    journal.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    journal.keep_body(b"the answer that was being recorded")
    journal.close()
    with (pack.path / "record" / "journal-main.ndjson").open("ab") as stream:
        stream.write(b'{"at":"2026')
    pack._alive.give_back()
    Evidence(tmp_path / "evidence").mark_killed()
    assert not_ok(pack.path) == set()


def test_a_run_that_was_killed_after_its_seal_waits_for_its_end(tmp_path):
    """Which the next one writes."""
    pack, journal = started(tmp_path)
    scenario(journal, "one", "KGM")
    journal.append("run_finished", {"counts": {"verdicts": {"passed": 1}}, "exit": 0, "faults": []})
    journal.close()
    evidence = Evidence(tmp_path / "evidence")
    seal.make(pack.path, 1, evidence.ledger.place(1), by=seal.CONTROLLER, ended="finished")
    manifest.make(pack.path)
    assert not_ok(pack.path) == {"ledger"}
    pack._alive.give_back()
    evidence.mark_killed()
    assert not_ok(pack.path) == set()


def test_a_run_whose_worker_crashed_verifies(tmp_path):
    """What it was about to do has no end; what it did last may not have been counted. The run says so."""
    pack, journal = started(tmp_path, scenarios=("one", "two", "three"))
    scenario(journal, "one", "KGM")
    worker = Journal(pack.path, "gw0")
    scenario(worker, "three", "KGM")
    worker.append("scenario_started", {"scenario": "two", "requirements": [REQUIREMENT], "steps": STEPS})
    worker.close()
    assert not_ok(finished(pack, journal, {"passed": 1}, ["3 scenarios were collected, but 1 executed"])) == set()


def test_what_failed_before_its_worker_crashed_needs_a_deviation(tmp_path):
    """Breaking off settles nothing."""
    pack, journal = started(tmp_path)
    worker = Journal(pack.path, "gw0")
    worker.append("exchange", {"id": "gw0-x1", "scenario": "one", "step": 2, "request": None, "response": None})
    worker.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    failed = {"scenario": "one", "actual": "GRM", "verdict": "failed", "exchanges": ["gw0-x1"]}
    worker.append("check", {**CHECK, **failed})
    worker.close()
    assert not_ok(finished(pack, journal, {}, ["1 scenarios were collected, but 0 executed"])) == set()
    attacker = Attacker(pack.path)
    attacker.edit(attacker.journal, lambda lines: [x for x in lines if x["type"] != "deviation"])
    attacker.reseal()
    assert "verdicts" in not_ok(pack.path)


def test_a_scenario_that_was_run_twice_verifies(tmp_path):
    """The last verdict counts; of those that failed, the last opens the deviation, whatever it failed in."""
    pack, journal = started(tmp_path)
    scenario(journal, "one", "GRM")
    journal.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    step(journal, "one", 1, "failed")
    journal.append("scenario_finished", {"scenario": "one", "verdict": "failed", "reason": "no product"})
    scenario(journal, "one", "KGM")
    assert not_ok(finished(pack, journal, {"passed": 1})) == set()


def test_a_verdict_that_there_is_not_is_told():
    """By its name, and taken as failed."""
    assert list(core_verifier.contradictions("fine", ["passed"], [], set())) == [
        "has the verdict 'fine', which is none"
    ]


def test_a_check_may_cite_what_another_journal_holds(tmp_path):
    """Journals are read one after the other."""
    pack, journal = started(tmp_path)
    other = Journal(pack.path, "zz")
    nothing = {"request": None, "response": None}
    other.append("exchange", {"id": "zz-x1", "scenario": None, "step": None, **nothing})
    other.close()
    journal.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    step(journal, "one", 1, "passed")
    check = {**CHECK, "scenario": "one", "actual": "KGM", "verdict": "passed", "exchanges": ["zz-x1"]}
    journal.append("check", check)
    step(journal, "one", 2, "passed")
    journal.append("scenario_finished", {"scenario": "one", "verdict": "passed", "reason": None})
    assert not_ok(finished(pack, journal, {"passed": 1})) == set()


def test_a_pack_and_its_ledger_may_lie_apart(copied, tmp_path, monkeypatch):
    """And the pack may be given by any path to it."""
    shutil.move(copied, tmp_path / "elsewhere" / copied.name)
    ledger = copied.parent / "ledger.ndjson"
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / copied.name)
    assert not_ok(tmp_path / "link", ledger) == set()
    monkeypatch.chdir(tmp_path / "link")
    assert not_ok(Path(), ledger) == set()
