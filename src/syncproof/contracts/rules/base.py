"""What a rule is, and how it finds its way through a document."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

Json = dict[str, Any]
At = tuple[int, ...]
"""Which of the members, at each ``*`` of a pattern."""


class Rule(NamedTuple):
    """``requirement`` is one of the registry; ``text`` says what must hold."""

    id: str
    requirement: str
    text: str


class Source(NamedTuple):
    """Where a document lies; ``place`` is the pointer of its part that a contract is about."""

    file: str
    line: int
    place: str


class Found(NamedTuple):
    """A rule broken in a document."""

    rule: Rule
    pointer: str
    message: str
    expected: str
    actual: str


class Finding(NamedTuple):
    """A rule broken, and in which document."""

    found: Found
    source: Source


class Across(Protocol):
    """A rule that needs the other documents: it sees them all, then tells."""

    def look(self, contract: str, document: Json, source: Source) -> None: ...

    def end(self) -> Iterator[Finding]: ...

    def unchecked(self) -> dict[str, int]:
        """What could not be checked for want of other documents, and how often."""
        ...


def reach(document: Any, pattern: str) -> list[tuple[At, Any]]:
    """Number and value of everything at ``lines/*/item``; what is missing or null is left out."""
    found: list[tuple[At, Any]] = [((), document)]
    for name in pattern.split("/"):
        if name == "*":
            found = [((*at, number), member) for at, value in found for number, member in enumerate(value)]
        else:
            found = [(at, value.get(name)) for at, value in found]
        found = [pair for pair in found if pair[1] is not None]
    return found


def place(pattern: str, at: At) -> str:
    """The pointer of what was reached; made only where it is told, for that takes most of the time."""
    numbers = iter(at)
    return "".join(f"/{next(numbers) if name == '*' else name}" for name in pattern.split("/"))
