"""Strict JSON (RFC 8259, I-JSON where it matters): what another parser could read differently is refused.

No duplicate keys, no NaN, no number beyond a double, no lone surrogate, nothing but UTF-8. msgspec refuses all
of it at no price, but for the duplicate keys. Those are excluded by writing the value again: a value has every
key once, so what was written twice is missing from the new text.
"""

import json
from typing import Any

import msgspec

from syncproof.contracts.bulk.faults import DEEPEST, Unreadable, find, members, too_deep

_ANYTHING = msgspec.json.Decoder()
_write = msgspec.json.Encoder().encode
_write_into = msgspec.json.Encoder().encode_into
REFUSALS = (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError)


def decode(raw: bytes) -> Any:
    """The value of a JSON text; :class:`Unreadable` says where and why there is none."""
    if raw.count(b"[") + raw.count(b"{") > DEEPEST:
        too_deep(raw)
    try:
        value = _ANYTHING.decode(raw)
    except REFUSALS as refusal:
        raise find(raw, str(refusal)) from None
    if not every_key_once(raw, value):
        refuse_repeated(raw)
    return value


def every_key_once(raw: bytes, value: Any) -> bool:
    """Whether the text surely has no key twice in one object; False means: look closely.

    Equal texts are equal. Else the colons are counted: the text has one for each key and those inside its strings.
    ``value`` has every key once and the same strings, so its own text has fewer if a key was dropped, and never
    more, unless a string hides a colon as ``\\u003a``.
    """
    try:
        written = _write(value)
    except (msgspec.MsgspecError, OverflowError, ValueError):
        return False  # a number that msgspec reads and does not write
    return written == raw or (written.count(b":") == raw.count(b":") and b"\\u003" not in raw)


def every_field_once(raw: bytes, record: Any, written: bytearray) -> bool:
    """The same for a typed record, whose fields have an order of their own, without fractions in it.
    ``written`` is room to write into: it serves for many.

    Nothing of it is written longer than it was (white space, escapes and ``-0`` only get shorter): the same
    length means that nothing is missing.
    """
    _write_into(record, written)
    length = len(raw) - raw.endswith(b"\n")
    return len(written) == length or (written.count(b":") == raw.count(b":") and b"\\u003" not in raw)


def refuse_repeated(raw: bytes) -> None:
    """Looks closely: :class:`Unreadable` if some object has a key twice."""
    try:
        value = json.loads(raw, object_pairs_hook=members)
    except (ValueError, RecursionError) as refusal:
        raise find(raw, str(refusal)) from None
    Unreadable.raise_for_repeated(value)
