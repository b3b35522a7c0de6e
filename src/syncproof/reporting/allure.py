"""Writes Allure results from a record (Allure is the view, the record is ours).

One result per scenario that was selected. Checks are sub-steps of their Gherkin step with expected
and actual value; the exchanges that checks cite, and all of a step that did not pass, are attached
as native HTTP attachments (all others stay in the record). The files are plain JSON of Allure's
result schema, so that nothing of a test run is needed to make them.
"""

import json
import shutil
import uuid
from pathlib import Path
from typing import Any

from syncproof.evidence.reader import Record, ScenarioRecord
from syncproof.reporting.allure_exchange import Attachments
from syncproof.reporting.allure_labels import labels, titles
from syncproof.reporting.allure_project import project_files
from syncproof.reporting.allure_steps import STATUS, milliseconds, step_results

Json = dict[str, Any]

NAMESPACE = uuid.UUID("5f9c6a0e-2f55-4e0c-9a8e-6b1f8c3d7a21")
"""Ids derive from pack and scenario: made again from the same record, results are the same."""


def write(record: Record, directory: Path) -> Path:
    """Write the results of a record into an emptied directory, and return it."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    attachments = Attachments(record, directory)
    for id_, verdict in record.verdicts().items():
        if verdict == "unselected":
            continue
        scenario = record.scenarios.get(id_)
        result = _not_begun(record, id_) if scenario is None else _result(record, scenario, attachments)
        _dump(directory / f"{result['uuid']}-result.json", result)
    for name, content in project_files(record, attachments).items():
        if isinstance(content, str):
            (directory / name).write_text(content, encoding="utf-8")
        else:
            _dump(directory / name, content)
    return directory


def _result(record: Record, scenario: ScenarioRecord, attachments: Attachments) -> Json:
    started = scenario.started
    start = milliseconds(started["at"])
    stop = milliseconds(scenario.finished["at"]) if scenario.finished else start
    return {
        **_identity(record, scenario.id),
        "name": started["name"],
        "status": STATUS[scenario.verdict],
        "statusDetails": _details(scenario),
        "stage": "finished",
        "description": _description(record, started),
        "start": start,
        "stop": stop,
        "labels": labels(record, scenario),
        "titlePath": titles(started),
        "parameters": [{"name": name, "value": value} for name, value in started["parameters"].items()],
        "steps": step_results(scenario, record, attachments),
    }


def _not_begun(record: Record, id_: str) -> Json:
    """A scenario that was selected and never ran is shown, not left out."""
    path, _, name = id_.partition("::")
    return {
        **_identity(record, id_),
        "name": name,
        "status": STATUS["not run"],
        "statusDetails": {"message": "not run: the run ended before this scenario began"},
        "stage": "finished",
        "labels": [{"name": "suite", "value": path}],
        "titlePath": path.split("/"),
        "steps": [],
    }


def _identity(record: Record, id_: str) -> Json:
    template = id_.rpartition("[")[0] if id_.endswith("]") else id_
    return {
        "uuid": str(uuid.uuid5(NAMESPACE, f"{record.path.name}/{id_}")),
        "fullName": id_,
        "testCaseId": uuid.uuid5(NAMESPACE, template).hex,
        "historyId": uuid.uuid5(NAMESPACE, id_).hex,
    }


def _details(scenario: ScenarioRecord) -> Json:
    if scenario.verdict == "passed":
        return {}
    reason = scenario.reason or "the run ended before this scenario did"
    details = {"message": reason if scenario.verdict == "failed" else f"{scenario.verdict}: {reason}"}
    wrong = next((check for check in scenario.checks if check["verdict"] != "passed"), None)
    if wrong is not None:
        details |= {"expected": _pretty(wrong["expected"]), "actual": _pretty(wrong["actual"])}
    return details


def _pretty(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _description(record: Record, started: Json) -> str:
    """Markdown: what the feature and the scenario say of themselves, and the requirements' texts."""
    plan = record.first("plan") or {}
    texts = plan.get("requirements", {})
    parts = [started["feature"]["description"], started["description"]]
    for id_ in started["requirements"]:
        if id_ in texts:
            one = texts[id_]
            source = f"{one['source']['title']}, section {one['source']['section']}"
            parts.append(f"**{id_}** (version {one['version']}): {one['text']}  \n*{source}*")
    return "\n\n".join(filter(None, parts))


def _dump(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
