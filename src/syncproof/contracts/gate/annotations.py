"""What stands against a release, where a pipeline shows it: workflow commands of GitHub, a code quality report of
GitLab."""

import hashlib
from collections.abc import Iterator
from typing import Any

from syncproof.contracts.gate.decision import Decision
from syncproof.contracts.gate.pairs import Pair


def github(decision: Decision) -> Iterator[str]:
    """A line for each pair that stands against it, and one for the decision."""
    for pair in _against(decision):
        yield f"::error file={_file(pair)},line=1,title={_property(_title(pair))}::{_message(pair.because)}"
    if decision.code and not any(_against(decision)):
        yield f"::error title=Contracts::{_message(decision.why)}"
    if not decision.code:
        yield f"::notice title=Contracts::{_message(decision.why)}"


def gitlab(decision: Decision) -> list[dict[str, Any]]:
    """The report that a job gives to ``artifacts:reports:codequality``."""
    return [
        {
            "description": f"{_title(pair)}: {pair.because}",
            "check_name": "contracts",
            "fingerprint": hashlib.sha256(f"{_title(pair)} {pair.because}".encode()).hexdigest(),
            "severity": "blocker" if pair.state != "unknown" else "major",
            "location": {"path": _file(pair), "lines": {"begin": 1}},
        }
        for pair in _against(decision)
    ]


def _against(decision: Decision) -> list[Pair]:
    return [pair for pair in decision.pairs if not pair.stands]


def _title(pair: Pair) -> str:
    return f"{pair.used.contract} {pair.used.version} at {pair.site} ({pair.used.system})"


def _file(pair: Pair) -> str:
    return f"contracts/{pair.used.contract}/{pair.new or pair.used.version}/schema.json"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
