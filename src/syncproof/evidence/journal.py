"""The journal of one worker: what happened, as it happens.

One canonical JSON line per event, each with the hash of the line before; a write per event, an
fsync per scenario (in the background, 20 ms later at most). A killed run leaves a valid prefix. The
last line of defence against secrets is here: no line holds a registered secret.
"""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from syncproof.errors import EvidenceError
from syncproof.evidence.canonical import canonical, now_text, sha256
from syncproof.evidence.locks import hold
from syncproof.evidence.syncing import Syncer

FIRST = "0" * 64
"""``prev`` of a journal's first line."""
SEALED = "seal.json"
"""Where this lies beside the journals, none may be begun any more."""


def journal_path(record: Path, worker: str) -> Path:
    """Where the journal of ``worker`` lies in a pack's ``record`` directory."""
    return record / f"journal-{worker}.ndjson"


class Journal:
    """Appends events; implements :class:`syncproof.transport.RecordSink`.

    ``clean`` takes the secrets out of a line (the redactor of the run).
    """

    recording = True

    def __init__(self, pack: Path, worker: str, clean: Callable[[bytes], bytes] = bytes) -> None:
        self.worker = worker
        self.pack: Path | None = pack
        self.scenario: str | None = None
        self.step: int | None = None
        self._clean = clean
        self._lock = threading.Lock()
        self._at = (0, FIRST, 0)
        """Number and ``prev`` of the next line, and the length of the file."""
        self._under_way = b""
        self._bodies: set[str] = set()
        self._exchanges = pack / "exchanges"
        self._file = self._open(pack / "record")
        self._syncer = Syncer(self._file)

    def _open(self, record: Path) -> int:
        try:
            record.mkdir(parents=True, exist_ok=True)
            self._exchanges.mkdir(exist_ok=True)
            if (record / SEALED).exists():
                raise FileExistsError(None, "the record is sealed")
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
            file = os.open(journal_path(record, self.worker), flags, 0o644)
        except OSError as error:
            text = (
                f"the journal of worker {self.worker} cannot be made in {record}: {error.strerror}. "
                "Give a directory that can be written to with --evidence."
            )
            raise EvidenceError(text) from None
        hold(file)
        return file

    def append(self, type_: str, fields: dict[str, Any]) -> None:
        """Write one event; ``fields`` must be JSON types. EvidenceError if it cannot be written."""
        with self._lock:
            self._catch_up()
            seq, prev, _ = self._at
            event = {"seq": seq, "at": now_text(), "worker": self.worker, "type": type_, "prev": prev, **fields}
            self._under_way = self._line(event) + b"\n"
            self._write(self._under_way, self._file)
            self._count_line()

    def _catch_up(self) -> None:
        """Ctrl-C can come between a line's being written and being counted: the next line would break the chain."""
        if self._under_way and os.fstat(self._file).st_size == self._at[2] + len(self._under_way):
            self._count_line()

    def _count_line(self) -> None:
        (seq, _, size), line = self._at, self._under_way
        self._at = (seq + 1, sha256(line[:-1]), size + len(line))
        self._under_way = b""

    def _line(self, event: dict[str, Any]) -> bytes:
        """The canonical line of an event without secrets: one that was a key stood elsewhere among the keys."""
        line = canonical(event)
        cleaned = self._clean(line)
        try:
            return line if cleaned == line else canonical(json.loads(cleaned))
        except ValueError:
            raise EvidenceError("a registered secret is a word of JSON itself: use another one") from None

    def _write(self, data: bytes, file: int) -> None:
        try:
            written = os.write(file, data)
        except OSError as error:
            raise self._unwritable(error) from None
        if written != len(data):
            text = f"the record in {self.pack} was cut off: is the disk full?"
            raise EvidenceError(text)

    def keep_body(self, body: bytes) -> str | None:
        """Store a body under its sha256, once for all workers; None for an empty one."""
        if not body:
            return None
        name = sha256(body)
        if name not in self._bodies:
            self._store(f"{self._exchanges}{os.sep}{name}", body)
            self._bodies.add(name)
        return name

    def _store(self, path: str, body: bytes) -> None:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        try:
            file = os.open(path, flags, 0o644)
        except FileExistsError:
            return
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            self._write(body, file)
        finally:
            os.close(file)

    def sync(self) -> None:
        """Make what was written survive a power cut; called at the end of each scenario."""
        try:
            self._syncer.want()
        except OSError as error:
            raise self._unwritable(error) from None

    def close(self) -> None:
        """Sync and close; a closed journal takes no more events."""
        if self._file < 0:
            return
        try:
            self._syncer.close()
        except OSError as error:
            raise self._unwritable(error) from None
        finally:
            os.close(self._file)
            self._file = -1

    def _unwritable(self, error: OSError) -> EvidenceError:
        return EvidenceError(f"the record in {self.pack} cannot be written: {error.strerror}")
