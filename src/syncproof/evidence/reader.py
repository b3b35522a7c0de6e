"""Reads a pack: the valid prefix of each journal, scenarios with their steps, checks and exchanges.

Views and verdicts are made from what this module returns, and from nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from syncproof.errors import EvidenceError
from syncproof.evidence.canonical import sha256
from syncproof.evidence.journal import FIRST
from syncproof.evidence.verdicts import ScenarioVerdict, worst

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JournalFile:
    """One worker's journal. ``broken`` says why the rest of the file was not read (None: it was)."""

    worker: str
    events: tuple[Event, ...]
    broken: str | None


@dataclass(slots=True)
class StepRecord:
    """One step as it was planned and, if it was run, what became of it."""

    number: int
    keyword: str
    type: str
    text: str
    line: int
    started: str | None = None
    finished: Event | None = None
    checks: list[Event] = field(default_factory=list)
    exchanges: list[Event] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """``passed``, ``failed``, …; ``not run`` if an earlier step ended the scenario."""
        if self.finished is not None:
            return str(self.finished["verdict"])
        return "not run" if self.started is None else "aborted"


@dataclass(slots=True)
class ScenarioRecord:
    """One scenario of one run."""

    id: str
    worker: str
    started: Event
    steps: list[StepRecord]
    finished: Event | None = None
    exchanges: list[Event] = field(default_factory=list)

    @property
    def checks(self) -> list[Event]:
        """All checks, in order."""
        return [check for step in self.steps for check in step.checks]

    @property
    def requirements(self) -> tuple[str, ...]:
        """The requirements it carries."""
        return tuple(self.started["requirements"])

    @property
    def reason(self) -> str | None:
        """Why it did not pass, in words."""
        return None if self.finished is None else self.finished["reason"]

    @property
    def verdict(self) -> ScenarioVerdict:
        """What was written at its end, unless the record itself says otherwise: a scenario without
        an end was aborted, and none passed that has a check or a step that did not."""
        if self.finished is None:
            return "aborted"
        said: ScenarioVerdict = self.finished["verdict"]
        if said == "passed" and not self._bears_out():
            return "failed"
        return said

    def _bears_out(self) -> bool:
        checked = {check["requirement"] for check in self.checks}
        return (
            all(step.verdict == "passed" for step in self.steps)
            and all(check["verdict"] == "passed" for check in self.checks)
            and checked.issuperset(self.requirements)
        )


@dataclass(slots=True)
class Record:
    """What a pack holds."""

    path: Path
    journals: tuple[JournalFile, ...]
    scenarios: dict[str, ScenarioRecord]
    exchanges: dict[str, Event]

    def of_type(self, type_: str) -> Iterator[Event]:
        """The events of one type, worker by worker."""
        return (event for journal in self.journals for event in journal.events if event["type"] == type_)

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
        return found | {id_: scenario.verdict for id_, scenario in self.scenarios.items()}

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
    journals = tuple(map(_read_journal, files))
    assembly = _Assembly()
    for journal in journals:
        assembly.take(journal)
    return Record(path, journals, assembly.scenarios, assembly.exchanges)


def count_events(path: Path, type_: str) -> int:
    """How many events of a type the journals of a pack hold; without reading all of each line."""
    mark = f'"type":"{type_}"'.encode()
    journals = (path / "record").glob("journal-*.ndjson")
    lines = (line for file in journals for line in file.read_bytes().splitlines(keepends=True))
    return sum(mark in line and line.endswith(b"\n") for line in lines)


def _read_journal(path: Path) -> JournalFile:
    worker = path.name.removeprefix("journal-").removesuffix(".ndjson")
    events: list[Event] = []
    prev = FIRST
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True)):
        fault = _line_fault(line, number, prev, worker)
        if isinstance(fault, str):
            return JournalFile(worker, tuple(events), f"{path.name}, line {number + 1}: {fault}")
        events.append(fault)
        prev = sha256(line[:-1])
    return JournalFile(worker, tuple(events), None)


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


class _Assembly:
    """Puts the events of the journals together to scenarios."""

    def __init__(self) -> None:
        self.scenarios: dict[str, ScenarioRecord] = {}
        self.exchanges: dict[str, Event] = {}
        self._open: ScenarioRecord | None = None

    def take(self, journal: JournalFile) -> None:
        self._open = None
        for event in journal.events:
            handler = getattr(self, f"_{event['type']}", None)
            if handler is not None:
                handler(event)
        self._close()

    def _scenario_started(self, event: Event) -> None:
        self._close()
        steps = [
            StepRecord(number, step["keyword"], step["type"], step["text"], step["line"])
            for number, step in enumerate(event["steps"], 1)
        ]
        self._open = ScenarioRecord(event["scenario"], event["worker"], event, steps)

    def _scenario_finished(self, event: Event) -> None:
        if self._open is not None and self._open.id == event["scenario"]:
            self._open.finished = event
            self._close()

    def _close(self) -> None:
        """Keep a scenario; of several runs of one, the one that ended worst."""
        done, self._open = self._open, None
        if done is None:
            return
        before = self.scenarios.get(done.id)
        if before is None or worst(before.verdict, done.verdict) == done.verdict:
            self.scenarios[done.id] = done

    def _step(self, number: int | None) -> StepRecord | None:
        if self._open is None or number is None or not 0 < number <= len(self._open.steps):
            return None
        return self._open.steps[number - 1]

    def _step_started(self, event: Event) -> None:
        step = self._step(event["n"])
        if step is not None:
            step.started = event["at"]

    def _step_finished(self, event: Event) -> None:
        step = self._step(event["n"])
        if step is not None:
            step.finished = event

    def _check(self, event: Event) -> None:
        step = self._step(event["step"])
        if step is not None:
            step.checks.append(event)

    def _exchange(self, event: Event) -> None:
        self.exchanges[event["id"]] = event
        if self._open is None or event["scenario"] != self._open.id:
            return
        self._open.exchanges.append(event)
        step = self._step(event["step"])
        if step is not None:
            step.exchanges.append(event)
