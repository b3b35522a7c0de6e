"""Who may sign when, over what; what is said of each signature, word for word."""

import base64
import json
import shutil
import sys
import tomllib
from datetime import datetime, timedelta
from itertools import count

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from syncproof.evidence.core_verifier import holds
from syncproof.evidence.signing import statements
from tests.acceptance.attacks.attacker import Attacker
from tests.unit.evidence.core_verifier.packs import said, unlink

AUTHOR, REVIEWER = "signatures/01-author.dsse.json", "signatures/02-reviewer.dsse.json"
ATTESTATION = statements.ATTESTATION


def pem(private):
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign_anew(pack, place=REVIEWER, change=None):
    """A signature with other facts; returns them and the entry of its key in a trust file."""
    path, private = pack / place, ec.generate_private_key(ec.SECP256R1())
    _, statement = statements.read(path)
    facts = statement["predicate"] = statement["predicate"] | (change or {})
    envelope = statements.unsigned(statement)
    statements.sign(envelope, private, "k2")
    statements.write(path, envelope)
    return facts, {"keyid": "k2", "name": facts.get("name", "Plant CI"), "kind": "person", "public": pem(private)}


def keys_of(pack):
    return tomllib.loads((pack.parents[1] / "trust.toml").read_text())["key"]


def told(pack, keys, place=REVIEWER):
    """Status and message of the findings about one envelope."""
    found = said(pack, "signature", trust={"key": keys})
    return [(status, message) for status, where, message in found if where == place]


def who(facts):
    return f"{facts['name']} ({facts['role']}), {facts['meaning']}, {facts['signed_at']}"


def moved(at, microseconds):
    return (datetime.fromisoformat(at) + timedelta(microseconds=microseconds)).isoformat()


REVOKED_LATER = "; the key was revoked later: only a time stamp shows that it was in time"


@pytest.mark.parametrize(
    ("field", "later", "status", "text"),
    [
        ("valid_from", 0, "ok", ""),
        ("valid_from", 1, "failed", " outside the time in which the key is valid"),
        ("valid_until", 0, "ok", ""),
        ("valid_until", -1, "failed", " outside the time in which the key is valid"),
        ("revoked_at", 0, "failed", " with a key that was revoked on {at}"),
        ("revoked_at", 1, "could not check", REVOKED_LATER),
    ],
)
def test_the_first_and_last_instant_of_a_key_count_and_that_of_its_revocation_does_not(copied, field, later, status, text):  # fmt: skip
    """To the microsecond."""
    facts, key = sign_anew(copied)
    at = moved(facts["signed_at"], later)
    assert told(copied, [key | {field: at}]) == [(status, f"signed as {who(facts)}{text.format(at=at)}")]


@pytest.mark.parametrize(
    ("earlier", "status", "text"),
    [(0, "ok", ""), (1, "failed", ": that is before the record was sealed, so the time is false")],
)
def test_nobody_signs_before_the_record_was_sealed(copied, earlier, status, text):
    """At that instant they may."""
    sealed_at = json.loads((copied / "record/seal.json").read_bytes())["sealed_at"]
    facts, key = sign_anew(copied, change={"signed_at": moved(sealed_at, -earlier)})
    assert told(copied, [key]) == [(status, f"signed as {who(facts)}{text}")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"as": "author"}, "that person has signed, or somebody as that, already: these are different people"),
        ({"name": "Jane Roe"}, "that person has signed, or somebody as that, already: these are different people"),
        ({"name": "lab"}, "performed the run: somebody else reviews and approves it"),
        ({"ledger": {"line": 5, "hash": "0" * 64}}, "before the end of the run"),
        ({"ledger": {"line": 7, "hash": "0" * 64}}, "the ledger up to line 7 is not the one that was signed: it was changed after"),
        ({"ledger": {"line": 99, "hash": "0" * 64}}, "the ledger up to line 99 is not the one that was signed: it was changed after"),
    ],
)  # fmt: skip
def test_a_signature_that_holds_does_not_count_for_everything(copied, change, why):
    """Not twice, not of whoever ran it as reviewer, not over another ledger."""
    facts, key = sign_anew(copied, change=change)
    found = told(copied, [*keys_of(copied), key])
    assert found == [("failed", f"signed as {who(facts)}, but {why}")]


def test_whoever_performed_the_run_may_be_its_author(copied):
    """And nothing more."""
    facts, key = sign_anew(copied, AUTHOR, {"name": "lab"})
    assert told(copied, [key], AUTHOR) == [("ok", f"signed as {who(facts)}")]


