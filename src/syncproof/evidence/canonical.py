"""Canonical JSON (RFC 8785), hashes and times.

``rfc8785`` is exact and slow; msgspec writes the same bytes forty times faster as long as a value
holds no integers beyond 2**53, no floats of extreme size and only ASCII keys: nearly every event.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec
import rfc8785

MAX_INTEGER = 2**53 - 1
"""Greatest integer that every JSON reader keeps exactly (RFC 8785, section 3.2.2.3)."""

_SMALL, _LARGE = 1e-3, 1e15
"""Between these, msgspec and RFC 8785 write a float with a fraction alike."""

_encoder = msgspec.json.Encoder(order="sorted")


def canonical(value: Any) -> bytes:
    """``value`` (JSON types only) as RFC 8785 writes it; ValueError for what JSON cannot hold."""
    if _is_plain(value):
        return _encoder.encode(value)
    return rfc8785.dumps(value)


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def now_text() -> str:
    """Host time in UTC, RFC 3339 with microseconds, as every line of the record has it."""
    return instant_text(datetime.now(UTC))


def instant_text(instant: datetime) -> str:
    """An instant given in UTC, RFC 3339 with microseconds."""
    return instant.isoformat(timespec="microseconds")[:26] + "Z"


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is dict:
        return _is_plain_dict(value)
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    if kind is int:
        return bool(-MAX_INTEGER <= value <= MAX_INTEGER)
    return kind is float and bool(_SMALL <= abs(value) < _LARGE and value != int(value))


def _is_plain_dict(value: dict[Any, Any]) -> bool:
    for key, part in value.items():  # a loop, not all(): this runs for every event
        if type(key) is not str or not key.isascii():
            return False
        if type(part) is not str and not _is_plain(part):
            return False
    return True
