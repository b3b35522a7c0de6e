"""Deviations that a run opens: one for each step in which a requirement's claim did not hold.

They are found in the record and written into it before it is sealed, so that none can be left out
afterwards. What people do about them stands in the ledger (checklist rows 26 and 27).
"""

from collections.abc import Iterator
from typing import Any

from syncproof.evidence.reader import Event, Record, ScenarioRecord

FAILING = ("failed", "error")


def opened(record: Record, run: int) -> Iterator[dict[str, Any]]:
    """The ``deviation`` events of a run, in the order of its scenarios. A scenario that was broken off after a check
    had failed is no different: stopping a run settles nothing."""
    verdicts = record.scenarios.verdicts()
    fallen = (record.scenarios[id_] for id_, verdict in verdicts.items() if verdict in {"failed", "aborted"})
    found = (event for scenario in fallen for event in _of(scenario))
    for number, event in enumerate(found, 1):
        yield {"id": f"D-{run}-{number}", **event}


def _of(scenario: ScenarioRecord) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[int, str], list[Event]] = {}
    for check in scenario.checks:
        if check["verdict"] in FAILING:
            groups.setdefault((check["step"], check["requirement"]), []).append(check)
    for (step, requirement), checks in groups.items():
        exchanges = list(dict.fromkeys(id_ for check in checks for id_ in check["exchanges"]))
        claims = [check["claim"] for check in checks]
        yield _event(scenario, step, [requirement], claims, exchanges)
    if not groups and scenario.verdict == "failed":
        yield _without_check(scenario)


def _without_check(scenario: ScenarioRecord) -> dict[str, Any]:
    """A scenario that failed before or beside its checks: a misused step, a clean-up that failed."""
    step = next((step for step in scenario.steps if step.verdict == "failed"), None)
    exchanges = [] if step is None else [exchange["id"] for exchange in step.exchanges]
    number = None if step is None else step.number
    return _event(scenario, number, list(scenario.requirements), [scenario.reason or "failed"], exchanges)


def _event(
    scenario: ScenarioRecord, step: int | None, requirements: list[str], claims: list[str], exchanges: list[str]
) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        "step": step,
        "requirements": requirements,
        "claims": claims,
        "exchanges": exchanges,
    }
