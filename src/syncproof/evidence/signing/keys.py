"""A signer's key: ECDSA on P-256, its private part encrypted by passphrase, with a certificate that names the owner.

The certificate is self-signed: it carries the name into DSSE and PDF signatures and proves nothing by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from syncproof.errors import ConfigurationError
from syncproof.evidence.signing.passphrase import encrypt

Kind = Literal["person", "ci"]
SHORTEST = 12
"""Characters of a passphrase at least: nobody limits the attempts on a file."""
LONGEST = 64
"""Letters of a name or role: what X.509 allows."""
YEARS = 3
_UNITS: dict[Kind, str] = {"person": "Syncproof signer", "ci": "Syncproof CI"}


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file says without being unlocked. Times are UTC."""

    path: Path
    name: str
    role: str
    kind: Kind
    keyid: str
    public: str
    certificate: x509.Certificate

    def unlock(self, passphrase: str) -> ec.EllipticCurvePrivateKey:
        """The private key; ConfigurationError for a wrong passphrase."""
        try:
            key = serialization.load_pem_private_key(self.path.read_bytes(), passphrase.encode())
        except (ValueError, TypeError):
            raise ConfigurationError(f"{self.path} was not unlocked: the passphrase is wrong") from None
        return cast("ec.EllipticCurvePrivateKey", key)


def create(path: Path, name: str, role: str, passphrase: str, kind: Kind = "person") -> KeyFile:
    """Make a key file that did not exist. ConfigurationError for a short passphrase, an empty name or a file that is
    there already."""
    if len(passphrase) < SHORTEST:
        raise ConfigurationError(f"the passphrase has fewer than {SHORTEST} characters: use a longer one")
    private = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(private, _printable("name", name), _printable("role", role), kind)
    data = encrypt(private, passphrase) + certificate.public_bytes(serialization.Encoding.PEM)
    try:
        with path.open("xb") as stream:
            path.chmod(0o600)
            stream.write(data)
    except FileExistsError:
        raise ConfigurationError(f"{path} exists: a key is never overwritten; give another --out") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from None
    return read(path)


def read(path: Path) -> KeyFile:
    """Whose key a file holds; ConfigurationError if it is no key file."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        name, role, unit = (_text(certificate, oid) for oid in (NameOID.COMMON_NAME, NameOID.TITLE, _UNIT))
        kind = next(kind for kind, text in _UNITS.items() if text == unit)
    except OSError as error:
        raise ConfigurationError(f"the key file {path} cannot be read: {error.strerror}") from None
    except (ValueError, IndexError, StopIteration):
        text = f"{path} is no key file of Syncproof: make one with 'syncproof key new'"
        raise ConfigurationError(text) from None
    public = certificate.public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = public.public_bytes(serialization.Encoding.PEM, form).decode()
    keyid = sha256(public.public_bytes(serialization.Encoding.DER, form)).hexdigest()
    return KeyFile(path, name, role, kind, keyid, pem, certificate)


def trust_entry(key: KeyFile) -> str:
    """What an auditor puts into their trust file, once they know that the key is this person's."""
    since, until = key.certificate.not_valid_before_utc, key.certificate.not_valid_after_utc
    lines = (
        "[[key]]",
        f'keyid = "{key.keyid}"',
        f'name = "{_escaped(key.name)}"',
        f'role = "{_escaped(key.role)}"',
        f'kind = "{key.kind}"',
        f"valid_from = {since.isoformat()}",
        f"valid_until = {until.isoformat()}",
        f'public = """\n{key.public}"""',
        f'certificate = """\n{key.certificate.public_bytes(serialization.Encoding.PEM).decode()}"""',
    )
    return "\n".join(lines) + "\n"


_UNIT = NameOID.ORGANIZATIONAL_UNIT_NAME
_SIGNS = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
"""Digital signatures that cannot be denied later, and nothing else."""


def _certificate(private: ec.EllipticCurvePrivateKey, name: str, role: str, kind: Kind) -> x509.Certificate:
    parts = ((NameOID.COMMON_NAME, name), (NameOID.TITLE, role), (_UNIT, _UNITS[kind]))
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(_SIGNS, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )


def _printable(what: str, text: str) -> str:
    """It goes on paper and into a certificate: no letters that break a line or turn the reading direction, and one
    blank between words, for more of them make nobody somebody else."""
    text = " ".join(filter(None, text.split(" ")))
    if not text:
        raise ConfigurationError("a key needs the name and the role of the one who signs with it")
    if len(text) > LONGEST or not text.isprintable():
        raise ConfigurationError(
            f"the {what} {text[:LONGEST]!r} cannot be printed: give up to {LONGEST} printable letters"
        )
    return text


def _text(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    return str(certificate.subject.get_attributes_for_oid(oid)[0].value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
