"""The clause index: each rule on validation records, and where a pack meets it, or whose it is.

Read from the copy in the pack (``inputs/registry/clauses.toml``). Clause numbers that were not checked against the
primary text are not printed.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from syncproof.evidence.dossier import Dossier

FILE = "inputs/registry/clauses.toml"
State = Literal["in the pack", "not in this pack", "procedural, yours"]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One rule. ``where`` says in words what meets it; ``files`` are the places in the pack."""

    number: int
    rule: str
    source: str
    state: State
    where: str
    files: tuple[str, ...]


def clause_rows(dossier: Dossier) -> tuple[ClauseRow, ...]:
    """The rows for a pack; empty where it holds no index."""
    path = dossier.record.path / FILE
    if not path.is_file():
        return ()
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["clause"]
    types = {type_ for journal in dossier.record.journals for type_ in journal.types}
    return tuple(_row(table, dossier, types) for table in tables)


def _row(table: dict[str, Any], dossier: Dossier, types: set[str]) -> ClauseRow:
    files = tuple(name for pattern in table.get("files", ()) for name in _found(dossier.record.path, pattern))
    state: State = "in the pack"
    if table.get("procedural"):
        state = "procedural, yours"
    elif (table.get("files") and not files) or not set(table.get("events", ())) <= types or not _holds(table, dossier):
        state = "not in this pack"
    return ClauseRow(table["number"], table["rule"], table["source"], state, table["where"], files)


def _found(pack: Path, pattern: str) -> list[str]:
    """The first file of a pattern; views that are being made count as there."""
    if "*" not in pattern:
        return [pattern] if (pack / pattern).exists() or pattern in VIEWS else []
    return [path.relative_to(pack).as_posix() for path in sorted(pack.glob(pattern))[:1]]


VIEWS = ("index.html", "traceability.xlsx", "protocol.pdf", "summary.pdf", "junit.xml", "ro-crate-metadata.json")


def _holds(table: dict[str, Any], dossier: Dossier) -> bool:
    """What no file shows by being there."""
    return {
        "signed": bool(dossier.signatures),
        "approved": dossier.notice is None,
        "concluded": dossier.conclusion is not None,
        "deviations settled": all(one.state == "closed" for one in dossier.deviations),
    }.get(table.get("holds", ""), True)
