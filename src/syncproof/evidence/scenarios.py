"""One scenario as the record has it: steps, checks and exchanges put together from the events of a journal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from syncproof.evidence.verdicts import ScenarioVerdict

Event = dict[str, Any]


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


def assembled(events: Iterable[Event]) -> ScenarioRecord:
    """The scenario of these events, of which the first starts it; what belongs to another one is left out."""
    found: ScenarioRecord | None = None
    for event in events:
        if found is None:
            steps = [
                StepRecord(number, step["keyword"], step["type"], step["text"], step["line"])
                for number, step in enumerate(event["steps"], 1)
            ]
            found = ScenarioRecord(event["scenario"], event["worker"], event, steps)
        elif event.get("scenario") == found.id:
            _take(found, event)
    if found is None:
        raise ValueError("a scenario has at least the event that starts it")
    return found


def _take(scenario: ScenarioRecord, event: Event) -> None:
    kind, step = event["type"], _step(scenario, event)
    if kind == "scenario_finished":
        scenario.finished = event
    elif kind == "exchange":
        scenario.exchanges.append(event)
        if step is not None:
            step.exchanges.append(event)
    elif step is None:
        return
    elif kind == "step_started":
        step.started = event["at"]
    elif kind == "step_finished":
        step.finished = event
    elif kind == "check":
        step.checks.append(event)


def _step(scenario: ScenarioRecord, event: Event) -> StepRecord | None:
    number = event.get("n", event.get("step"))
    if not isinstance(number, int) or not 0 < number <= len(scenario.steps):
        return None
    return scenario.steps[number - 1]
