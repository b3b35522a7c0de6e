"""The selection scorecard: what a run brings to each dimension. The score is left to a person.

Read from the copy in the pack (``inputs/registry/scorecard.toml``).
"""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from syncproof.evidence.matrix import Matrix

FILE = "inputs/registry/scorecard.toml"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: ids of the requirements that bring evidence to it, by state."""

    name: str
    scored: str
    excellent: str
    states: dict[str, tuple[str, ...]]


def dimensions(pack: Path, matrix: Matrix) -> tuple[Dimension, ...]:
    """The dimensions of a pack's scorecard; empty where it has none."""
    path = pack / FILE
    if not path.is_file():
        return ()
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["dimension"]
    return tuple(_dimension(table, matrix) for table in tables)


def source(pack: Path) -> str:
    """Where the dimensions of a pack's scorecard come from, by title and section."""
    said: dict[str, str] = tomllib.loads((pack / FILE).read_text(encoding="utf-8")).get("source", {})
    return ", ".join(said[name] for name in ("title", "section") if name in said) or "not stated"


def _dimension(table: dict[str, Any], matrix: Matrix) -> Dimension:
    states: dict[str, list[str]] = {}
    for row in matrix.rows:
        if any(fnmatchcase(row.id, pattern) for pattern in table["requirements"]):
            states.setdefault(row.state, []).append(row.id)
    shown = {state: tuple(ids) for state, ids in sorted(states.items())}
    return Dimension(table["name"], table["scored"], table["excellent"], shown)
