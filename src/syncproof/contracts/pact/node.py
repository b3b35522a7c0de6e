"""A value in a Pact file, and where it stands: whatever is not as agreed is told with its place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from syncproof.contracts.validation import pointer
from syncproof.errors import ConfigurationError

SHOWN = 60
"""How much of a wrong value a message repeats."""


class PactMistake(ConfigurationError):
    """A Pact file that cannot be read; the text says file, place and what is wrong."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value and its place."""

    value: Any
    file: str
    path: tuple[str | int, ...] = ()

    def wrong(self, what: str) -> NoReturn:
        """The mistake, at this place."""
        raise PactMistake(f"{self.file}: {pointer(self.path) or '/'}: {what}")

    def at(self, key: str | int) -> "Node":
        """A member that must be there."""
        try:
            return Node(self.value[key], self.file, (*self.path, key))
        except (KeyError, IndexError, TypeError):
            self.wrong(f"{key!r} is missing")

    def get(self, *keys: str) -> "Node | None":
        """The first of these members that is there and not null."""
        self.object()
        return next((self.at(key) for key in keys if self.value.get(key) is not None), None)

    def object(self, *known: str) -> "Node":
        """Insists on an object; on one with no other members, if any are named."""
        if not isinstance(self.value, dict):
            self.wrong(f"an object is expected, not {shown(self.value)}")
        unknown = sorted(self.value.keys() - set(known)) if known else []
        if unknown:
            self.at(unknown[0]).wrong(f"{unknown[0]!r} is not known; known: {', '.join(known)}")
        return self

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The members of an object."""
        self.object()
        return ((key, self.at(key)) for key in self.value)

    def each(self) -> Iterator["Node"]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            self.wrong(f"a list is expected, not {shown(self.value)}")
        return (self.at(index) for index in range(len(self.value)))

    def text(self) -> str:
        """The value as text."""
        if not isinstance(self.value, str):
            self.wrong(f"text is expected, not {shown(self.value)}")
        return self.value

    def whole(self) -> int:
        """The value as a whole number that is not negative."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            self.wrong(f"a whole number is expected, not {shown(self.value)}")
        return self.value

    def flag(self) -> bool:
        """The value as true or false."""
        if not isinstance(self.value, bool):
            self.wrong(f"true or false is expected, not {shown(self.value)}")
        return self.value

    def one_of(self, known: Collection[str]) -> str:
        """The value as one of the words that are known here."""
        text = self.text()
        if text not in known:
            self.wrong(f"{text!r} is not known; known: {', '.join(sorted(known))}")
        return text


def shown(value: Any) -> str:
    """A value in a message."""
    text = repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."
