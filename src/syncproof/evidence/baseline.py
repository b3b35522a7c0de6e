"""What a landscape is known to do: verdict and reason of every scenario, each deviation explained.

A baseline is a tab-separated file that people review: a scenario that fails on a system nobody here can mend
is known, explained, and not news; one whose verdict or reason changes is. Reasons are in a form that is the same
in every run: without business keys, exchange ids and durations.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.errors import ConfigurationError
from syncproof.evidence.reader import Record, ScenarioRecord

COLUMNS = ("scenario", "verdict", "explained", "reason")
_CHANGING = (
    (re.compile(r"(?<=-)(?=[0-9A-Z]*\d)[0-9A-HJKMNP-TV-Z]{6}\b|(?<=-)[0-9A-HJKMNP-TV-Z]{6}(?=[\s'\"/,.:;)\]]|$)"), "*"),
    (re.compile(r" \(exchange [^)]*\)|\n? *exchanges [^\n]*"), ""),
    (re.compile(r"(?<=://127\.0\.0\.1:)\d+"), "*"),
    (re.compile(r"\b\d+(\.\d+)? ms\b"), "* ms"),
    (re.compile(r"\b\d+ attempts?\b"), "* attempts"),
    (re.compile(r"\s+"), " "),
)
"""What differs between two runs that came to the same, and what stands for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario. ``explained`` names the place where a person has explained what is not passed."""

    verdict: str
    reason: str
    explained: str = ""


Baseline = dict[str, Entry]


def observed(record: Record) -> Baseline:
    """What a run came to, scenario by scenario; those that were not selected are left out."""
    found = {}
    for id_, verdict in record.verdicts().items():
        if verdict != "unselected":
            scenario = record.scenarios.get(id_)
            found[id_] = Entry(verdict, "" if scenario is None else _reason(scenario))
    return found


def _reason(scenario: ScenarioRecord) -> str:
    wrong = [check for check in scenario.checks if check["verdict"] in {"failed", "error"}]
    return _stable("; ".join(map(_told, wrong)) if wrong else (scenario.reason or "").partition("\n")[2])


def _told(check: Mapping[str, Any]) -> str:
    """The claim that did not hold, and at whom."""
    actual = check["actual"]
    if check["kind"] == "agreed":
        shown = ", ".join(sorted(name for name, latency in check["latency_ms"].items() if latency is None))
    elif isinstance(actual, dict) and "status" in actual:
        shown = f"{actual['status']} {' '.join(reason.partition(':')[0] for reason in actual['reasons'])}".strip()
    else:
        shown = check.get("system") or ""
    return f"{check['requirement']} {check['claim']} [{shown}]"


def _stable(text: str) -> str:
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text.strip()


def read(path: Path) -> Baseline:
    """A baseline file. ConfigurationError if it is none."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode()), delimiter="\t", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path} cannot be read as a baseline: {error}") from None
    if rows and tuple(rows[0]) != COLUMNS:
        raise ConfigurationError(f"{path} is no baseline: its first line must be {' '.join(COLUMNS)} (tab-separated)")
    return {row["scenario"]: Entry(row["verdict"], row["reason"] or "", row["explained"] or "") for row in rows}


def write(path: Path, found: Baseline, before: Baseline) -> None:
    """Writes what was found; explanations stay with the scenarios whose verdict and reason they explain."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter="\t", lineterminator="\n")
    rows.writerow(COLUMNS)
    for id_, entry in sorted((before | found).items()):
        known = before.get(id_)
        kept = known.explained if known and (known.verdict, known.reason) == (entry.verdict, entry.reason) else ""
        rows.writerow((id_, entry.verdict, kept, entry.reason))
    path.write_bytes(text.getvalue().encode())


def differences(found: Baseline, known: Baseline, *, whole: bool) -> list[str]:
    """What is not as it is known to be, in words; ``whole``: every known scenario must have been found."""
    said = []
    for id_, entry in sorted(found.items()):
        before = known.get(id_)
        if before is None:
            said.append(f"{id_}\n  is new: {_words(entry)}")
        elif (before.verdict, before.reason) != (entry.verdict, entry.reason):
            said.append(f"{id_}\n  known: {_words(before)}\n  now:   {_words(entry)}")
    if whole:
        said += [f"{id_}\n  is gone: {_words(known[id_])}" for id_ in sorted(known.keys() - found.keys())]
    return said


def _words(entry: Entry) -> str:
    return f"{entry.verdict}: {entry.reason}" if entry.reason else entry.verdict
