"""PDF signatures (PAdES): a signed copy of the summary report, with name, role, meaning and time on it.

Every signer adds to the copy of the one before, so that one file carries all signatures. Whose certificates are
trusted, the auditor says.
"""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from syncproof.errors import EvidenceError
from syncproof.evidence.files import write_whole
from syncproof.evidence.signing import printed
from syncproof.evidence.signing.keys import KeyFile

REPORT = "summary.pdf"
BOX_WIDTH, BOX_HEIGHT, BOX_BOTTOM, BOX_LEFT = 166, 46, 60, 34

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds, we say
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """One signature in a PDF. ``intact`` says that the bytes it covers are as they were signed and that nothing but
    later signatures was added."""

    name: str
    intact: bool
    trusted: bool


def sign_report(
    pack: Path, number: int, facts: dict[str, Any], key: KeyFile, private: ec.EllipticCurvePrivateKey, tsa: str | None
) -> Path:
    """Sign the summary report, or the copy that the signer before left; the signed copy."""
    folder = pack / "signatures"
    source = max(folder.glob("*.pdf"), default=pack / REPORT)
    name = f"{number:02d}-{facts['as']}"
    left = BOX_LEFT + (number - 1) * (BOX_WIDTH + 8)
    box = (left, BOX_BOTTOM, left + BOX_WIDTH, BOX_BOTTOM + BOX_HEIGHT)
    engine = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=facts["meaning"],
            name=key.name,
        ),
        _signer(key, private),
        timestamper=timestamps.HTTPTimeStamper(tsa) if tsa else None,
        stamp_style=printed.style(facts, BOX_WIDTH, BOX_HEIGHT),
        new_field_spec=fields.SigFieldSpec(name, box=box, on_page=-1),
    )
    path = folder / f"{name}.pdf"
    folder.mkdir(exist_ok=True)
    write_whole(path, engine.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(source.read_bytes()))).getvalue())
    return path


def signed(path: Path, trusted: list[str]) -> Iterator[SignedDocument]:
    """The signatures in a PDF, held against the certificates (PEM) that the auditor trusts; EvidenceError if the file
    cannot be read as a signed PDF."""
    context = ValidationContext(trust_roots=[certificate(text) for text in trusted], allow_fetching=False)
    try:
        reader = PdfFileReader(io.BytesIO(path.read_bytes()))
        found = [
            (one, validate_pdf_signature(one, signer_validation_context=context)) for one in reader.embedded_signatures
        ]
    except Exception as error:  # noqa: BLE001  pyhanko has many kinds for a damaged file
        raise EvidenceError(f"{path.name} cannot be read as a signed PDF ({type(error).__name__})") from None
    for one, status in found:
        name = str(one.signer_cert.subject.native.get("common_name", ""))
        intact = bool(status.intact and status.valid and (status.docmdp_ok is not False))
        yield SignedDocument(name, intact, bool(status.trusted))


def certificate(text: str) -> Any:
    """A certificate from its PEM; ValueError if it is none."""
    _, _, der = pem.unarmor(text.encode())
    return asn1_x509.Certificate.load(der)


def _signer(key: KeyFile, private: ec.EllipticCurvePrivateKey) -> Any:
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(private.private_bytes(*form)),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
