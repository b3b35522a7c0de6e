"""Where a scenario stands in Allure's trees, and what it is filtered by."""

import re
from typing import Any

from syncproof.evidence.reader import Record, ScenarioRecord

Json = dict[str, Any]

SEVERITY = {"high": "critical", "medium": "normal", "low": "minor"}
"""Priority of a requirement in the registry, in Allure's words; the highest of a scenario counts."""


def labels(record: Record, scenario: ScenarioRecord) -> list[Json]:
    """Requirements, verdict, epic (block test or folder), feature, story, severity, tags, worker."""
    started = scenario.started
    epic, feature, story = titles(started)
    pairs = [
        *(("requirement", id_) for id_ in started["requirements"]),
        ("verdict", scenario.verdict),
        ("epic", epic),
        ("feature", feature),
        ("story", story),
        ("severity", _severity(record, started["requirements"])),
        *(("tag", tag) for tag in started["tags"] if not tag.startswith("epic:")),
        ("thread", scenario.worker),
        ("framework", "syncproof"),
        ("language", "gherkin"),
    ]
    return [{"name": name, "value": value} for name, value in pairs]


def titles(started: Json) -> list[str]:
    """Epic, feature and story of a scenario. The story is its rule or, for the rows of an outline,
    the outline, so that they stand together."""
    tagged = [tag.partition(":")[2] for tag in started["tags"] if tag.startswith("epic:")]
    folder = started["feature"]["path"].split("/")[-2:-1]
    epic = (tagged or folder or ["features"])[0].replace("-", " ").replace("_", " ")
    story = started["rule"] or started.get("outline") or started["name"]
    lettered = re.sub(r"(?<= )[a-z]$", lambda letter: letter[0].upper(), epic)
    return [lettered[:1].upper() + lettered[1:], started["feature"]["name"], story]


def _severity(record: Record, requirements: list[str]) -> str:
    known = (record.first("plan") or {}).get("requirements", {})
    priorities = {known[id_]["priority"] for id_ in requirements if id_ in known}
    return next((severity for priority, severity in SEVERITY.items() if priority in priorities), "normal")
