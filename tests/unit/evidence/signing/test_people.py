"""Who may sign as what: three people in their order, on a record that nobody changed."""

import base64
import json
import re
import subprocess
from dataclasses import replace

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

from syncproof.errors import ConfigurationError, EvidenceError, SystemUnavailable
from syncproof.evidence import seal
from syncproof.evidence.core_verifier import Finding, Verifier
from syncproof.evidence.files import file_sha256
from syncproof.evidence.pack import Evidence
from syncproof.evidence.signing import documents, keys, people, stamps, statements
from syncproof.evidence.signing.people import MEANINGS, Signing
from syncproof.evidence.signing.seen import signatures
from tests.acceptance.attacks.folder import PASSPHRASE, run

AT = "2027-03-10T06:00:00Z"
PEOPLE = {"jane": "Jane Roe", "rob": "Rob Doe", "ann": "Ann Poe", "lab": "Lab"}


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    return run(Evidence(tmp_path / "evidence"), tmp_path, 1, "KGM").path


@pytest.fixture
def sign(pack, tmp_path):
    def sign(who: str, capacity: str, kind: str = "person", passphrase: str = PASSPHRASE, authority=None):
        path = tmp_path / f"{who}.pem"
        name = PEOPLE.get(who, who)
        key = keys.read(path) if path.exists() else keys.create(path, name, "QA", PASSPHRASE, kind)
        return Signing(pack, key, capacity, authority).sign(passphrase)

    return sign


def test_author_reviewer_and_approver_sign_in_this_order(pack, sign, tmp_path, monkeypatch):
    """Each with name, role, meaning and time, bound to the seal, to the ledger, to what was shown and to the signatures
    before."""
    monkeypatch.setattr(people, "now_text", lambda: AT)
    for name in ("traceability.xlsx", "protocol.pdf"):
        (pack / name).write_text(name)
    sign("jane", "author")
    sign("rob", "reviewer")
    ledger = Evidence(pack.parent).ledger.head()
    path = sign("ann", "approver")
    assert path == pack / "signatures" / "03-approver.dsse.json"
    found = signatures(pack)
    assert [(one.name, one.capacity, one.meaning) for one in found] == [
        ("Jane Roe", "author", MEANINGS["author"]),
        ("Rob Doe", "reviewer", MEANINGS["reviewer"]),
        ("Ann Poe", "approver", MEANINGS["approver"]),
    ]
    assert {one.state for one in found} == {"signed"}
    _, last = statements.read(path)
    assert statements.sealed_by(last) == seal.of(pack)
    assert last["predicate"] == {
        "name": "Ann Poe",
        "role": "QA",
        "as": "approver",
        "meaning": MEANINGS["approver"],
        "signed_at": AT,
        "keyid": keys.read(tmp_path / "ann.pem").keyid,
        "ledger": {"line": ledger.lines, "hash": ledger.hash},
        "after": [one.sha256 for one in found[:2]],
        "counts": {"written": 2, "unselected": 0, "collected": 2, "executed": 2, "verdicts": {"passed": 2}},
        "views": {name: file_sha256(pack / name) for name in ("index.html", "traceability.xlsx", "protocol.pdf")},
    }


def test_a_signature_is_an_act_in_the_ledger(pack, sign, monkeypatch):
    """With who gave it, on which account, and the hash of its file."""
    monkeypatch.setenv("LOGNAME", "jroe")
    path = sign("jane", "author")
    *_, act = Evidence(pack.parent).lines()
    assert act == {
        "at": act["at"],
        "prev": act["prev"],
        "type": "signed",
        "run": 1,
        "pack": pack.name,
        "who": {"kind": "person", "name": "Jane Roe", "role": "QA", "account": "jroe"},
        "as": "author",
        "reason": MEANINGS["author"],
        "file": "signatures/01-author.dsse.json",
        "sha256": file_sha256(path),
    }


