"""What is signed: in-toto statements about the seal of a record, in DSSE envelopes.

The *attestation* (predicate ``test-result/v0.1``) says what the run came to; it follows from the record and is
written with it, and CI may sign it as CI. A *signature* of a person says who they are, what their signature
means and when they gave it.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner, SSlibKey  # type: ignore[attr-defined]

from syncproof.errors import EvidenceError
from syncproof.evidence import seal
from syncproof.evidence.canonical import canonical
from syncproof.evidence.files import write_whole
from syncproof.evidence.reader import Record
from syncproof.evidence.seal import SEAL

ATTESTATION = "attestation.dsse.json"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
SIGNATURE = "urn:syncproof:signature:1"

Statement = dict[str, Any]


def attestation(record: Record, sealed: str) -> Statement:
    """What the run came to, for the record of this seal; the same for the same record."""
    verdicts = record.verdicts()
    failed = sorted(id_ for id_, verdict in verdicts.items() if verdict in {"failed", "aborted"})
    passed = sorted(id_ for id_, verdict in verdicts.items() if verdict == "passed")
    warned = sorted(set(verdicts) - {*failed, *passed} - {i for i, v in verdicts.items() if v == "unselected"})
    return _statement(
        sealed,
        TEST_RESULT,
        {
            "result": "FAILED" if failed or not passed else "WARNED" if warned else "PASSED",
            "configuration": list(_configuration(record)),
            "passedTests": passed,
            "warnedTests": warned,
            "failedTests": failed,
        },
    )


def attest(record: Record) -> None:
    """Write the attestation of a sealed record, signed by nobody yet."""
    sealed = seal.of(record.path)
    if sealed is not None:
        write(record.path / ATTESTATION, unsigned(attestation(record, sealed)))


def signature(sealed: str, facts: dict[str, Any]) -> Statement:
    """A person's signature: name, role, meaning and so on, for the record of this seal."""
    return _statement(sealed, SIGNATURE, facts)


def unsigned(statement: Statement) -> Envelope:
    """The envelope around a statement, before anybody signs it."""
    return Envelope(canonical(statement), PAYLOAD_TYPE, {})


def sign(envelope: Envelope, private: ec.EllipticCurvePrivateKey, keyid: str) -> None:
    """Add one signature."""
    public = SSlibKey.from_crypto(private.public_key(), keyid=keyid)
    envelope.sign(CryptoSigner(private, public))


def write(path: Path, envelope: Envelope) -> bytes:
    """Write an envelope and return its bytes; EvidenceError if that fails."""
    data = canonical(envelope.to_dict()) + b"\n"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, data)
    return data


def read(path: Path) -> tuple[Envelope, Statement]:
    """An envelope and what it says; EvidenceError if it is none."""
    try:
        envelope = Envelope.from_dict(json.loads(path.read_bytes()))
        statement: Statement = json.loads(envelope.payload)
        statement["predicate"], statement["subject"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvidenceError(f"{path} is no DSSE envelope over an in-toto statement ({error})") from None
    return envelope, statement


def sealed_by(statement: Statement) -> str | None:
    """The hash of the seal that a statement speaks of."""
    found = (one["digest"]["sha256"] for one in statement["subject"] if one.get("name") == SEAL)
    return next(found, None)


def _statement(sealed: str, kind: str, predicate: dict[str, Any]) -> Statement:
    subject = [{"name": SEAL, "digest": {"sha256": sealed}}]
    return {"_type": STATEMENT, "subject": subject, "predicateType": kind, "predicate": predicate}


def _configuration(record: Record) -> Iterable[dict[str, Any]]:
    started = record.first("run_started") or {}
    for name in ("landscape", "lock_file"):
        if started.get(name):
            yield {"name": f"{name}: {started[name]['path']}", "digest": {"sha256": started[name]["sha256"]}}
    for part, digest in sorted(started.get("suite", {}).items()):
        yield {"name": f"suite: {part}", "digest": {"sha256": digest.removeprefix("sha256:")}}
