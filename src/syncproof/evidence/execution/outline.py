"""What a run came to, without reading all of its record: enough for the state of a protocol over many runs.

Exchanges, nine tenths of the bytes, are passed over. A scenario in which a check or step failed has failed, whatever
its last line says; whether the record holds together, verify says.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from syncproof.evidence.deviations import FAILING
from syncproof.evidence.reader import Event
from syncproof.evidence.verdicts import ScenarioVerdict, worst

_PASSED_OVER = (b'"type":"exchange"', b'"type":"input"', b'"type":"step_started"')
"""Canonical JSON has no blanks; a text that holds these words has its quotes escaped."""
_PLAN, TAIL = b'"type":"plan","worker":', 200


class Planned(msgspec.Struct, frozen=True, gc=False):
    """A scenario that was collected, as the plan has it."""

    id: str
    selected: bool = False
    requirements: tuple[str, ...] = ()
    protocol: str | None = None


class Plan(msgspec.Struct, frozen=True, gc=False):
    """What of a plan the state of a protocol needs; there may be very many scenarios."""

    features: tuple[dict[str, str], ...] = ()
    scenarios: tuple[Planned, ...] = ()
    requirements: dict[str, Any] = {}
    protocols: dict[str, Any] = {}


@dataclass(slots=True)
class Outline:
    """``results`` are the scenarios that began, ``shown`` the requirements of which a check passed in them."""

    path: Path
    started: Event = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    systems: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    results: dict[str, ScenarioVerdict] = field(default_factory=dict)
    shown: dict[str, frozenset[str]] = field(default_factory=dict)
    deviations: list[Event] = field(default_factory=list)
    planned: dict[str, Planned] = field(default_factory=dict)

    @property
    def is_here(self) -> bool:
        """Whether the pack holds a record."""
        return bool(self.started or self.results)

    @property
    def verdicts(self) -> dict[str, ScenarioVerdict]:
        """Of the scenarios that the run was asked for; ``not run`` if they never began."""
        asked: dict[str, ScenarioVerdict] = {id_: "not run" for id_, one in self.planned.items() if one.selected}
        return asked | self.results

    def requirements(self, scenario: str) -> tuple[str, ...]:
        """What a scenario carries."""
        one = self.planned.get(scenario)
        return () if one is None else one.requirements


def outline(pack: Path) -> Outline:
    """The outline of a pack; an empty one if it holds no journal."""
    found = Outline(pack)
    for path in sorted((pack / "record").glob("journal-*.ndjson")):
        if not path.name.startswith("journal-integration"):
            _Reading(found).read(path)
    found.planned = {sys.intern(one.id): one for one in found.plan.scenarios}
    return found


class _Reading:
    """Puts the events of one journal together."""

    def __init__(self, found: Outline) -> None:
        self._found = found
        self._open: str | None = None
        self._has_failed = False
        self._shown: set[str] = set()
        self._known: dict[frozenset[str], frozenset[str]] = {}
        """Many scenarios show the same: one object for all of them."""

    def read(self, path: Path) -> None:
        for line in _lines(path):
            if _PLAN in line[-TAIL:]:  # keys are sorted: type and worker come last
                self._found.plan = msgspec.json.decode(line, type=Plan)
            else:
                self._take(msgspec.json.decode(line, type=dict[str, Any]))
        self._end("aborted")

    def _take(self, event: Event) -> None:
        found = self._found
        match event["type"]:
            case "scenario_started":
                self._end("aborted")
                self._open, self._has_failed, self._shown = sys.intern(event["scenario"]), False, set()
            case "check":
                self._has_failed |= event["verdict"] in FAILING
                self._shown |= {event["requirement"]} if event["verdict"] == "passed" else set()
            case "step_finished":
                self._has_failed |= event["verdict"] == "failed"
            case "scenario_finished":
                self._end(event["verdict"])
            case "run_started":
                found.started = event
            case "system_identified":
                found.systems[event["system"]] = event["identity"]
            case "deviation":
                found.deviations.append(event)

    def _end(self, verdict: ScenarioVerdict) -> None:
        """Of several runs of one scenario, the one that ended worst counts, and what all of them showed."""
        if self._open is None:
            return
        id_, results = self._open, self._found.results
        said: ScenarioVerdict = "failed" if self._has_failed else verdict
        shown = self._found.shown
        both = frozenset(self._shown & shown.get(id_, self._shown))
        shown[id_] = self._known.setdefault(both, both)
        results[id_] = worst(results[id_], said) if id_ in results else said
        self._open = None


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        for line in stream:
            if line.endswith(b"\n") and not any(mark in line for mark in _PASSED_OVER):
                yield line