def test_summary_and_signature_are_stamped_and_the_summary_is_signed_if_there_is_one(pack, sign, monkeypatch):
    """With the number of the signature and the same facts; the stamps by the authority that the signer names."""
    asked = []
    monkeypatch.setattr(documents, "sign_report", lambda *given: asked.append(given))
    monkeypatch.setattr(stamps, "stamp", lambda *given: asked.append(given))
    sign("jane", "author")
    assert asked == [], "there is no summary"
    (pack / "summary.pdf").write_bytes(b"%PDF")
    path = sign("rob", "reviewer", authority="http://tsa")
    [stamped, (folder, number, facts, key, private, authority)] = asked
    assert stamped == (path, "http://tsa")
    assert (folder, number, key.name, authority) == (pack, 2, "Rob Doe", "http://tsa")
    assert facts == statements.read(path)[1]["predicate"]
    assert "summary.pdf" in facts["views"]
    assert private.public_key() == key.certificate.public_key()


SIGNED = "has signed this pack already: author, reviewer and approver are three people"


@pytest.mark.parametrize(
    ("before", "then", "message"),
    [
        ([], ("rob", "reviewer"), "nobody has signed as author yet: that comes before reviewer"),
        ([("jane", "author")], ("ann", "approver"), "nobody has signed as reviewer yet: that comes before approver"),
        ([("jane", "author")], ("jane", "reviewer"), f"Jane Roe {SIGNED}"),
        ([("jane", "author")], ("JANE ROE", "reviewer"), f"JANE ROE {SIGNED}"),
        ([("jane", "author")], ("\uff2aane Roe", "reviewer"), f"\uff2aane Roe {SIGNED}"),
        ([("jane", "author")], ("rob", "author"), "this pack has been signed as author already"),
        (
            [("jane", "author")],
            ("lab", "reviewer"),
            "Lab performed this run: somebody else reviews and approves it",
        ),
    ],
)
def test_whoever_may_not_sign_is_refused(pack, sign, before, then, message):
    """It is said why, and nothing is written then. However a name is written, it is that person."""
    for one in before:
        sign(*one)
    known = len(Evidence(pack.parent).lines())
    with pytest.raises(ConfigurationError, match=f"^{message}$"):
        sign(*then)
    assert len(signatures(pack)) == len(before)
    assert len(Evidence(pack.parent).lines()) == known


def test_whoever_signed_under_another_name_is_known_by_the_key(pack, sign, tmp_path):
    """One key is one person."""
    sign("jane", "author")
    key = replace(keys.read(tmp_path / "jane.pem"), name="Somebody Else")
    with pytest.raises(ConfigurationError, match=f"^Somebody Else {SIGNED}$"):
        Signing(pack, key, "reviewer").sign(PASSPHRASE)


def test_who_performed_the_run_may_sign_as_its_author(pack, sign):
    """That is what the author says of it."""
    sign("lab", "author")
    assert [one.name for one in signatures(pack)] == ["Lab"]


def test_a_wrong_passphrase_signs_nothing(pack, sign):
    """It is asked for at that moment."""
    with pytest.raises(ConfigurationError, match="passphrase is wrong"):
        sign("jane", "author", passphrase="guessed passphrase")
    assert signatures(pack) == ()


def test_ci_signs_as_ci_and_never_as_a_person(pack, sign, tmp_path, monkeypatch):
    """And a person's key does not sign for CI."""
    robot, jane = re.escape(str(tmp_path / "robot.pem")), re.escape(str(tmp_path / "jane.pem"))
    with pytest.raises(ConfigurationError, match=f"^{robot} is a CI key: a person signs with a key of their own$"):
        sign("robot", "author", kind="ci")
    text = f"^{jane} is the key of Jane Roe, a person: CI signs with one of its own$"
    with pytest.raises(ConfigurationError, match=text):
        sign("jane", "ci")
    monkeypatch.setenv("CI", "true")
    text = "^CI cannot sign as a person: sign with --as ci, or on the person's own machine$"
    with pytest.raises(ConfigurationError, match=text):
        sign("jane", "author")
    path = sign("robot", "ci")
    assert path == pack / "attestation.dsse.json"
    envelope, statement = statements.read(path)
    assert list(envelope.signatures) == [keys.read(tmp_path / "robot.pem").keyid]
    assert statement["predicate"]["result"] == "PASSED"
    assert statement["predicate"]["passedTests"] == ["one", "two"]
    assert signatures(pack) == ()


