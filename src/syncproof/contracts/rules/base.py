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


def reach(value: Any, pattern: str, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Pointer and value of everything at ``lines/*/item``; what is missing or null is left out."""
    name, _, rest = pattern.partition("/")
    if name == "*":
        pairs = [(f"{pointer}/{number}", member) for number, member in enumerate(value)]
    else:
        pairs = [(f"{pointer}/{name}", value.get(name))]
    for place, member in pairs:
        if rest and member is not None:
            yield from reach(member, rest, place)
        elif member is not None:
            yield place, member
