"""Who may sign as what: three people in their order, on a record that nobody changed."""

import base64
import json
import subprocess

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

from syncproof.errors import ConfigurationError, EvidenceError, SystemUnavailable
from syncproof.evidence import seal
from syncproof.evidence.pack import Evidence
from syncproof.evidence.signing import keys, statements
from syncproof.evidence.signing.people import MEANINGS, Signing
from syncproof.evidence.signing.seen import signatures
from tests.acceptance.attacks.folder import PASSPHRASE, run

PEOPLE = {"jane": "Jane Roe", "rob": "Rob Doe", "ann": "Ann Poe", "lab": "Lab"}


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    return run(Evidence(tmp_path / "evidence"), tmp_path, 1, "KGM").path


@pytest.fixture
def sign(pack, tmp_path):
    def sign(who: str, capacity: str, kind: str = "person", passphrase: str = PASSPHRASE):
        path = tmp_path / f"{who}.pem"
        name = PEOPLE.get(who, who)
        key = keys.read(path) if path.exists() else keys.create(path, name, "QA", PASSPHRASE, kind)
        return Signing(pack, key, capacity).sign(passphrase)

    return sign


def test_author_reviewer_and_approver_sign_in_this_order(pack, sign):
    """Each with name, role, meaning and time, bound to the seal and to the signatures before."""
    for who, capacity in (("jane", "author"), ("rob", "reviewer"), ("ann", "approver")):
        sign(who, capacity)
    found = signatures(pack)
    assert [(one.name, one.capacity, one.meaning) for one in found] == [
        ("Jane Roe", "author", MEANINGS["author"]),
        ("Rob Doe", "reviewer", MEANINGS["reviewer"]),
        ("Ann Poe", "approver", MEANINGS["approver"]),
    ]
    assert {one.state for one in found} == {"signed"}
    _, last = statements.read(pack / found[2].file)
    assert statements.sealed_by(last) == seal.of(pack)
    assert last["predicate"]["after"] == [one.sha256 for one in found[:2]]


def test_a_signature_is_an_act_in_the_ledger(pack, sign):
    """With the hash of its file."""
    sign("jane", "author")
    act = Evidence(pack.parent).lines()[-1]
    assert (act["type"], act["as"], act["who"]["name"], act["run"]) == ("signed", "author", "Jane Roe", 1)
    assert act["sha256"] == signatures(pack)[0].sha256


@pytest.mark.parametrize(
    ("before", "then", "message"),
    [
        ([], ("rob", "reviewer"), "nobody has signed as author yet"),
        ([("jane", "author")], ("ann", "approver"), "nobody has signed as reviewer yet"),
        ([("jane", "author")], ("jane", "reviewer"), "has signed this pack already"),
        ([("jane", "author")], ("rob", "author"), "signed as author already"),
        ([("jane", "author")], ("lab", "reviewer"), "performed this run"),
    ],
)
def test_whoever_may_not_sign_is_refused(pack, sign, before, then, message):
    """Nothing is written then."""
    for one in before:
        sign(*one)
    known = len(Evidence(pack.parent).lines())
    with pytest.raises(ConfigurationError, match=message):
        sign(*then)
    assert len(signatures(pack)) == len(before)
    assert len(Evidence(pack.parent).lines()) == known


def test_a_wrong_passphrase_signs_nothing(pack, sign):
    """It is asked for at that moment."""
    with pytest.raises(ConfigurationError, match="passphrase is wrong"):
        sign("jane", "author", passphrase="guessed passphrase")
    assert signatures(pack) == ()


def test_ci_signs_as_ci_and_never_as_a_person(pack, sign, monkeypatch):
    """And a person's key does not sign for CI."""
    with pytest.raises(ConfigurationError, match="is a CI key"):
        sign("robot", "author", kind="ci")
    with pytest.raises(ConfigurationError, match="a person: CI signs with one of its own"):
        sign("jane", "ci")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ConfigurationError, match="CI cannot sign as a person"):
        sign("jane", "author")
    path = sign("robot", "ci")
    envelope, statement = statements.read(path)
    assert len(envelope.signatures) == 1
    assert statement["predicate"]["result"] == "PASSED"
    assert statement["predicate"]["passedTests"] == ["one", "two"]
    assert signatures(pack) == ()


def test_a_record_that_was_changed_is_not_signed(pack, sign):
    """Nor one that is not sealed."""
    path = pack / seal.SEAL
    path.write_bytes(path.read_bytes().replace(b"controller", b"CONTROLLER"))
    with pytest.raises(EvidenceError, match="the ledger beside .* does not know its seal"):
        sign("jane", "author")
    path.unlink()
    with pytest.raises(EvidenceError, match="has no seal"):
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
    with pytest.raises(EvidenceError, match="does not verify and is not signed"):
        sign("jane", "author")
    assert not (pack / "signatures").exists()


def test_a_signature_that_could_not_be_finished_leaves_nothing(pack, tmp_path):
    """No time stamp, no signature; the signer can try again."""
    key = keys.create(tmp_path / "jane.pem", "Jane Roe", "QA", PASSPHRASE)
    lines = len(Evidence(pack.parent).lines())
    with pytest.raises(SystemUnavailable):
        Signing(pack, key, "author", "http://127.0.0.1:9/").sign(PASSPHRASE)
    assert list((pack / "signatures").iterdir()) == []
    assert len(Evidence(pack.parent).lines()) == lines
    Signing(pack, key, "author").sign(PASSPHRASE)
    assert [one.state for one in signatures(pack)] == ["signed"]


def test_a_damaged_envelope_is_not_overwritten(pack, sign):
    """It is evidence too."""
    damaged = pack / "signatures" / "01-author.dsse.json"
    damaged.parent.mkdir()
    damaged.write_bytes(b"damaged")
    assert sign("jane", "author").name == "02-author.dsse.json"
    assert damaged.read_bytes() == b"damaged"
