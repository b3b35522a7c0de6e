"""Why a text is no strict JSON: slow, and only for the few that are none."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

from syncproof.contracts.validation import pointer

DEEPEST = 200
"""How deep arrays and objects may lie in each other; more is an attack on the reader, not a message."""
FAR = 32
"""How many bytes of what is there are shown."""

_STRING = rb'"(?:[^"\\]++|\\.)*+"?'
"""To its end or that of the text, in one go: nothing is looked at twice, however it is made."""
_BRACKETS = re.compile(_STRING + rb"|[\[\]{}]", re.DOTALL)
_WORDS = re.compile(_STRING + rb"|-?[0-9][0-9.eE+-]*|-?[A-Za-z]+", re.DOTALL)
_NO_NUMBERS = {b"NaN", b"-NaN", b"Infinity", b"-Infinity"}
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Unreadable(Exception):
    """``byte`` counts from the start of the text, at 0."""

    def __init__(self, message: str, *, byte: int = 0, place: str = "", expected: str = "", actual: str = "") -> None:
        super().__init__(message)
        self.message, self.byte, self.place, self.expected, self.actual = message, byte, place, expected, actual

    @classmethod
    def at(cls, raw: bytes, byte: int, message: str, expected: str) -> Self:
        """Shows what is there."""
        there = ascii(raw[byte : byte + FAR].decode("utf-8", "backslashreplace")) if byte < len(raw) else "the end"
        return cls(f"{message} at byte {byte}", byte=byte, expected=expected, actual=there)

    @classmethod
    def raise_for_repeated(cls, value: Any) -> None:
        """Raises for the first object (in reading order) that was marked by :func:`repeated`."""
        for place, each in _walk(value):
            if isinstance(each, _Repeated):
                times = f"the key {each.key!r} occurs {each.times} times in one object"
                raise cls(times, place=pointer([*place, each.key]), expected="every key once", actual=str(each.times))


class _Repeated(dict[str, Any]):
    key: str
    times: int


def members(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of an object, marked if one occurs twice: of these, readers differ in which they take."""
    each = dict(found)
    return each if len(each) == len(found) else repeated(found)


def repeated(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that has a key more than once, marked."""
    marked, times = _Repeated(found), Counter(name for name, _ in found)
    marked.key = next(name for name, number in times.items() if number > 1)
    marked.times = times[marked.key]
    return marked


def _walk(value: Any) -> Iterator[tuple[list[str | int], Any]]:
    waiting: list[tuple[list[str | int], Any]] = [([], value)]
    while waiting:
        place, each = waiting.pop()
        yield place, each
        members = each.items() if isinstance(each, dict) else enumerate(each) if isinstance(each, list) else ()
        waiting += reversed([([*place, name], member) for name, member in members])


def too_deep(raw: bytes) -> None:
    """:class:`Unreadable` if brackets lie too deep in each other."""
    depth = 0
    for found in _BRACKETS.finditer(raw):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            raise Unreadable.at(raw, found.start(), "nested too deep", f"at most {DEEPEST} levels")


def find(raw: bytes, refusal: str) -> Unreadable:
    """What is wrong with a text that was refused."""
    return _encoding(raw) or _syntax(raw) or _number(raw) or _surrogate(raw) or _as_told(raw, refusal)


def _encoding(raw: bytes) -> Unreadable | None:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        return Unreadable.at(raw, problem.start, "this is not UTF-8", "UTF-8")
    return None


def _number(raw: bytes) -> Unreadable | None:
    for found in _WORDS.finditer(raw):
        if found[0] in _NO_NUMBERS:
            word = found[0].decode()
            return Unreadable.at(raw, found.start(), f"{word} is no JSON number", "a finite number or null")
        if _overflows(found[0]):
            return Unreadable.at(raw, found.start(), "this number overflows a double", "a finite number")
    return None


def _overflows(token: bytes) -> bool:
    try:
        return token[:1] in b"-0123456789" and math.isinf(float(token))
    except ValueError:
        return False


def _syntax(raw: bytes) -> Unreadable | None:
    text = raw.decode("utf-8")
    try:
        json.loads(text)
    except json.JSONDecodeError as problem:
        before = text[: problem.pos].encode()
        more = problem.msg == "Extra data" and b"\n" in before
        hint = " (several documents: name the file .ndjson)" if more else ""
        return Unreadable.at(raw, len(before), f"this is no JSON: {problem.msg}{hint}", "a JSON text (RFC 8259)")
    except (ValueError, RecursionError):
        pass  # a number of more digits than Python converts: told by the refusal itself
    return None


def _surrogate(raw: bytes) -> Unreadable | None:
    for found in re.finditer(_STRING, raw, re.DOTALL):
        escaped = _SURROGATE.search(found[0])
        if escaped and not _encodes(found[0]):
            return Unreadable.at(raw, found.start() + escaped.start(), "half a surrogate pair", "a whole character")
    return None


def _encodes(token: bytes) -> bool:
    try:
        json.loads(token).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _as_told(raw: bytes, refusal: str) -> Unreadable:
    place = re.search(r"byte (\d+)", refusal)
    return Unreadable.at(raw, int(place[1]) if place else 0, f"this is refused ({refusal})", "strict JSON")
