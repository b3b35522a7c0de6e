"""Identifiers: one normal form on write and lookup, and the format that a rule demands."""

import unicodedata
from typing import Any

from syncproof.simulators.product.quantities import Json


def normalise(text: str, rule: Json | None = None) -> str:
    """NFC without outer blanks; upper case if the entity's rule says so. Leading zeros, inner
    blanks, slashes and percent signs are significant."""
    trimmed = unicodedata.normalize("NFC", text).strip()
    if rule is None or rule.get("case", "upper") != "upper":
        return trimmed
    return unicodedata.normalize("NFC", trimmed.upper())


def violations(key: str, rule: Json | None) -> list[dict[str, Any]]:
    """What a normalised identifier breaks of its entity's rule; empty if nothing."""
    if rule is None:
        return []
    found = []
    low, high = rule["min_length"], rule["max_length"]
    if not low <= len(key) <= high:
        found.append(f"{rule['id']} {key!r} has {len(key)} characters; valid: {low} to {high}")
    alphabet = unicodedata.normalize("NFC", rule["alphabet"])
    foreign = sorted(set(key) - set(alphabet))
    if foreign:
        found.append(f"{rule['id']} {key!r} has the characters {''.join(foreign)!r}; valid: {alphabet}")
    return [{"code": "identity_format", "message": message} for message in found]
