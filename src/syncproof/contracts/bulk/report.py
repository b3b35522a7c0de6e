"""What was found: bounded, however much there is."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong. ``rule`` and ``requirement`` are those of a rule that no schema can say."""

    file: str
    line: int | None
    pointer: str
    message: str
    expected: str
    actual: str
    rule: str | None = None
    requirement: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        rule = f" [{self.rule}, {self.requirement}]" if self.rule else ""
        text = f"{place} {self.pointer or '/'}: {self.message}{rule}"
        return f"{text}\n    expected {self.expected}, found {self.actual}"


@dataclass(slots=True)
class Report:
    """``documents`` that were looked at, how many of them are ``invalid``, and the first ``most`` mistakes.

    ``total`` counts all mistakes; ``unchecked`` what a rule could not look at, by reason.
    """

    most: int
    documents: int = 0
    invalid: int = 0
    total: int = 0
    errors: list[Mistake] = field(default_factory=list)
    unchecked: dict[str, int] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many more mistakes are told."""
        return self.most - len(self.errors)

    def add(self, *mistakes: Mistake) -> None:
        self.total += len(mistakes)
        self.errors += mistakes[: self.room]

    def plain(self) -> dict[str, Any]:
        """One JSON object."""
        return {
            "documents": self.documents,
            "invalid": self.invalid,
            "total": self.total,
            "errors": [asdict(each) for each in self.errors],
            "unchecked": self.unchecked,
        }


Told = Callable[[Report, int], None]
"""Called after each document with the number of its bytes."""
