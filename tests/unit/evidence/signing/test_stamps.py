"""A stamp says when the bytes of a signature existed, and by whose word.

How it is asked for over HTTP, and what verify makes of it, ``test_documents`` shows with an authority of OpenSSL.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper, TimestampRequestError

from syncproof.errors import EvidenceError, SystemUnavailable
from syncproof.evidence.signing import stamps

AT = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)


def authority(name):
    """The certificate (PEM) of a time-stamp authority, and what stamps in its name, always at the same time."""
    private = rsa.generate_private_key(65537, 2048)
    called, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, hashes.SHA256())
    )
    key = asn1_keys.PrivateKeyInfo.load(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    signs = DummyTimeStamper(asn1_x509.Certificate.load(made.public_bytes(Encoding.DER)), key, fixed_dt=AT)
    return made.public_bytes(Encoding.PEM).decode(), signs


@pytest.fixture(scope="module")
def known():
    return authority("One")


@pytest.fixture
def signature(tmp_path, known, monkeypatch):
    """A file, and the authority at http://tsa."""
    monkeypatch.setattr(stamps, "HTTPTimeStamper", lambda url: {"http://tsa": known[1]}[url])
    path = tmp_path / "01-author.dsse.json"
    path.write_bytes(b"signed")
    return path


def test_a_stamp_lies_beside_the_file_and_says_when_it_existed(signature, known):
    """Over its SHA-256; and whether the auditor trusts who says so, among others or not."""
    token = stamps.stamp(signature, "http://tsa")
    assert token == signature.with_name("01-author.dsse.json.tsr")
    info = cms.ContentInfo.load(token.read_bytes())["content"]["encap_content_info"]["content"].parsed
    assert info["message_imprint"]["hashed_message"].native == hashlib.sha256(b"signed").digest()
    other, _ = authority("Two")
    assert stamps.stamped_at(signature, [other, known[0]]) == (AT, True)
    assert stamps.stamped_at(signature, [other]) == (AT, False)
    assert stamps.stamped_at(signature, []) == (AT, False)


def test_nothing_is_fetched_from_where_a_stamp_points_to(signature, monkeypatch):
    """A pack is checked offline: its certificates must not make the auditor's machine call anybody."""
    asked, validate = [], stamps.validate_tst_signed_data

    async def seen(signed, context, digest):
        asked.append(context.fetching_allowed)
        return await validate(signed, context, digest)

    monkeypatch.setattr(stamps, "validate_tst_signed_data", seen)
    stamps.stamp(signature, "http://tsa")
    stamps.stamped_at(signature, [])
    assert not any(asked)
    assert len(asked) == 1


@pytest.mark.parametrize("error", [TimestampRequestError("no"), OSError("no"), ValueError("no")])
def test_an_authority_that_gives_no_stamp_is_told_and_nothing_is_left(signature, monkeypatch, error):
    """With its address and the reason."""

    class Silent:
        async def async_timestamp(self, *_):
            raise error

    monkeypatch.setattr(stamps, "HTTPTimeStamper", lambda _: Silent())
    with pytest.raises(SystemUnavailable, match="^the time-stamp authority http://tsa gave no stamp: no$"):
        stamps.stamp(signature, "http://tsa")
    assert list(signature.parent.iterdir()) == [signature]


def test_a_stamp_of_other_bytes_or_that_was_changed_is_none(signature, known):
    """The file, the time in the token, or the signature over that."""
    token = stamps.stamp(signature, "http://tsa")
    data = token.read_bytes()
    changed = "^01-author.dsse.json.tsr is no stamp of this file, or was changed$"
    signature.write_bytes(b"signed by another")
    with pytest.raises(EvidenceError, match=changed):
        stamps.stamped_at(signature, [known[0]])
    signature.write_bytes(b"signed")
    for damaged in (data.replace(b"20270310060000Z", b"20260310060000Z", 1), data[:-1] + bytes([data[-1] ^ 1])):
        assert damaged != data
        token.write_bytes(damaged)
        with pytest.raises(EvidenceError, match=changed):
            stamps.stamped_at(signature, [known[0]])


@pytest.mark.parametrize(
    ("content", "trusted"),
    [(b"garbage", []), (None, []), ("as it was", ["no certificate"])],
    ids=["garbage", "no", "x"],
)
def test_what_cannot_be_read_as_a_stamp_is_told(signature, content, trusted):
    """With what is wrong, be it the token or the certificate that it is held against."""
    token = stamps.stamp(signature, "http://tsa")
    if content is None:
        token.unlink()
    elif isinstance(content, bytes):
        token.write_bytes(content)
    with pytest.raises(EvidenceError, match=re.escape(f"{token.name} is no stamp of this file (") + r"\w+Error: .+\)$"):
        stamps.stamped_at(signature, trusted)
