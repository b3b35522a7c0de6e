"""What differs, and where."""

from dataclasses import dataclass
from typing import Any, Final


class Absent:
    """Stands where there is no value."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: the JSON pointer into what was answered (``/status``, ``/headers/NAME``, ``/body/...``), both values,
    the rule that was broken, and it all in words."""

    pointer: str
    expected: Any
    actual: Any
    rule: str
    text: str

    def plain(self) -> dict[str, Any]:
        """For a JSON document; a side that has no value is left out."""
        sides = {"expected": self.expected, "actual": self.actual}
        shown = {name: _plain(value) for name, value in sides.items() if value is not ABSENT}
        return {"pointer": self.pointer, **shown, "rule": self.rule, "text": self.text}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)
