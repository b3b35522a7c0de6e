"""Gherkin steps and checks as Allure steps."""

from datetime import datetime
from typing import Any

from syncproof.evidence.difference import shown
from syncproof.evidence.reader import Record, ScenarioRecord, StepRecord
from syncproof.evidence.wording import wording
from syncproof.reporting.allure_exchange import Attachments

Json = dict[str, Any]

STATUS = {
    "passed": "passed",
    "failed": "failed",
    "error": "broken",
    "blocked": "broken",
    "aborted": "broken",
    "not supported": "skipped",
    "awaiting a person": "skipped",
    "not run": "skipped",
}
"""Allure's word for a verdict of ours."""


def milliseconds(at: str) -> int:
    """Epoch milliseconds of a time stamp of the record (UTC)."""
    return int(datetime.fromisoformat(at).timestamp() * 1000)


def step_results(scenario: ScenarioRecord, record: Record, attachments: Attachments) -> list[Json]:
    """One Allure step per Gherkin step; those after the one that ended the scenario are skipped."""
    last = milliseconds(scenario.started["at"])
    results = []
    for step in scenario.steps:
        start = milliseconds(step.started) if step.started else last
        last = milliseconds(step.finished["at"]) if step.finished else start
        results.append(_step(step, start, last, record, attachments))
    return results


def _step(step: StepRecord, start: int, stop: int, record: Record, attachments: Attachments) -> Json:
    cited = {id_ for check in step.checks for id_ in check["exchanges"]}
    others = [] if step.verdict in {"passed", "not run"} else step.exchanges
    return {
        "name": f"{step.keyword.strip()} {step.text}",
        "status": STATUS[step.verdict],
        "statusDetails": _details(step),
        "stage": "finished",
        "start": start,
        "stop": stop,
        "steps": [_check(check, start, record, attachments) for check in step.checks],
        "attachments": attachments.of(event for event in others if event["id"] not in cited),
    }


def _details(step: StepRecord) -> Json:
    error = step.finished["error"] if step.finished else None
    return {"message": error} if error else {}


def _check(check: Json, start: int, record: Record, attachments: Attachments) -> Json:
    """A check with what was expected and what was seen; for an agreement, system by system."""
    at = milliseconds(check["at"])
    events = [record.exchanges[id_] for id_ in check["exchanges"] if id_ in record.exchanges]
    systems = _systems(check, at, events, attachments) if check["kind"] == "agreed" else []
    return {
        "name": f"{check['requirement']}: {check['claim']}",
        "status": STATUS[check["verdict"]],
        "statusDetails": {} if check["verdict"] == "passed" else {"message": wording(check)},
        "stage": "finished",
        "start": start,
        "stop": at,
        "parameters": _parameters(check),
        "steps": systems,
        "attachments": [] if systems else attachments.of(events),
    }


def _parameters(check: Json) -> list[Json]:
    values = {
        "check": check["kind"],
        "expected": shown(check["expected"]),
        "actual": None if check["kind"] == "agreed" else shown(check["actual"]),
        "system": check.get("system"),
        "tolerance": check["tolerance"],
        "source": check["source"],
        "within": f"{check['sla_ms']} ms ({check['domain']})" if "sla_ms" in check else None,
    }
    return [{"name": name, "value": value} for name, value in values.items() if value is not None]


def _systems(check: Json, at: int, events: list[Json], attachments: Attachments) -> list[Json]:
    """What each system showed in the end, how long it took, and the exchange that says so."""
    results = []
    for system, value in check["actual"].items():
        latency, attempts = check["latency_ms"][system], check["attempts"][system]
        tries = f"{attempts} attempt{'s' if attempts > 1 else ''}"
        agrees = latency is not None
        missing = isinstance(value, dict) and "not supported" in value
        name = f"{system}: as expected after {latency:.0f} ms" if agrees else f"{system}: {shown(value)}"
        results.append(
            {
                "name": f"{name} ({tries})",
                "status": "passed" if agrees else "skipped" if missing else "failed",
                "stage": "finished",
                "start": at,
                "stop": at,
                "parameters": [{"name": "actual", "value": shown(value)}],
                "attachments": attachments.of(event for event in events if event["system"] == system),
            }
        )
    return results
