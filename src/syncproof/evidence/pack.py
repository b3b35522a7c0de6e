"""Packs and their ledger: every run that ever started has a number, without gaps.

``ledger.ndjson`` holds a line when a run starts and one when it finishes or, if it was killed, when
the next run finds it dead (its lock is free and no finish is on record). Lines are canonical JSON,
chained by ``prev`` like a journal's.
"""

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syncproof.errors import EvidenceError
from syncproof.evidence.canonical import canonical, now_text, sha256
from syncproof.evidence.journal import FIRST, Journal
from syncproof.evidence.locks import FileLock

LEDGER = "ledger.ndjson"
RECOVERY = "recovery"
"""Worker name of the journal in which the next run marks a killed one as aborted."""

_PACK_NAME = re.compile(r"(\d{4,})-\d{8}T\d{6}Z")


@dataclass(slots=True)
class Pack:
    """The directory of one run; ``number`` is its number in the ledger."""

    path: Path
    number: int
    _evidence: "Evidence"
    _alive: FileLock

    def finish(self, fields: dict[str, Any], *, aborted: str | None = None) -> None:
        """Write the ledger's last line of this run; ``aborted`` is the reason, if it was."""
        what = {"type": "run_finished"} if aborted is None else {"type": "run_aborted", "reason": aborted}
        self._evidence.note({**what, "run": self.number, "pack": self.path.name, **fields})
        self._alive.give_back()
        self._alive.path.unlink(missing_ok=True)


class Evidence:
    """An evidence directory with its ledger."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def open_run(self, fields: dict[str, Any]) -> Pack:
        """Number a new run and make its pack; EvidenceError if the directory cannot be written."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with self._lock():
                lines = self.lines()
                self._mark_killed(lines)
                return self._start(1 + max([0, *_numbers(lines), *self._on_disk()]), fields)
        except OSError as error:
            text = f"no evidence can be kept in {self.directory}: {error.strerror}"
            raise EvidenceError(f"{text}. Give another place with --evidence.") from None

    def mark_killed(self) -> None:
        """Mark the runs that ended without a word as aborted; the next run does it too."""
        with self._lock():
            self._mark_killed(self.lines())

    def note(self, fields: dict[str, Any]) -> None:
        """Append one line to the ledger."""
        with self._lock():
            self._append(fields)

    def lines(self) -> list[dict[str, Any]]:
        """The ledger's lines; one that was torn by a crash is left out."""
        found = []
        for line in self._bytes().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def _start(self, number: int, fields: dict[str, Any]) -> Pack:
        now = datetime.now(UTC)
        name = f"{number:04d}-{now:%Y%m%dT%H%M%SZ}"
        alive = FileLock(self._alive_path(number))
        alive.take(wait=False)
        self._append({"type": "run_started", "run": number, "pack": name, **fields})
        path = self.directory / name
        (path / "record").mkdir(parents=True)
        (path / "exchanges").mkdir()
        return Pack(path, number, self, alive)

    def _mark_killed(self, lines: list[dict[str, Any]]) -> None:
        ended = {line["run"] for line in lines if line["type"] in {"run_finished", "run_aborted"}}
        for line in lines:
            if line["type"] == "run_started" and line["run"] not in ended:
                self._mark_if_dead(line["run"], line["pack"])

    def _mark_if_dead(self, number: int, pack: str) -> None:
        lock = FileLock(self._alive_path(number))
        if not lock.take(wait=False):
            return
        reason = "the run ended without a word (killed, or the machine went down)"
        self._append({"type": "run_aborted", "run": number, "pack": pack, "reason": reason})
        lock.give_back()
        lock.path.unlink(missing_ok=True)
        if (self.directory / pack).is_dir():
            _mark_in_pack(self.directory / pack, reason)

    def _append(self, fields: dict[str, Any]) -> None:
        data = self._bytes()
        torn = b"" if data.endswith(b"\n") or not data else b"\n"
        last = data.splitlines()[-1] if data else None
        line = canonical({"at": now_text(), "prev": FIRST if last is None else sha256(last), **fields})
        with (self.directory / LEDGER).open("ab") as stream:
            stream.write(torn + line + b"\n")
            stream.flush()
            os.fsync(stream.fileno())

    def _bytes(self) -> bytes:
        path = self.directory / LEDGER
        return path.read_bytes() if path.exists() else b""

    def _lock(self) -> FileLock:
        return FileLock(self.directory / ".ledger.lock")

    def _alive_path(self, number: int) -> Path:
        return self.directory / f".run-{number:04d}.lock"

    def _on_disk(self) -> list[int]:
        names = (_PACK_NAME.fullmatch(path.name) for path in self.directory.iterdir())
        return [int(match[1]) for match in names if match]


def _numbers(lines: list[dict[str, Any]]) -> list[int]:
    return [int(line["run"]) for line in lines]


def _mark_in_pack(pack: Path, reason: str) -> None:
    try:
        journal = Journal(pack, RECOVERY)
    except EvidenceError:  # marked already, or read-only: the ledger says it all the same
        return
    journal.append("run_aborted", {"reason": reason})
    journal.close()