def test_ci_does_not_sign_an_attestation_of_another_record(pack, sign):
    """Whatever lies there."""
    path = pack / "attestation.dsse.json"
    _, statement = statements.read(path)
    data = statements.write(path, statements.unsigned(statements.signature("0" * 64, statement["predicate"])))
    text = f"^{re.escape(str(path))} speaks of another record than this one: it is not signed$"
    with pytest.raises(EvidenceError, match=text):
        sign("robot", "ci", kind="ci")
    assert path.read_bytes() == data


def test_a_record_that_was_changed_is_not_signed(pack, sign):
    """Nor one that is not sealed, nor one of which the ledger knows another seal, or only from another pack."""
    path, known = pack / seal.SEAL, seal.of(pack)
    path.write_bytes(path.read_bytes().replace(b"controller", b"CONTROLLER"))
    Evidence(pack.parent).note({"type": "run_finished", "run": 2, "pack": "another", "seal": seal.of(pack)})
    Evidence(pack.parent).note({"type": "run_finished", "run": 1, "pack": pack.name})
    place, see = re.escape(str(pack)), re.escape(f"See 'syncproof evidence verify {pack}'.")
    text = f"the ledger beside {place} does not know its seal: a record that was changed is not signed"
    with pytest.raises(EvidenceError, match=f"^{text}. {see}$"):
        sign("jane", "author")
    assert known != seal.of(pack)
    path.unlink()
    text = f"^{place} has no seal: its run has not ended, and what goes on is not signed$"
    with pytest.raises(EvidenceError, match=text):
        sign("jane", "author")


def test_a_record_that_changed_after_signing_shows_it(pack, sign):
    """It counts as unsigned."""
    sign("jane", "author")
    path = pack / seal.SEAL
    path.write_bytes(path.read_bytes().replace(b"controller", b"CONTROLLER"))
    assert [one.state for one in signatures(pack)] == ["changed after signing"]


