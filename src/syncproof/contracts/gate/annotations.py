"""What stands against a release, where a pipeline shows it: workflow commands of GitHub, a code quality report of
GitLab."""

import hashlib
from collections.abc import Iterator
from typing import Any

from syncproof.contracts.gate.decision import Decision
from syncproof.contracts.gate.pairs import Pair

INDEX = "contracts/index.toml"
"""Where the decision as a whole is shown."""


def github(decision: Decision) -> Iterator[str]:
    """A line for each pair that stands against it, and one for the decision."""
    for pair in _against(decision):
        yield f"::error file={_file(pair)},line=1,title={_property(_title(pair))}::{_message(pair.because)}"
    yield f"::{'error' if decision.code else 'notice'} title=Contracts::{_message(decision.why)}"


def gitlab(decision: Decision) -> list[dict[str, Any]]:
    """The report that a job gives to ``artifacts:reports:codequality``; empty only if it may be released."""
    found = [
        _issue(f"{_title(pair)}: {pair.because}", _file(pair), "major" if pair.state == "unknown" else "blocker")
        for pair in _against(decision)
    ]
    return [_issue(decision.why, INDEX, "blocker"), *found] if decision.code else []


def _issue(text: str, file: str, severity: str) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": "contracts",
        "fingerprint": hashlib.sha256(f"{file} {text}".encode()).hexdigest(),
        "severity": severity,
        "location": {"path": file, "lines": {"begin": 1}},
    }


def _against(decision: Decision) -> list[Pair]:
    return [pair for pair in decision.pairs if not pair.stands]


def _title(pair: Pair) -> str:
    return f"{pair.used.contract} {pair.used.version} at {pair.site} ({pair.used.system})"


def _file(pair: Pair) -> str:
    return INDEX if pair.new is None else f"contracts/{pair.used.contract}/{pair.new}/schema.json"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
