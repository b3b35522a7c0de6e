"""When two identifiers name the same thing, and what identifies content."""

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
import rfc8785

from syncproof import model as m
from syncproof.errors import MisuseError

GTIN_LENGTHS = frozenset({8, 12, 13, 14})


def normalised_key(text: str, case: Literal["upper", "preserve"] = "preserve") -> str:
    """An identifier as every system keeps it: Unicode NFC, outer blanks trimmed, upper case if the
    entity's rule says so. Leading zeros, inner blanks and signs stay: they are significant."""
    key = unicodedata.normalize("NFC", text).strip()
    return unicodedata.normalize("NFC", key.upper()) if case == "upper" else key


def conforms(rule: m.IdentityRule, text: str) -> bool:
    """Whether an identifier, normalised, has a length and characters that the rule allows."""
    key = normalised_key(text, rule.case)
    return rule.min_length <= len(key) <= rule.max_length and set(key) <= set(rule.alphabet)


def content_hash(master: m.AnyMaster | Mapping[str, Any]) -> str:
    """``sha256:`` and the SHA-256 (hex) of the RFC 8785 form of the JSON of a master (its domain
    included; decimals are the strings they were declared as) or of a message."""
    canonical = rfc8785.dumps(msgspec.to_builtins(master))
    return f"sha256:{hashlib.sha256(canonical).hexdigest()}"


def check_digit(digits: str) -> int:
    """The GS1 check digit of a key without it (GS1 General Specifications, section 7.9.1): digits
    weighted 3, 1, 3, ... from the right; the sum goes up to the next multiple of ten."""
    if not (digits.isascii() and digits.isdigit()):
        raise MisuseError(f"{digits!r} is not a number: a GS1 key has digits only")
    weighted = sum(int(digit) * (1 if n % 2 else 3) for n, digit in enumerate(reversed(digits)))
    return -weighted % 10


def is_gtin(text: str) -> bool:
    """Whether a text is a GTIN-8, -12, -13 or -14 with the right check digit."""
    digits = text.isascii() and text.isdigit() and len(text) in GTIN_LENGTHS
    return digits and check_digit(text[:-1]) == int(text[-1])
