"""Mistakes in a landscape file: place, value, nearest match, valid values."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Place = tuple[str | int, ...]

HIDDEN = object()
"""Stands for a value that may be a secret and is not shown."""
MANY = 25
"""More valid values than this are not listed: the nearest match must do."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend. ``secret`` marks a credential that is not where the file says."""

    place: Place
    problem: str
    value: Any = HIDDEN
    valid: tuple[str, ...] = ()
    secret: bool = False

    def text(self, line: int | None) -> str:
        """For the person who mends the file."""
        shown = "" if self.value is HIDDEN else f" = {toml_form(self.value)}"
        where = f"line {line}: " if line else ""
        return f"{where}{dotted(self.place)}{shown}: {self.problem}{self._hint()}"

    def _hint(self) -> str:
        if not self.valid:
            return ""
        wrong = self.place[-1] if self.value is HIDDEN or not isinstance(self.value, str) else self.value
        near = nearest(str(wrong), self.valid)
        guess = f"; did you mean {near!r}?" if near else "."
        listed = f" Valid: {', '.join(sorted(self.valid))}" if len(self.valid) <= MANY else ""
        return f"{guess}{listed}"


def nearest(wrong: str, valid: Iterable[str]) -> str | None:
    """The valid value that is most like a wrong one, whatever its case; None if none is near."""
    by_folded = {each.casefold(): each for each in valid}
    found = difflib.get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def dotted(place: Place) -> str:
    """``systems.erp.adapter``, as the file's tables and keys are read."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.lstrip(".") or "the file"


def toml_form(value: Any) -> str:
    """A value about as the file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "{…}"
    return str(value)
