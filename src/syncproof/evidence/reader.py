"""Reads a pack: the valid prefix of each journal, scenarios with their steps, checks and exchanges.

Views and verdicts are made from what this module returns, and from nothing else. The journals are gone through once,
line by line; scenarios and exchanges are read again where they stand when they are asked for, so that a record of any
size fits into memory.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from syncproof.errors import EvidenceError
from syncproof.evidence.canonical import sha256
from syncproof.evidence.journal import FIRST, journal_path
from syncproof.evidence.scenarios import Event, ScenarioRecord, StepRecord, assembled
from syncproof.evidence.verdicts import ScenarioVerdict, worst

__all__ = ["Event", "JournalFile", "Record", "ScenarioRecord", "StepRecord", "count_events", "read_pack"]

WITHIN = frozenset(
    {"scenario_started", "step_started", "step_finished", "check", "exchange", "input", "scenario_finished"}
)
"""Types of events that are read where they stand; all others are few, and kept."""


HELD = "messages_held"
"""Type of the event in which a worker says what its messages came to when they were held against their contracts."""


class Place(NamedTuple):
    """Bytes of a journal."""

    path: Path
    start: int
    end: int

    def events(self) -> Iterator[Event]:
        """The events that stand there."""
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            for line in stream.read(self.end - self.start).splitlines():
                yield msgspec.json.decode(line)


@dataclass(frozen=True, slots=True)
class JournalFile:
    """One worker's journal. ``apart`` are the events that belong to no scenario, ``types`` all that occur; ``broken``
    says why the rest of the file, beyond ``end``, was not read (None: it was)."""

    worker: str
    path: Path
    end: int
    apart: tuple[Event, ...]
    types: frozenset[str]
    broken: str | None

    def events(self) -> Iterator[Event]:
        """All valid events, in their order."""
        with self.path.open("rb") as stream:
            left = self.end
            for line in stream:
                left -= len(line)
                if left < 0:
                    return
                yield msgspec.json.decode(line)

    def of_type(self, type_: str) -> Iterator[Event]:
        """The events of one type, in their order."""
        if type_ not in self.types:
            return iter(())
        return (event for event in (self.events() if type_ in WITHIN else self.apart) if event["type"] == type_)


class Scenarios(Mapping[str, ScenarioRecord]):
    """Scenarios by id, read when they are asked for."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[Place, ScenarioVerdict]] = {}

    def keep(self, id_: str, place: Place, verdict: ScenarioVerdict) -> None:
        """Note where a scenario stands; of several runs of one, the one that ended worst."""
        before = self._places.get(id_)
        if before is None or worst(before[1], verdict) == verdict:
            self._places[sys.intern(id_)] = (place, verdict)

    def verdicts(self) -> dict[str, ScenarioVerdict]:
        """The verdicts, without reading anything again."""
        return {id_: verdict for id_, (_, verdict) in self._places.items()}

    def __getitem__(self, id_: str) -> ScenarioRecord:
        return assembled(self._places[id_][0].events())

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Exchanges(Mapping[str, Event]):
    """Exchanges by id, read when they are asked for."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def keep(self, id_: str, place: Place) -> None:
        """Note where an exchange stands."""
        self._places[id_] = place

    def __getitem__(self, id_: str) -> Event:
        return next(self._places[id_].events())

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(slots=True)
class Record:
    """What a pack holds."""

    path: Path
    journals: tuple[JournalFile, ...]
    scenarios: Scenarios
    exchanges: Exchanges

    def of_type(self, type_: str) -> Iterator[Event]:
        """The events of one type, worker by worker."""
        return (event for journal in self.journals for event in journal.of_type(type_))

    def first(self, type_: str) -> Event | None:
        """The first event of a type, if there is one."""
        return next(self.of_type(type_), None)

    @property
    def is_whole(self) -> bool:
        """Whether the whole suite was asked for, not some of its files."""
        started = self.first("run_started")
        return started is None or "features" in started["selection"].get("paths", ["features"])

    @property
    def seconds(self) -> float | None:
        """How long the run took, by the host clock; None if its end is not on record."""
        started = self.first("run_started")
        ended = self.first("run_finished") or self.first("run_aborted")
        if started is None or ended is None:
            return None
        begin, end = (datetime.fromisoformat(event["at"]) for event in (started, ended))
        return (end - begin).total_seconds()

    @property
    def plan(self) -> list[dict[str, Any]]:
        """Every written scenario: id, feature, line, requirements, selected."""
        planned = self.first("plan")
        return [] if planned is None else list(planned["scenarios"])

    def verdicts(self) -> dict[str, ScenarioVerdict]:
        """The verdict of every written scenario: what was not selected is ``unselected``, what was
        selected and never began ``not run``."""
        found: dict[str, ScenarioVerdict] = {
            one["id"]: "not run" if one["selected"] else "unselected" for one in self.plan
        }
        return found | self.scenarios.verdicts()

    def body(self, name: str | None) -> bytes | None:
        """A stored body; None if there is none. EvidenceError if it is not what its name says."""
        if name is None:
            return None
        path = self.path / "exchanges" / name
        if not path.is_file():
            return None
        body = path.read_bytes()
        if sha256(body) != name:
            text = f"the body {path} does not have the hash that is its name: it was changed or cut off"
            raise EvidenceError(text)
        return body


def read_pack(path: Path) -> Record:
    """Read a pack; EvidenceError if it is none. A broken journal is read as far as it is valid."""
    files = sorted((path / "record").glob("journal-*.ndjson"))
    if not files:
        text = f"{path} is no pack: it holds no record/journal-*.ndjson"
        raise EvidenceError(text)
    scenarios, exchanges = Scenarios(), Exchanges()
    journals = tuple(_Pass(file, scenarios, exchanges).read() for file in files)
    return Record(path, journals, scenarios, exchanges)


def events_of(pack: Path, worker: str, *types: str) -> Iterator[Event]:
    """The events of some types in the journal of one worker, as it stands; without reading all of each line."""
    marks = [f'"type":"{type_}"'.encode() for type_ in types]
    path = journal_path(pack / "record", worker)
    if not path.is_file():
        return
    with path.open("rb") as stream:
        for line in stream:
            if line.endswith(b"\n") and any(mark in line for mark in marks):
                event: Event = msgspec.json.decode(line)
                if event["type"] in types:
                    yield event


def count_events(path: Path, type_: str) -> int:
    """How many events of a type the journals of a pack hold; without reading all of each line."""
    mark = f'"type":"{type_}"'.encode()
    return sum(_occurs(mark, file) for file in (path / "record").glob("journal-*.ndjson"))


def _occurs(mark: bytes, file: Path) -> int:
    """How many whole lines of a file hold these bytes."""
    with file.open("rb") as stream:
        return sum(mark in line and line.endswith(b"\n") for line in stream)


class _Pass:
    """Goes through one journal: checks its chain, and notes where each scenario and exchange stands."""

    def __init__(self, path: Path, scenarios: Scenarios, exchanges: Exchanges) -> None:
        self._path = path
        self._worker = path.name.removeprefix("journal-").removesuffix(".ndjson")
        self._scenarios, self._exchanges = scenarios, exchanges
        self._apart: list[Event] = []
        self._types: set[str] = set()
        self._open: list[Event] = []
        self._start = self._at = 0

    def read(self) -> JournalFile:
        """The journal, as far as it is valid."""
        prev, broken = FIRST, None
        with self._path.open("rb") as stream:
            for number, line in enumerate(stream):
                event = _line_fault(line, number, prev, self._worker)
                if isinstance(event, str):
                    broken = f"{self._path.name}, line {number + 1}: {event}"
                    break
                self._take(event, self._at + len(line))
                self._at += len(line)
                prev = sha256(line[:-1])
        self._close(self._at)
        return JournalFile(self._worker, self._path, self._at, tuple(self._apart), frozenset(self._types), broken)

    def _take(self, event: Event, end: int) -> None:
        kind = event["type"]
        self._types.add(kind)
        if kind not in WITHIN:
            self._apart.append(event)
        if kind == "exchange":
            self._exchanges.keep(event["id"], Place(self._path, self._at, end))
        if kind == "scenario_started":
            self._close(self._at)
            self._start, self._open = self._at, [event]
        elif self._open:
            self._open.append(event)
            if kind == "scenario_finished" and event["scenario"] == self._open[0]["scenario"]:
                self._close(end)

    def _close(self, end: int) -> None:
        if self._open:
            done = assembled(self._open)
            self._scenarios.keep(done.id, Place(self._path, self._start, end), done.verdict)
        self._open = []


def _line_fault(line: bytes, number: int, prev: str, worker: str) -> Event | str:
    """The event of a line, or why it is not valid where it stands."""
    if not line.endswith(b"\n"):
        return "it was cut off"
    try:
        event: Event = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        return "it is no JSON"
    if event.get("prev") != prev:
        return "it does not follow the line before"
    if event.get("seq") != number or event.get("worker") != worker:
        return "its number or worker is another one's"
    return event
