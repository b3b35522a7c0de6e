"""Canonical records as the JSON types of the contracts."""

from decimal import Decimal
from typing import Any

import msgspec


def plain(record: Any) -> Any:
    """A record as JSON types. Decimals become text without an exponent, digit for digit."""
    return _plain(msgspec.to_builtins(record, builtin_types=(Decimal,)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return f"{value:f}" if isinstance(value, Decimal) else value
