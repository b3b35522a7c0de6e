"""Remembers what systems answered, so that no answer can pose as an expectation."""

from typing import Any

import msgspec

from syncproof.errors import MisuseError
from syncproof.ports import Observation


class Seen:
    """The observed records and collections of one scenario, by identity.

    Small values (text, numbers, instants) are not remembered: equal ones may be one object by
    chance. Objects that are a record's default are left out for the same reason.
    """

    def __init__(self) -> None:
        self._objects: dict[int, Any] = {}

    def add(self, value: Any) -> None:
        """Remember an observed value and the records in it."""
        if id(value) in self._objects or not _is_telling(value):
            return
        self._objects[id(value)] = value  # keeps it alive, so that the id stays its own
        for part in _parts(value):
            self.add(part)

    def refuse(self, requirement: str, expected: Any) -> None:
        """Raise MisuseError if ``expected`` is an observation or a value taken from one."""
        if isinstance(expected, Observation) or id(expected) in self._objects:
            text = (
                f"{requirement}: the expected value was taken from a system's own answer, so the check could "
                "not fail: take it from the oracle or from the feature"
            )
            raise MisuseError(text)


def _is_telling(value: Any) -> bool:
    return isinstance(value, msgspec.Struct | dict | list | set) or (
        isinstance(value, tuple | frozenset) and len(value) > 0
    )


def _parts(value: Any) -> list[Any]:
    if isinstance(value, msgspec.Struct):
        defaults = {id(default) for default in value.__struct_defaults__}
        found = [getattr(value, name) for name in value.__struct_fields__]
        return [part for part in found if id(part) not in defaults]
    return list(value.values()) if isinstance(value, dict) else list(value)
