"""Time stamps (RFC 3161) over signatures: an authority says that they existed at a time.

A signature states its own time; a stamp is what shows it. Which authorities are trusted, the auditor says.
"""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import cms
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from syncproof.errors import EvidenceError, SystemUnavailable
from syncproof.evidence.files import write_whole
from syncproof.evidence.signing.documents import certificate

SUFFIX = ".tsr"


def stamp(path: Path, url: str) -> Path:
    """Have an authority stamp a file; the token lies beside it. SystemUnavailable if it gives none."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    try:
        token = asyncio.run(HTTPTimeStamper(url).async_timestamp(digest, "sha256"))
    except (TimestampRequestError, OSError, ValueError) as error:
        raise SystemUnavailable(f"the time-stamp authority {url} gave no stamp: {error}") from None
    target = path.with_name(path.name + SUFFIX)
    write_whole(target, token.dump())
    return target


def stamped_at(path: Path, trusted: list[str]) -> tuple[datetime, bool]:
    """When a file was stamped, and whether by an authority among the certificates (PEM) that are trusted.

    EvidenceError if the stamp is none, is damaged or is that of another file.
    """
    data = path.read_bytes()
    token = path.with_name(path.name + SUFFIX)

    def digest(algorithm: str) -> bytes:
        return hashlib.new(algorithm, data).digest()

    try:
        signed = cms.ContentInfo.load(token.read_bytes())["content"]
        context = ValidationContext(trust_roots=[certificate(text) for text in trusted], allow_fetching=False)
        found: dict[str, Any] = asyncio.run(validate_tst_signed_data(signed, context, digest))
    except Exception as error:  # noqa: BLE001  pyhanko and asn1crypto have many kinds for what is no stamp
        raise EvidenceError(f"{token.name} is no stamp of this file ({type(error).__name__}: {error})") from None
    if not found["intact"] or not found["valid"]:
        raise EvidenceError(f"{token.name} is no stamp of this file, or was changed")
    return found["timestamp"], bool(found["trust_problem_indic"] is None)
