"""A signature counts if it is of a trusted key, in its time and of somebody who may give it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from syncproof.evidence.signing import keys, statements
from tests.acceptance.attacks.folder import PASSPHRASE
from tests.unit.evidence.core_verifier.packs import said, statuses, trusted


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
