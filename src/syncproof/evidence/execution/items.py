"""How every scenario stands over all runs, looked at from one of them.

A pass counts for what it was run on. A failure counts until its deviation is closed by people, however often the
scenario passes later: nobody tests until it passes.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.configuration import (
    Configuration,
    between,
    features,
    is_same_landscape,
    particular,
    protocol,
    shared,
)
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.execution.history import History, Run
from syncproof.evidence.execution.outline import Outline
from syncproof.evidence.verdicts import ScenarioVerdict

ItemState = Literal[
    "passed at first", "passed after deviation", "deviation accepted", "gap accepted", "open", "not run"
]
_DECIDED = frozenset({"passed", "failed", "not supported"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A run in which a scenario was asked for; ``differs`` says why it does not count here (empty: it does)."""

    run: int
    verdict: ScenarioVerdict
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The state of one scenario: ``seen`` are the runs that were asked for it, oldest first; ``protocol`` the id of
    its protocol, ``act`` the acceptance of a gap."""

    scenario: str
    state: ItemState
    protocol: str | None
    seen: tuple[Seen, ...]
    deviations: tuple[str, ...]
    act: Act | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing remains to be done."""
        return self.state not in {"open", "not run"}

    @property
    def runs(self) -> tuple[tuple[int, ScenarioVerdict], ...]:
        """(run, verdict) of each."""
        return tuple((one.run, one.verdict) for one in self.seen)


def items(history: History, run: int, before: float = math.inf) -> list[Item]:
    """The scenarios of a run and of its protocols, in the order in which they came up, as far as is known before a line
    of the ledger; empty if the run is not here."""
    view = _View(history, history.runs[run], before)
    return [view.item(scenario) for scenario in view.scope()]


def protocol_states(found: Iterable[Item]) -> dict[str | None, Counter[ItemState]]:
    """How many items of each protocol stand where; a protocol is executed when none of them is open or not run."""
    states: dict[str | None, Counter[ItemState]] = {}
    for item in found:
        states.setdefault(item.protocol, Counter())[item.state] += 1
    return dict(sorted(states.items(), key=lambda pair: pair[0] or "~"))


class _View:
    """What is known before a line of the ledger, seen from one run."""

    def __init__(self, history: History, here: Run, before: float) -> None:
        self.history, self.here = history, here
        self.runs = [run for run in history.ended(before) if run.is_here]
        base = shared(here.outline)
        self._differing = {run.number: between(base, shared(run.outline)) for run in self.runs}
        self._used = {protocol(here.outline, id_) for id_ in here.outline.verdicts}
        self._asked: dict[str, list[tuple[Run, ScenarioVerdict]]] = {}
        for run in self.runs:
            for id_, verdict in run.outline.verdicts.items():
                self._asked.setdefault(id_, []).append((run, verdict))
        self._deviations: dict[str, list[Deviation]] = {}
        for one in history.deviations.values():
            run = history.runs[one.run]
            if run in self.runs and self._concerns(run, one.scenario):
                self._deviations.setdefault(one.scenario, []).append(one)

    def scope(self) -> Iterator[str]:
        """What was asked for here, and what an earlier run took under the same protocols on the same landscape, unless
        this one saw its feature file without it: a run of one part does not make the rest disappear."""
        mine, asked_here = self.here.outline, self.here.outline.verdicts
        yield from asked_here
        seen = features(mine)
        for id_ in self._asked:
            if id_ in asked_here or (id_ not in mine.planned and id_.partition("::")[0] in seen):
                continue
            if self._took(id_):
                yield id_

    def item(self, scenario: str) -> Item:
        basis = self._basis(scenario)
        own = particular(basis, scenario)
        asked = self._asked.get(scenario, ())
        seen = tuple(Seen(run.number, verdict, self._differs(run, scenario, own)) for run, verdict in asked)
        mine = self._deviations.get(scenario, [])
        state, act = self._state(scenario, seen, mine, own)
        return Item(scenario, state, protocol(basis, scenario)[0], seen, tuple(one.id for one in mine), act)

    def _took(self, scenario: str) -> list[Run]:
        """The runs that took a scenario on this landscape, under the protocols of the run that is looked at."""
        asked = (run for run, _ in self._asked.get(scenario, ()))
        return [run for run in asked if protocol(run.outline, scenario) in self._used and self._is_here(run)]

    def _basis(self, scenario: str) -> Outline:
        """The run that says what a scenario is: the one that is looked at, or the last that took what it did not
        plan."""
        taken = [] if scenario in self.here.outline.planned else self._took(scenario)
        return taken[-1].outline if taken else self.here.outline

    def _differs(self, run: Run, scenario: str, own: Configuration) -> tuple[str, ...]:
        differing = (*self._differing[run.number], *between(own, particular(run.outline, scenario)))
        return tuple(one.text for one in differing)

    def _state(
        self, scenario: str, seen: tuple[Seen, ...], mine: list[Deviation], own: Configuration
    ) -> tuple[ItemState, Act | None]:
        if any(one.state != "closed" for one in mine) or self._is_unexplained(scenario, mine):
            return "open", None
        retests = {act.number("retest_run") for one in mine for act in one.acts}
        counted = [one for one in seen if not one.differs or one.run in retests]
        decided = [one.verdict for one in counted if one.verdict in _DECIDED]
        if decided and decided[-1] == "passed":
            return ("passed after deviation" if mine else "passed at first"), None
        if decided and decided[-1] == "failed":
            return "deviation accepted", None
        gap = self._gap(scenario, own)
        if gap is not None:
            return "gap accepted", gap
        return ("not run" if all(one.verdict == "not run" for one in counted) else "open"), None

    def _is_unexplained(self, scenario: str, mine: list[Deviation]) -> bool:
        """Whether it failed in a run that has no deviation for it: a record that is not whole."""
        known = {one.run for one in mine}
        failed = (run for run, verdict in self._asked.get(scenario, ()) if verdict == "failed")
        return any(run.number not in known and self._concerns(run, scenario) for run in failed)

    def _concerns(self, run: Run, scenario: str) -> bool:
        """Whether a failure in a run is one of what is looked at, whatever versions it had. What failed before the
        protocol was approved was a rehearsal."""
        is_approved = protocol(self._basis(scenario), scenario)[2] is not None
        return self._is_here(run) and (not is_approved or protocol(run.outline, scenario)[2] is not None)

    def _is_here(self, run: Run) -> bool:
        return is_same_landscape(run.outline, self.here.outline)

    def _gap(self, scenario: str, own: Configuration) -> Act | None:
        """A gap was accepted for what its run was made on."""
        given = (act for act in reversed(self.history.gaps) if act.text("scenario") == scenario)
        return next((act for act in given if self._holds(act, scenario, own)), None)

    def _holds(self, gap: Act, scenario: str, own: Configuration) -> bool:
        run = self.history.runs[gap.number("run")]
        return run in self.runs and not self._differs(run, scenario, own)
