"""The ledger of an evidence directory: one hash-chained line for each thing that may not be undone.

A run writes a line when it starts and one when it ends; people add what they decide afterwards. Each line
holds the hash of the one before, so the last line's hash (the *head*), kept anywhere outside, fixes all of
them: a run that is taken away later is missed.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.evidence.canonical import canonical, now_text, sha256
from syncproof.evidence.journal import FIRST
from syncproof.evidence.locks import FileLock

LEDGER = "ledger.ndjson"
STARTED, FINISHED, ABORTED = "run_started", "run_finished", "run_aborted"
TAIL = 1 << 16
"""How much of the file's end is read to find its last line, at first."""

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger stands: how many lines it has, and the hash of the last one."""

    lines: int
    hash: str

    def __str__(self) -> str:
        return f"{self.lines}:{self.hash}"


class Ledger:
    """The file; whoever appends holds the lock."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / LEDGER
        self.lock = FileLock(directory / ".ledger.lock")

    def append(self, fields: Line) -> str:
        """Write one line (the lock is held) and return its hash."""
        last = self._last()
        torn = last is not None and not last.endswith(b"\n")
        prev = FIRST if last is None else sha256(last.rstrip(b"\n"))
        line = canonical({"at": now_text(), "prev": prev, **fields})
        with self.path.open("ab") as stream:
            stream.write(b"\n" * torn + line + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        return sha256(line)

    def lines(self) -> list[Line]:
        """All lines; one that was torn by a crash is left out."""
        return [line for _, line in self.numbered()]

    def numbered(self, until: int | None = None) -> list[tuple[int, Line]]:
        """The lines with their numbers (from 1, torn ones counted), up to one of them."""
        found = []
        for number, line in enumerate(self._raw()[:until], 1):
            try:
                found.append((number, json.loads(line)))
            except ValueError:
                continue
        return found

    def head(self, until: int | None = None) -> Head:
        """Where the ledger stands now, or stood at one of its lines."""
        raw = self._raw()[:until]
        return Head(len(raw), sha256(raw[-1]) if raw else FIRST)

    def place(self, run: int) -> tuple[int, str] | None:
        """Number (from 1) and hash of the line with which a run started."""
        for number, raw in enumerate(self._raw(), 1):
            if b'"run_started"' in raw and json.loads(raw).get("run") == run:
                return number, sha256(raw)
        return None

    def _raw(self) -> list[bytes]:
        return self.path.read_bytes().splitlines() if self.path.exists() else []

    def _last(self) -> bytes | None:
        """The last line as it stands, with its line break if it has one."""
        if not self.path.exists():
            return None
        with self.path.open("rb") as stream:
            size, span = stream.seek(0, os.SEEK_END), TAIL
            while True:
                stream.seek(max(0, size - span))
                lines = stream.read().splitlines(keepends=True)
                if len(lines) > 1 or span >= size:
                    return lines[-1] if lines else None
                span *= 2


def runs(lines: list[Line]) -> list[int]:
    """The numbers of all runs ever started, in the order of the ledger."""
    return [int(line["run"]) for line in lines if line["type"] == STARTED]


def gaps(lines: list[Line]) -> list[int]:
    """Numbers below the highest that no line starts: runs that were taken away."""
    started = set(runs(lines))
    return [number for number in range(1, max(started, default=0)) if number not in started]
