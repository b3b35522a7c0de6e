"""What a rule is, and how it finds its way through a document."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

Json = dict[str, Any]


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


def reach(document: Any, pattern: str) -> list[tuple[str, Any]]:
    """Pointer and value of everything at ``lines/*/item``; what is missing or null is left out."""
    found = [("", document)]
    for name in pattern.split("/"):
        if name == "*":
            found = [(f"{place}/{n}", member) for place, value in found for n, member in enumerate(value)]
        else:
            found = [(f"{place}/{name}", value.get(name)) for place, value in found]
        found = [pair for pair in found if pair[1] is not None]
    return found
