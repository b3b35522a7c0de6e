"""What a trial of a defect comes to.

*Detected* means that a check failed, expected against actual, on a requirement that the defect breaks. A crash, a
time-out of the transport, a check of another requirement or a scenario that could not begin detect nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from syncproof.defects.base import Defect

Json = dict[str, Any]
State = Literal["survived", "changes nothing", "crashes", "alarm", "waits", "detected", "silent"]
WORST_FIRST: tuple[State, ...] = ("survived", "alarm", "crashes", "changes nothing", "waits", "detected", "silent")
PASSING = frozenset({"passed", "not supported"})
FEW = 3
FINE = frozenset({"detected", "silent", "waits"})


@dataclass(frozen=True)
class Trial:
    """One defect and what was seen of it."""

    defect: Defect
    state: State
    by: dict[str, Json] = field(default_factory=dict)
    """Scenario -> the failed check that detected it."""
    noticed: dict[str, str] = field(default_factory=dict)
    """Scenario -> why it did not pass, whatever the reason."""
    why: str = ""
    seconds: float = 0.0


def judged(defect: Defect, results: Sequence[Json], watches: Iterable[Json | None]) -> Trial:
    """What these results say of a defect."""
    by = {one["scenario"]: check for one in results if (check := detecting(one, defect)) is not None}
    noticed = {one["scenario"]: one["reason"] for one in results if one["verdict"] not in PASSING}
    seconds = sum(one["seconds"] for one in results)
    state, why = _state(defect, by, noticed, summed(watches))
    return Trial(defect, state, by, noticed, why, seconds)


def detecting(result: Json, defect: Defect) -> Json | None:
    """The first failed check of a scenario that speaks of a requirement the defect breaks."""
    found: Iterable[Json] = (check for check in result["failed"] if check["requirement"] in defect.requirements)
    return next(iter(found), None)


def summed(watches: Iterable[Json | None]) -> Json:
    """What a replacement was seen to do over several jobs."""
    seen = [watch for watch in watches if watch]
    told = [watch["differences"] for watch in seen]
    return {
        "calls": sum(watch["calls"] for watch in seen),
        "differences": None if None in told else sum(told),
        "crashes": [text for watch in seen for text in watch["crashes"]],
    }


def _state(
    defect: Defect, by: Mapping[str, Json], noticed: Mapping[str, str], watch: Mapping[str, Any]
) -> tuple[State, str]:
    if defect.harmless and noticed:
        scenario, reason = next(iter(noticed.items()))
        return "alarm", f"{len(noticed)} scenarios did not pass: {scenario}: {reason}"
    if not by and (idle := _idle(defect, watch)):
        return idle
    if defect.harmless:
        return "silent", ""
    if by:
        return "detected", ""
    about = f"; {', '.join(list(noticed)[:FEW])} did not pass, but of something else" if noticed else ""
    return "survived", f"no check of {', '.join(defect.requirements)} failed{about}"


def _idle(defect: Defect, watch: Mapping[str, Any]) -> tuple[State, str] | None:
    """Why nothing can be concluded from what was seen: a crash, or nothing that differed."""
    if watch["crashes"]:
        return "crashes", f"a crash is no wrong answer: {watch['crashes'][0]}"
    if not watch["calls"]:
        return "changes nothing", f"no scenario asked for {_place(defect)}"
    if watch["differences"] == 0:
        return "changes nothing", f"each of {watch['calls']} calls of {_place(defect)} gave what it gives without it"
    return None


def _place(defect: Defect) -> str:
    return f"{defect.system}.{defect.policy}" if defect.policy else "what it changes"