def test_others_can_check_the_envelope(pack, sign, tmp_path):
    """securesystemslib by itself, and OpenSSL on the bytes that DSSE defines."""
    path = sign("jane", "author")
    key = keys.read(tmp_path / "jane.pem")
    envelope = Envelope.from_dict(json.loads(path.read_bytes()))
    public = SSlibKey.from_crypto(key.certificate.public_key(), keyid=key.keyid)
    assert set(envelope.verify([public], 1)) == {key.keyid}
    raw = json.loads(path.read_bytes())
    payload, kind = base64.b64decode(raw["payload"]), raw["payloadType"]
    (tmp_path / "pae").write_bytes(b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload))
    (tmp_path / "sig").write_bytes(base64.b64decode(raw["signatures"][0]["sig"]))
    (tmp_path / "public").write_text(key.public)
    command = ["openssl", "dgst", "-sha256", "-verify", "public", "-signature", "sig", "pae"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout == b"Verified OK\n"


def test_an_envelope_without_a_signature_is_no_signature(pack, sign):
    """It is shown as not signed, and nobody's turn comes because of it."""
    claim = {
        "name": "Jane Roe",
        "role": "QA",
        "as": "author",
        "meaning": "m",
        "signed_at": "2027-01-01T00:00:00Z",
        "keyid": "0",
    }
    forged = statements.unsigned(statements.signature(seal.of(pack), claim))
    statements.write(pack / "signatures" / "01-author.dsse.json", forged)
    assert [one.state for one in signatures(pack)] == ["not signed"]
    with pytest.raises(ConfigurationError, match="nobody has signed as author yet"):
        sign("rob", "reviewer")


@pytest.mark.parametrize("file", ["record/journal-main.ndjson", "inputs/landscape.toml", "exchanges"])
def test_a_record_that_does_not_verify_is_not_signed(pack, sign, file):
    """Its seal is untouched; what the seal speaks of is not."""
    path = pack / file
    path = min(path.iterdir()) if path.is_dir() else path
    path.write_bytes(path.read_bytes() + b"\n")
    found = [one for one in Verifier(pack, None, None, {}).verify() if one.status == "failed"]
    found = [one for one in found if one.check not in {"manifest", "signature"}]
    text = f"{pack} does not verify and is not signed ({len(found)} findings, the first: {found[0].place}: "
    with pytest.raises(EvidenceError) as told:
        sign("jane", "author")
    assert str(told.value) == f"{text}{found[0].message}). See 'syncproof evidence verify {pack}'."
    assert not (pack / "signatures").exists()


def test_a_record_that_speaks_of_no_place_is_not_signed_either(pack, sign, monkeypatch):
    """The finding is told without one."""
    broken = [Finding("journals", "failed", "", "has no form", "hash chain")]
    monkeypatch.setattr(Verifier, "verify", lambda _: broken)
    with pytest.raises(EvidenceError, match=r"is not signed \(1 findings, the first: has no form\)\. See"):
        sign("jane", "author")


def test_views_and_signatures_of_others_do_not_keep_a_person_from_signing(pack, sign):
    """Views can be made again, and somebody else's signature is theirs."""
    (pack / "index.html").write_text("edited")
    (pack / "signatures").mkdir()
    (pack / "signatures" / "x.txt").write_text("no signature")
    failed = {one.check for one in Verifier(pack, None, None, {}).verify() if one.status == "failed"}
    assert failed == {"manifest", "signature"}
    sign("jane", "author")


@pytest.mark.parametrize("error", [SystemUnavailable("no answer"), KeyboardInterrupt()])
def test_a_signature_that_could_not_be_finished_leaves_nothing(pack, sign, monkeypatch, error):
    """No time stamp for the copy, no signature; the signer can try again."""

    def fails(*_):
        (pack / "signatures" / "01-author.pdf").write_bytes(b"%PDF")
        raise error

    (pack / "summary.pdf").write_bytes(b"%PDF")
    lines = len(Evidence(pack.parent).lines())
    with monkeypatch.context() as patch:
        patch.setattr(stamps, "stamp", lambda path, _: path.with_name(f"{path.name}.tsr").write_bytes(b"token"))
        patch.setattr(documents, "sign_report", fails)
        with pytest.raises(type(error)):
            sign("jane", "author", authority="http://tsa")
    assert list((pack / "signatures").iterdir()) == []
    assert len(Evidence(pack.parent).lines()) == lines
    (pack / "summary.pdf").unlink()
    sign("jane", "author")
    assert [one.state for one in signatures(pack)] == ["signed"]


@pytest.mark.parametrize(
    ("there", "made"),
    [
        (["01-author.dsse.json"], "02-author.dsse.json"),
        (["02-a.pdf", "10-b.txt", "3-c-d"], "11-author.dsse.json"),
        (["x-author.dsse.json", "07"], "01-author.dsse.json"),
    ],
)
def test_what_lies_among_the_signatures_is_not_overwritten(pack, sign, there, made):
    """A damaged envelope is evidence, too: the number is one more than that of anything there."""
    for name in there:
        path = pack / "signatures" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"damaged")
    assert sign("jane", "author").name == made
    assert {path.read_bytes() for path in (pack / "signatures").iterdir() if path.name != made} == {b"damaged"}
