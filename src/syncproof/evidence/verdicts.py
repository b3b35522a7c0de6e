"""Verdicts of scenarios and requirements, as the design states them.

A requirement is *verified* only if every scenario in scope that carries it passed, and one at least
did; else *failed* (one failed), *not run* (one was blocked, aborted, awaits a person or did not run),
*gap* (one is not supported, or no scenario carries it). A requirement that no test can show is
*procedural*, with the reason in the registry. What was not selected is counted as *unselected*.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

ScenarioVerdict = Literal[
    "failed", "aborted", "blocked", "not run", "awaiting a person", "not supported", "passed", "unselected"
]
RequirementVerdict = Literal["verified", "failed", "not run", "gap", "procedural", "unselected"]

_WORST_FIRST: tuple[str, ...] = get_args(ScenarioVerdict)
_UNDECIDED = {"aborted", "blocked", "not run", "awaiting a person"}


def worst(*verdicts: ScenarioVerdict) -> ScenarioVerdict:
    """The one that says the least good of several."""
    return min(verdicts, key=_WORST_FIRST.index)


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """The verdict of one requirement and the scenarios it rests on (id, verdict)."""

    id: str
    verdict: RequirementVerdict
    scenarios: tuple[tuple[str, ScenarioVerdict], ...]


def requirement_results(
    plan: Sequence[Mapping[str, Any]],
    verdicts: Mapping[str, ScenarioVerdict],
    required: Iterable[str] = (),
    procedural: Collection[str] = (),
) -> dict[str, RequirementResult]:
    """Results by id, sorted: of the requirements that scenarios carry and of those ``required``."""
    carriers: dict[str, list[str]] = {id_: [] for id_ in sorted({*required, *procedural, *_carried(plan)})}
    for scenario in plan:
        for id_ in scenario["requirements"]:
            carriers[id_].append(scenario["id"])
    return {
        id_: _result(id_, [(name, verdicts.get(name, "not run")) for name in names], id_ in procedural)
        for id_, names in carriers.items()
    }


def _carried(plan: Sequence[Mapping[str, Any]]) -> set[str]:
    return {id_ for scenario in plan for id_ in scenario["requirements"]}


def _result(id_: str, found: list[tuple[str, ScenarioVerdict]], is_procedural: bool) -> RequirementResult:
    return RequirementResult(id_, _verdict([verdict for _, verdict in found], is_procedural), tuple(found))


def _verdict(written: list[ScenarioVerdict], is_procedural: bool) -> RequirementVerdict:
    verdicts = {verdict for verdict in written if verdict != "unselected"}
    if not verdicts:
        if is_procedural:
            return "procedural"
        return "unselected" if written else "gap"
    if "failed" in verdicts:
        return "failed"
    if verdicts & _UNDECIDED:
        return "not run"
    return "gap" if "not supported" in verdicts else "verified"
