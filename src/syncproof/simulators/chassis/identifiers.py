"""Identifiers in one normal form, on write and on lookup."""

from typing import Any

from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import normalise, violations


def normal_form(text: str, rule: dict[str, Any] | None) -> str:
    """Policy ``identity``. Without a rule of its entity an identifier keeps its case."""
    return normalise(text, rule)


def format_reasons(key: str, rule: dict[str, Any] | None) -> list[Reason]:
    """Policy ``identity_format``."""
    return [Reason(found["code"], found["message"], "/id") for found in violations(key, rule)]
