"""The runs of an evidence directory, and the acts of people on them that count.

It takes what :mod:`.rules` permits and keeps the rest apart, with the reason.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.execution.outline import Outline, outline
from syncproof.evidence.ledger import ABORTED, FINISHED, STARTED, Line


@dataclass(slots=True, eq=False)
class Run:
    """A run as the ledger has it: number, pack, the lines of its start and end (0: none yet), who performed it."""

    number: int
    outline: Outline
    line: int
    performer: str
    end_line: int = 0
    ended: Literal["finished", "aborted"] | None = None

    @property
    def is_here(self) -> bool:
        """Whether its pack is."""
        return self.outline.is_here


@dataclass(slots=True)
class History:
    """State after the acts that were taken so far. ``void`` are acts that stand in the ledger and do not count, and
    why; ``line`` is the last line that was looked at."""

    directory: Path
    runs: dict[int, Run]
    line: int
    deviations: dict[str, Deviation] = field(default_factory=dict)
    gaps: list[Act] = field(default_factory=list)
    conclusions: dict[int, Act] = field(default_factory=dict)
    void: list[tuple[Act, str]] = field(default_factory=list)

    def take(self, act: Act) -> None:
        """Let a permitted act count."""
        if act.type == acts.GAP_ACCEPTED:
            self.gaps.append(act)
        elif act.type == acts.CONCLUDED:
            self.conclusions[act.number("run")] = act
        else:
            before = self.deviations[act.text("deviation")]
            self.deviations[before.id] = replace(before, acts=(*before.acts, act))

    def ended_before(self, act: Act, run: int) -> Run | None:
        """A run whose end stands in the ledger before an act."""
        found = self.runs.get(run)
        return found if found is not None and 0 < found.end_line < act.line else None

    def ended(self, before: float = math.inf) -> list[Run]:
        """The runs whose end stands in the ledger, before a line of it."""
        return [run for run in self.runs.values() if 0 < run.end_line < before]


def begun(directory: Path, lines: Iterable[tuple[int, Line]]) -> History:
    """The history before any act: the runs, and the deviations that they opened."""
    history = History(directory, {}, 0)
    for number, line in lines:
        history.line = number
        if line["type"] == STARTED:
            performer = str((line.get("who") or {}).get("name") or "")
            history.runs[line["run"]] = Run(line["run"], outline(directory / line["pack"]), number, performer)
        elif line["type"] in {FINISHED, ABORTED} and line["run"] in history.runs:
            run = history.runs[line["run"]]
            run.end_line, run.ended = number, "finished" if line["type"] == FINISHED else "aborted"
    for run in history.runs.values():
        for event in run.outline.deviations:
            one = Deviation(event["id"], run.number, run.outline.path.name, event)
            history.deviations[one.id] = one
    return history
