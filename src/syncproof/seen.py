"""Remembers what systems answered, so that no answer can pose as an expectation."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from syncproof.errors import MisuseError
from syncproof.ports import Observation

_Single = str | Decimal | date | timedelta


class Seen:
    """What was observed in one scenario, by identity: records, collections, and the values in them.

    A value that came out of an answer is the very object that was decoded from it, also as an attribute, in a dict,
    through ``str()``, ``Decimal()`` or a copy. One that was computed from it is another object: that no identity can
    tell. Objects that are a record's default, numbers that Python keeps once, and interned text are equal to others
    by chance, and are not remembered.
    """

    def __init__(self) -> None:
        self._objects: dict[int, Any] = {}

    def add(self, value: Any) -> None:
        """Remember an observed value and what is in it."""
        if id(value) in self._objects or not (_is_telling(value) or isinstance(value, _Single)):
            return
        self._objects[id(value)] = value  # keeps it alive, so that the id stays its own
        for part in _parts(value):
            self.add(part)

    def refuse(self, requirement: str, expected: Any) -> None:
        """Raise MisuseError if ``expected`` is an observation, or all that it says was taken from one."""
        if isinstance(expected, Observation) or self._holds(expected) or self._holds_all(expected):
            text = (
                f"{requirement}: the expected value was taken from a system's own answer, so the check could "
                "not fail: take it from the oracle or from the feature (an adapter that repeats its own argument in "
                "place of the answer looks the same)"
            )
            raise MisuseError(text)

    def _holds(self, value: Any) -> bool:
        return id(value) in self._objects and _is_telling(value)

    def _holds_all(self, expected: Any) -> bool:
        telling = [value for value in _singles(expected) if not _is_shared(value)]
        return bool(telling) and all(id(value) in self._objects for value in telling)


def _singles(value: Any) -> Iterator[_Single]:
    """The single values in an expectation."""
    if isinstance(value, _Single):
        yield value
    elif isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            yield from _singles(each)
    elif _is_telling(value):
        for each in _parts(value):
            yield from _singles(each)


def _is_shared(value: _Single) -> bool:
    """Whether Python has one object for all text that reads so."""
    if not isinstance(value, str):
        return False
    return len(value) < 2 or sys.intern("".join(list(value))) is value  # noqa: PLR2004


def _is_telling(value: Any) -> bool:
    return isinstance(value, msgspec.Struct | dict | list | set) or (
        isinstance(value, tuple | frozenset) and len(value) > 0
    )


def _parts(value: Any) -> list[Any]:
    if isinstance(value, _Single):
        return []
    if isinstance(value, msgspec.Struct):
        defaults = {id(default) for default in value.__struct_defaults__}
        found = [getattr(value, name) for name in value.__struct_fields__]
        return [part for part in found if id(part) not in defaults]
    return [*value.keys(), *value.values()] if isinstance(value, dict) else list(value)
