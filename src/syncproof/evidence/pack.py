"""Packs: every run that ever started has a number without gaps, a directory of its own, and an end.

A run that was killed is found dead by the next one (its lock is free and no end is on record): it is marked
as aborted, and what it left is sealed as it is.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syncproof.errors import EvidenceError
from syncproof.evidence import manifest, seal
from syncproof.evidence.deviations import opened
from syncproof.evidence.journal import Journal
from syncproof.evidence.ledger import ABORTED, FINISHED, STARTED, Head, Ledger, Line, runs
from syncproof.evidence.locks import FileLock, is_held
from syncproof.evidence.reader import read_pack
from syncproof.patience import poll

RECOVERY = "recovery"
"""Worker name of the journal in which the next run marks a killed one as aborted."""
KILLED = "the run ended without a word (killed, or the machine went down)"

SETTLING = 10.0
"""Seconds for the last writers of a run (its workers, the integration) to end before it is sealed."""

_PACK_NAME = re.compile(r"(\d{4,})-\d{8}T\d{6}Z")


@dataclass(slots=True)
class Pack:
    """The directory of one run; ``number`` is its number in the ledger."""

    path: Path
    number: int
    _evidence: "Evidence"
    _alive: FileLock

    def finish(self, fields: dict[str, Any], *, aborted: str | None = None) -> Head:
        """Seal the record (its journals are closed), write the ledger's last line of this run and return where the
        ledger stands then; ``aborted`` is the reason, if it was."""
        what = {"type": FINISHED} if aborted is None else {"type": ABORTED, "reason": aborted}
        head = self._evidence.end(self, {**what, "run": self.number, "pack": self.path.name, **fields})
        self._alive.give_back()
        self._alive.path.unlink(missing_ok=True)
        return head


class Evidence:
    """An evidence directory with its ledger."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.ledger = Ledger(directory)

    def open_run(self, fields: dict[str, Any]) -> Pack:
        """Number a new run and make its pack; EvidenceError if the directory cannot be written."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self.mark_killed()
            with self.ledger.lock:
                return self._start(1 + max([0, *runs(self.lines()), *self._on_disk()]), fields)
        except OSError as error:
            text = f"no evidence can be kept in {self.directory}: {error.strerror}"
            raise EvidenceError(f"{text}. Give another place with --evidence.") from None

    def end(self, pack: Pack, fields: Line) -> Head:
        """Seal a pack and write the last line of its run; EvidenceError while somebody still writes into it."""
        if not _is_settled(pack.path):
            text = f"{pack.path} is still being written to, {SETTLING:g} s after the run's end, and was not sealed: end"
            raise EvidenceError(f"{text} what the run left behind; the next run, or syncproof evidence head, seals it.")
        with self.ledger.lock:
            ended = fields["type"].removeprefix("run_")
            sealed = seal.make(pack.path, pack.number, self.ledger.place(pack.number), by=seal.CONTROLLER, ended=ended)
            manifest.make(pack.path)
            self.ledger.append({**fields, "seal": sealed})
            return self.ledger.head()

    def mark_killed(self) -> None:
        """Mark the runs that ended without a word as aborted; the next run does it too."""
        for number, pack in self._without_end().items():
            self._mark_if_dead(number, pack)

    def note(self, fields: Line) -> str:
        """Append one line to the ledger and return its hash; EvidenceError if it cannot be written."""
        try:
            with self.ledger.lock:
                return self.ledger.append(fields)
        except OSError as error:
            raise EvidenceError(f"{self.ledger.path} cannot be written: {error.strerror}") from None

    def lines(self) -> list[Line]:
        """The ledger's lines; one that was torn by a crash is left out."""
        return self.ledger.lines()

    def _start(self, number: int, fields: dict[str, Any]) -> Pack:
        now = datetime.now(UTC)
        name = f"{number:04d}-{now:%Y%m%dT%H%M%SZ}"
        alive = FileLock(self._alive_path(number))
        alive.take(wait=False)
        self.ledger.append({"type": STARTED, "run": number, "pack": name, **fields})
        path = self.directory / name
        (path / "record").mkdir(parents=True)
        (path / "exchanges").mkdir()
        return Pack(path, number, self, alive)

    def _without_end(self) -> dict[int, str]:
        """Runs whose end is not on record, and their packs."""
        lines = self.lines()
        ended = {line["run"] for line in lines if line["type"] in {FINISHED, ABORTED}}
        return {line["run"]: line["pack"] for line in lines if line["type"] == STARTED and line["run"] not in ended}

    def _mark_if_dead(self, number: int, pack: str) -> None:
        """The ledger is not locked while a worker or the integration is waited for that outlived its controller; one
        that goes on is left for the next time."""
        lock = FileLock(self._alive_path(number))
        if not lock.take(wait=False):
            return
        is_settled = _is_settled(self.directory / pack)
        if is_settled:
            with self.ledger.lock:
                if number in self._without_end():  # nobody else was faster
                    sealed = self._seal_killed(self.directory / pack, number)
                    self.ledger.append({"type": ABORTED, "run": number, "pack": pack, "reason": KILLED, "seal": sealed})
        lock.give_back()
        if is_settled:
            lock.path.unlink(missing_ok=True)

    def _seal_killed(self, pack: Path, number: int) -> str | None:
        """Mark a dead run in its own pack and seal what it left; None where that cannot be written. One that died
        between its seal and its last line in the ledger keeps the seal it has."""
        if not pack.is_dir():
            return None
        try:
            if seal.of(pack) is None:
                _mark(pack, number)
                seal.make(pack, number, self.ledger.place(number), by=seal.RECOVERY, ended="aborted")
            manifest.make(pack)
        except (OSError, EvidenceError):
            pass
        return seal.of(pack)

    def _alive_path(self, number: int) -> Path:
        return self.directory / f".run-{number:04d}.lock"

    def _on_disk(self) -> list[int]:
        names = (_PACK_NAME.fullmatch(path.name) for path in self.directory.iterdir())
        return [int(match[1]) for match in names if match]


def _mark(pack: Path, number: int) -> None:
    """Say in a pack itself that its run was killed, and what deviations it had come to."""
    try:
        found = list(opened(read_pack(pack), number)) if any((pack / "record").glob("journal-*")) else []
        journal = Journal(pack, RECOVERY)
        for event in found:
            journal.append("deviation", event)
        journal.append(ABORTED, {"reason": KILLED})
        journal.close()
    except EvidenceError:  # marked already, or read-only: the ledger says it all the same
        pass


def _is_settled(pack: Path) -> bool:
    """Whether nobody writes a journal of a pack any more; waits for those who are about to end."""
    journals = (pack / "record").glob
    return poll(lambda: not any(map(is_held, journals("journal-*.ndjson"))), within=SETTLING)
