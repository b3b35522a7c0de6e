"""The reviewed list of changes that no test can or should notice: ``explained.tsv``."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class Change(Protocol):
    """What identifies a change: the file, the lines before and the lines after."""

    file: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Row:
    """One explained change; ``why`` says what makes it equivalent."""

    file: str
    was: str
    becomes: str
    why: str


@dataclass
class Explained:
    """The list, and what of it was needed."""

    rows: list[Row]
    used: set[Row] = field(default_factory=set)

    def state(self, survivor: Change) -> str:
        """``explained`` or ``survived``."""
        same = (survivor.file, survivor.was, survivor.becomes)
        found = {row for row in self.rows if (row.file, row.was, row.becomes) == same}
        self.used |= found
        return "explained" if found else "survived"

    def unused(self, files: set[str]) -> list[Row]:
        """The rows about some files that explained nothing."""
        return [row for row in self.rows if row.file in files and row not in self.used]


def read(root: Path) -> Explained:
    """The list of this repository; ValueError for a row without a reason."""
    with (root / "tests" / "mutants" / "explained.tsv").open(encoding="utf-8", newline="") as file:
        rows = [Row(**line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    empty = [row for row in rows if not row.why]
    if empty:
        raise ValueError(f"explained.tsv: no reason is given for {empty[0].was!r} in {empty[0].file}")
    return Explained(rows)
