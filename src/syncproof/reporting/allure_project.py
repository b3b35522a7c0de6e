"""What Allure shows beside the results: environment, categories, executor, the run as a whole."""

import json
from typing import Any

from syncproof.evidence.reader import Record
from syncproof.reporting.allure_exchange import Attachments

CATEGORIES = [
    ("A check did not pass", ["failed"], "(?s).*✗.*"),
    ("A system gave no usable answer", ["failed", "broken"], "(?s).*(no usable answer|Check that the system).*"),
    ("Blocked: what was given could not be reached", ["broken"], "(?s)blocked:.*"),
    ("Not supported by a system", ["skipped"], "(?s)not supported:.*"),
    ("Not run or aborted", ["skipped", "broken"], "(?s)(not run|aborted):.*"),
    ("The suite uses the harness wrongly", ["failed"], "(?s).*(checked nothing|no check of it|no step def).*"),
]
"""Name, statuses and message pattern; the first that fits counts."""


def project_files(record: Record, attachments: Attachments) -> dict[str, Any]:
    """File names and contents."""
    return {
        "environment.properties": _environment(record),
        "categories.json": [
            {"name": name, "matchedStatuses": statuses, "messageRegex": pattern}
            for name, statuses, pattern in CATEGORIES
        ],
        "executor.json": _executor(record),
        "run-globals.json": {"attachments": _snapshots(record, attachments), "errors": []},
    }


def _environment(record: Record) -> str:
    run = record.first("run_started") or {}
    facts = {
        "record": record.path.name,
        "seed": run.get("seed"),
        "landscape": (run.get("landscape") or {}).get("path"),
        "performer": "{kind} {name}".format(**run["who"]) if "who" in run else None,
        "host": run.get("host"),
        "platform": run.get("platform"),
        "python": run.get("python"),
        "git": _git(run.get("git")),
        **{f"version.{name}": version for name, version in run.get("versions", {}).items()},
        **{f"system.{name}": product for name, product in _systems(record).items()},
    }
    return "".join(f"{name} = {_escaped(value)}\n" for name, value in facts.items() if value)


def _git(state: dict[str, Any] | None) -> str | None:
    if state is None:
        return None
    return f"{state['commit']}{' with uncommitted changes' if state['dirty'] else ''}"


def _systems(record: Record) -> dict[str, str]:
    """Product and version by system, as they identified themselves."""
    found = {}
    for event in record.of_type("system_identified"):
        identity = event.get("identity") or {}
        found[event["system"]] = f"{identity.get('product', '?')} {identity.get('version', '')}".strip()
    return dict(sorted(found.items()))


def _escaped(value: Any) -> str:
    return str(value).replace("\\", "\\\\").replace("\n", " ")


def _executor(record: Record) -> dict[str, Any]:
    run = record.first("run_started") or {}
    who = run.get("who", {"kind": "unknown", "name": "unknown"})
    return {
        "name": who["name"],
        "type": who["kind"],
        "buildName": record.path.name,
        "buildOrder": run.get("run"),
        "reportName": f"Syncproof {record.path.name}",
    }


def _snapshots(record: Record, attachments: Attachments) -> list[dict[str, Any]]:
    """The run and the systems as they identified themselves: for the installation qualification."""
    contents = {
        "run started": record.first("run_started"),
        "run finished": record.first("run_finished"),
        "systems": list(record.of_type("system_identified")),
    }
    return [
        attachments.other(name, "application/json", "json", json.dumps(content, ensure_ascii=False, indent=2))
        for name, content in contents.items()
        if content
    ]