def test_without_a_ledger_a_signature_holds(copied):
    """That the ledger is not here is said by another finding."""
    (copied.parent / "ledger.ndjson").unlink()
    assert [status for status, *_ in said(copied, "signature", trust={"key": keys_of(copied)})] == ["ok", "ok"]


@pytest.mark.parametrize(
    ("kind", "status", "text"),
    [
        ({"kind": "ci"}, "ok", ""),
        ({"kind": "person"}, "failed", ", but the key is that of Plant CI (person)"),
        ({}, "failed", ", but the key is that of Plant CI (person)"),
        ({"kind": "ci", "revoked_at": "2020-01-01T00:00:00Z"}, "failed", " with a key that was revoked on 2020-01-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_the_attestation_is_signed_by_ci(copied, kind, status, text):
    """With a key that the auditor knows as one of CI; a key is that of a person if nothing is said."""
    _, key = sign_anew(copied, ATTESTATION)
    del key["kind"]
    assert told(copied, [key | kind], ATTESTATION) == [(status, f"signed as CI{text}")]


def test_a_key_of_another_name_or_of_ci_is_not_that_of_the_signer(copied):
    """Whoever holds it."""
    facts, key = sign_anew(copied)
    for other, whose in (({"name": "Ann"}, "Ann (person)"), ({"kind": "ci"}, "Rob Doe (ci)")):
        text = f"signed as {who(facts)}, but the key is that of {whose}"
        assert told(copied, [key | other]) == [("failed", text)]


def test_a_key_that_is_not_trusted_is_named(copied):
    """So that the auditor can ask whose it is."""
    facts, key = sign_anew(copied)
    text = f"signed as {who(facts)} with the key k2, which your trust file does not name"
    assert told(copied, [key | {"keyid": "k3"}]) == told(copied, []) == [("could not check", text)]


def test_without_cryptography_signatures_could_not_be_checked(copied, monkeypatch):
    """Everything else could."""
    facts, key = sign_anew(copied)
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    text = f"signed as {who(facts)}: the Python package cryptography is not here to check that"
    assert told(copied, [key]) == [("could not check", text)]


# --- envelopes --------------------------------------------------------------------------------------


def payload(change):
    """What the statement says is changed, whoever signed it."""

    def edit(envelope):
        statement = change(json.loads(base64.b64decode(envelope["payload"])))
        data = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return {"payload": base64.b64encode(data.encode()).decode()}

    return edit


def of_another(statement):
    return statement | {"subject": [{"name": "record/seal.json", "digest": {"sha256": "0" * 64}}]}


def of_nothing(statement):
    return statement | {"subject": []}


def typed(kind):
    return lambda statement: statement | {"predicateType": kind}


NO_ENVELOPE = "is no DSSE envelope over an in-toto statement"


@pytest.mark.parametrize(
    ("place", "edit", "text"),
    [
        (REVIEWER, lambda e: {"signatures": [one | {"sig": one["sig"][:8] + "\n" + one["sig"][8:]} for one in e["signatures"]]}, "the signature as {who} or its key in the trust file cannot be read"),
        (REVIEWER, lambda e: {"signatures": [5]}, "the signature as {who} or its key in the trust file cannot be read"),
        (REVIEWER, lambda e: {"signatures": [one | {"sig": base64.b64encode(b"x").decode()} for one in e["signatures"]]}, "the signature as {who} is not of the key it names: counts as unsigned"),
        (REVIEWER, lambda _: {"payloadType": "text/plain"}, "the signature as {who} is not of the key it names: counts as unsigned"),
        (REVIEWER, lambda _: {"signatures": []}, "claims a signature as Rob Doe and holds none: counts as unsigned"),
        (REVIEWER, lambda e: {"payload": e["payload"][:8] + "\n" + e["payload"][8:]}, NO_ENVELOPE),
        (REVIEWER, lambda _: {"payload": base64.b64encode(b"{ }").decode()}, NO_ENVELOPE),
        (REVIEWER, lambda _: {"payloadType": None, "signatures": None}, NO_ENVELOPE),
        (REVIEWER, payload(of_another), "the record was changed after signing: this counts as unsigned"),
        (REVIEWER, payload(of_nothing), "the record was changed after signing: this counts as unsigned"),
        (ATTESTATION, payload(of_another), "the record is another one than it speaks of: this counts as unsigned"),
        (REVIEWER, payload(typed(statements.TEST_RESULT)), f"holds a statement that does not belong there: {statements.TEST_RESULT}"),
        (ATTESTATION, payload(typed(statements.SIGNATURE)), f"holds a statement that does not belong there: {statements.SIGNATURE}"),
        (ATTESTATION, payload(lambda s: s | {"predicate": s["predicate"] | {"passedTests": ["one"]}}), "says that other scenarios passed or failed than the record"),
        (ATTESTATION, payload(lambda s: s | {"predicate": 5}), NO_ENVELOPE),
    ],
    ids=count(1),
)  # fmt: skip
def test_an_envelope_that_does_not_say_what_its_place_asks_for_is_told(copied, place, edit, text):
    """Changed, of another record, of another kind, or signed by nobody."""
    facts, key = sign_anew(copied)
    envelope = json.loads((copied / place).read_bytes())
    (copied / place).write_text(json.dumps(envelope | edit(envelope)))
    assert told(copied, [key], place) == [("failed", text.format(who=who(facts)))]


def test_a_signature_behind_a_link_is_not_opened(copied):
    """Wherever it leads."""
    shutil.move(copied / REVIEWER, copied.parent / "elsewhere")
    (copied / REVIEWER).symlink_to(copied.parent / "elsewhere")
    found = told(copied, keys_of(copied))
    assert ("failed", "is or lies behind a link: not opened") in found
    assert ("failed", "is no signature, and has no place among them") in found


@pytest.mark.parametrize("name", ["04-x.pdf", "04-x.dsse.json.tsr"])
def test_a_signed_copy_and_a_time_stamp_lie_among_the_signatures(copied, name):
    """They are checked elsewhere."""
    (copied / "signatures" / name).write_bytes(b"x")
    assert told(copied, [], f"signatures/{name}") == []


def test_a_signature_that_the_ledger_does_not_know_does_not_count(copied):
    """Where there is no ledger nobody can tell."""
    shutil.copy(copied / REVIEWER, copied / "signatures/03-x.dsse.json")
    text = "is not in the ledger: nobody entered it (or signing broke off: remove it, sign again)"
    assert told(copied, [], "signatures/03-x.dsse.json")[1:] == [("failed", text)]
    (copied.parent / "ledger.ndjson").unlink()
    assert len(told(copied, [], "signatures/03-x.dsse.json")) == 1


# --- acts -------------------------------------------------------------------------------------------

ACT = {"type": "gap_accepted", "at": "2026-01-01T00:00:00Z"}
AFTER = "was entered after the last signature: nobody has signed that"


@pytest.mark.parametrize(("at", "run", "expected"), [(8, 3, [("unsigned", AFTER)]), (8, 2, []), (6, 3, [])])
def test_what_was_entered_after_the_last_signature_is_told_with_its_line(copied, at, run, expected):
    """What concerns this run; what they had seen is theirs."""
    attacker = Attacker(copied)
    attacker.edit(attacker.ledger, lambda lines: [*lines[:at], ACT | {"run": run}, *lines[at:]])
    attacker.rechain(attacker.ledger)
    assert told(copied, keys_of(copied), "ledger line 9") == expected
    assert said(copied, "ledger")[0][0] == "ok"


def test_where_nobody_signed_nothing_was_entered_after_a_signature(copied):
    """Even if CI did."""
    attacker = Attacker(copied)
    attacker.unsign()
    attacker.edit(attacker.ledger, lambda lines: [*lines, ACT | {"run": 3}])
    attacker.rechain(attacker.ledger)
    _, key = sign_anew(copied, ATTESTATION)
    found = said(copied, "signature", trust={"key": [key | {"kind": "ci"}]})
    assert found == [("ok", ATTESTATION, "signed as CI")]
    unlink(ATTESTATION)(attacker)
    assert said(copied, "signature") == [("unsigned", "", "nobody has signed this pack")]


# --- keys -------------------------------------------------------------------------------------------


def test_a_signature_is_of_one_key_over_one_message():
    """ECDSA on P-256 with SHA-256, or Ed25519."""
    p256, edwards = ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()
    made = p256.sign(b"m", ec.ECDSA(hashes.SHA256()))
    assert holds(pem(p256), made, b"m")
    assert not holds(pem(p256), made, b"n")
    assert not holds(pem(p256), p256.sign(b"m", ec.ECDSA(hashes.SHA384())), b"m")
    assert holds(pem(edwards), edwards.sign(b"m"), b"m")
    assert not holds(pem(edwards), edwards.sign(b"m"), b"n")


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1(), None])
def test_no_other_kind_of_key_counts(curve):
    """Another curve, or RSA."""
    private = ec.generate_private_key(curve) if curve else rsa.generate_private_key(65537, 2048)
    signature = private.sign(b"m", ec.ECDSA(hashes.SHA256())) if curve else b"x"
    with pytest.raises(ValueError, match="^neither ECDSA on P-256 nor Ed25519$"):
        holds(pem(private), signature, b"m")
