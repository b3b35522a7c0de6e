"""The execution of protocols over several runs: deviations, their closure, accepted gaps, the conclusion.

A failed scenario stays open until its deviation is closed, however often it passes later; nobody tests until it
passes. The conclusion is a person's and blank until they enter it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from syncproof.errors import ConfigurationError
from syncproof.evidence import acts
from syncproof.evidence.acts import Act, Person
from syncproof.evidence.ledger import STARTED
from syncproof.evidence.outline import Outline, outline
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import Event

State = Literal["open", "dispositioned", "retested", "closed"]
ItemState = Literal[
    "passed at first", "passed after deviation", "deviation accepted", "gap accepted", "open", "not run"
]
WITHOUT_RETEST = ("accepted as is", "not a defect")
"""Dispositions that need no run in which the scenario passed."""
DISPOSITIONS = ("to be corrected", *WITHOUT_RETEST)
GAPS = ("not supported", "blocked", "not run", "aborted")


@dataclass(frozen=True, slots=True)
class Deviation:
    """What a failed claim opened, and what people did about it since."""

    id: str
    run: int
    pack: str
    event: Event
    acts: tuple[Act, ...] = ()

    @property
    def scenario(self) -> str:
        """Where it was seen."""
        return str(self.event["scenario"])

    def last(self, type_: str) -> Act | None:
        """The last act of a type."""
        return next((act for act in reversed(self.acts) if act.type == type_), None)

    @property
    def state(self) -> State:
        """How far it is."""
        for type_, state in ((acts.CLOSED, "closed"), (acts.RETESTED, "retested"), (acts.DISPOSED, "dispositioned")):
            if self.last(type_) is not None:
                return state  # type: ignore[return-value]
        return "open"


@dataclass(frozen=True, slots=True)
class Item:
    """The state of one scenario over all runs: (run, verdict) of each, oldest first."""

    scenario: str
    state: ItemState
    runs: tuple[tuple[int, str], ...]
    deviations: tuple[str, ...]
    act: Act | None = None


@dataclass
class Execution:
    """All runs of an evidence directory and all acts on them."""

    directory: Path
    evidence: Evidence = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.directory)
        self.lines = self.evidence.lines()
        self.acts = acts.acts(self.lines)

    @cached_property
    def records(self) -> Mapping[int, Outline]:
        """The runs whose packs are here."""
        packs = {line["run"]: self.directory / line["pack"] for line in self.lines if line["type"] == STARTED}
        return {run: outline(path) for run, path in packs.items() if any((path / "record").glob("journal-*"))}

    @cached_property
    def deviations(self) -> Mapping[str, Deviation]:
        """By id."""
        found = {}
        for run, record in self.records.items():
            for event in record.deviations:
                mine = tuple(act for act in self.acts if act.fields.get("deviation") == event["id"])
                found[event["id"]] = Deviation(event["id"], run, record.path.name, event, mine)
        return found

    @cached_property
    def _by_scenario(self) -> Mapping[str, list[Deviation]]:
        found: dict[str, list[Deviation]] = {}
        for one in self.deviations.values():
            found.setdefault(one.scenario, []).append(one)
        return found

    def deviation(self, id_: str) -> Deviation:
        """One deviation; ConfigurationError names those that there are."""
        if id_ not in self.deviations:
            known = ", ".join(self.deviations) or "none"
            raise ConfigurationError(f"there is no deviation {id_!r} in {self.directory}; deviations: {known}")
        return self.deviations[id_]

    def items(self, run: int) -> list[Item]:
        """The scenarios that a run was asked for, with their state over all runs up to now."""
        return [self._item(id_) for id_ in self._record(run).verdicts]

    def conclusion(self, run: int) -> Act | None:
        """What a person concluded of a run; None while nobody has."""
        found = (act for act in reversed(self.acts) if act.type == acts.CONCLUDED and act.fields["run"] == run)
        return next(found, None)

    def _item(self, scenario: str) -> Item:
        found = ((run, record.verdicts.get(scenario)) for run, record in self.records.items())
        runs = tuple((run, verdict) for run, verdict in found if verdict is not None)
        mine = self._by_scenario.get(scenario, [])
        gap = next((act for act in reversed(self.acts) if _accepts(act, scenario)), None)
        state = _state(runs[-1][1] if runs else "not run", mine, gap)
        return Item(scenario, state, runs, tuple(one.id for one in mine), gap if state == "gap accepted" else None)

    # --- acts -----------------------------------------------------------------------------------------

    def dispose(self, id_: str, person: Person, reason: str, disposition: str, root_cause: str, owner: str) -> None:
        """Say what is to become of a deviation, why it came about, and who sees to it."""
        one = self._open(id_)
        if disposition not in DISPOSITIONS:
            raise ConfigurationError(f"{disposition!r} is no disposition; valid: {', '.join(DISPOSITIONS)}")
        if not root_cause.strip() or not owner.strip():
            raise ConfigurationError("a disposition needs a root cause and an owner")
        said = {"disposition": disposition, "root_cause": root_cause, "owner": owner}
        acts.enter(self.evidence, acts.DISPOSED, person, reason, run=one.run, deviation=id_, **said)

    def retest(self, id_: str, person: Person, reason: str, run: int) -> None:
        """Name a later run in which the scenario passed."""
        one = self._open(id_)
        self._disposed(one)
        if run <= one.run or run not in self.records:
            raise ConfigurationError(f"run {run} is no later run than {one.run} that is on record here")
        verdict = self.records[run].verdicts.get(one.scenario, "unselected")
        if verdict != "passed":
            raise ConfigurationError(f"{one.scenario} is {verdict} in run {run}: a retest is a run in which it passed")
        acts.enter(self.evidence, acts.RETESTED, person, reason, run=one.run, deviation=id_, retest_run=run)

    def close(self, id_: str, person: Person, reason: str) -> None:
        """Close a deviation: disposed, retested if it was to be corrected, and by somebody else than its owner."""
        one = self._open(id_)
        disposed = self._disposed(one)
        if disposed.fields["disposition"] not in WITHOUT_RETEST and one.last(acts.RETESTED) is None:
            raise ConfigurationError(
                f"{id_} was to be corrected and has no retest: syncproof evidence retest {id_} --run N"
            )
        if disposed.fields["owner"].casefold() == person.name.strip().casefold():
            raise ConfigurationError(f"{person.name} owns {id_}: somebody else closes it")
        acts.enter(self.evidence, acts.CLOSED, person, reason, run=one.run, deviation=id_)

    def accept_gap(self, scenario: str, run: int, person: Person, reason: str) -> None:
        """Accept that a scenario could not be executed in a run."""
        verdict = self._record(run).verdicts.get(scenario)
        if verdict not in GAPS:
            raise ConfigurationError(
                f"{scenario} is {verdict or 'not planned'} in run {run}: only {', '.join(GAPS)} is a gap"
            )
        acts.enter(self.evidence, acts.GAP_ACCEPTED, person, reason, run=run, scenario=scenario)

    def conclude(self, run: int, person: Person, text: str, with_open: str | None = None) -> None:
        """Enter the conclusion on a run. With something open, only together with a statement on that."""
        self._record(run)
        pending = [item.scenario for item in self.items(run) if item.state in {"open", "not run"}]
        if pending and not with_open:
            shown = "; ".join(pending[:3]) + ("; …" if len(pending) > 3 else "")  # noqa: PLR2004
            text = (
                f"{len(pending)} scenarios are not settled ({shown}): close them, or say why you conclude (--with-open)"
            )
            raise ConfigurationError(text)
        more = {"with_open": with_open, "open": len(pending)} if pending else {}
        acts.enter(self.evidence, acts.CONCLUDED, person, text, run=run, **more)

    def _record(self, run: int) -> Outline:
        if run not in self.records:
            known = ", ".join(map(str, self.records)) or "none"
            raise ConfigurationError(f"run {run} is not on record in {self.directory}; runs: {known}")
        return self.records[run]

    def _open(self, id_: str) -> Deviation:
        one = self.deviation(id_)
        if one.state == "closed":
            raise ConfigurationError(f"{id_} is closed: what comes up again opens a deviation of its own")
        return one

    def _disposed(self, one: Deviation) -> Act:
        found = one.last(acts.DISPOSED)
        if found is None:
            raise ConfigurationError(f"{one.id} has no disposition yet: syncproof evidence dispose {one.id}")
        return found


def _accepts(act: Act, scenario: str) -> bool:
    return act.type == acts.GAP_ACCEPTED and act.fields["scenario"] == scenario


def _state(last: str, mine: list[Deviation], gap: Act | None) -> ItemState:
    """``last`` is the verdict of the latest run that was asked for the scenario."""
    if any(one.state != "closed" for one in mine):
        return "open"
    if last == "passed":
        return "passed after deviation" if mine else "passed at first"
    if last == "failed" and mine:
        return "deviation accepted"
    if last in GAPS and gap is not None:
        return "gap accepted"
    return "not run" if last == "not run" else "open"
