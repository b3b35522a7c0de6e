"""What came of a power run: for programs, for people, and as the matrix of defects and scenarios."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from syncproof.defects.judging import FINE, WORST_FIRST, Trial

Json = dict[str, Any]
FAILED, NOT_RUN = 1, 3
COLUMNS = ("defect", "state", "scenario", "requirement", "claim", "expected", "actual")


def sorted_trials(trials: Iterable[Trial]) -> list[Trial]:
    """Survivors first, then whatever else is not as it should be."""
    return sorted(trials, key=lambda trial: (WORST_FIRST.index(trial.state), trial.defect.id))


def summary(trials: Sequence[Trial]) -> Json:
    """One object for programs."""
    ordered = sorted_trials(trials)
    return {
        "defects": {t.defect.id: _told(t) for t in ordered if not t.defect.harmless},
        "benign": {
            t.defect.id: {"alarms": list(t.noticed), **_said(t)} for t in ordered if t.defect.harmless
        },
    }  # fmt: skip


def _told(trial: Trial) -> Json:
    return {
        "detected": trial.state == "detected",
        "by": list(trial.by),
        "checks": trial.by,
        "noticed": {} if trial.by else trial.noticed,
        **_said(trial),
    }


def _said(trial: Trial) -> Json:
    defect = trial.defect
    return {
        "state": trial.state,
        "why": trial.why,
        "requirements": list(defect.requirements),
        "mechanism": defect.mechanism,
        "citation": defect.citation,
        "replaces": f"{defect.system}.{defect.policy}" if not defect.waits_for else "",
    }


def exit_code(trials: Iterable[Trial]) -> int:
    """0 all detected and silent, 1 a survivor or an alarm, 3 something could not be tried."""
    states = {trial.state for trial in trials}
    if states & {"survived", "alarm"}:
        return FAILED
    return NOT_RUN if states - FINE else 0


def lines(trials: Sequence[Trial]) -> Iterable[str]:
    """The matrix in words, survivors first."""
    for trial in sorted_trials(trials):
        yield f"{trial.state:16} {trial.defect.id:10} {trial.why or trial.defect.mechanism}"
        for scenario, check in trial.by.items():
            yield f"{'':27} {check['requirement']} in {scenario}"
            yield f"{'':27}   expected {check['expected']}, got {check['actual']}"


def closing(trials: Sequence[Trial]) -> str:
    """The figures in one line."""
    counted = {state: sum(trial.state == state for trial in trials) for state in WORST_FIRST}
    return ", ".join(f"{count} {state}" for state, count in reversed(counted.items()) if count)


def write(trials: Sequence[Trial], told: Json, folder: Path) -> Path:
    """The summary as JSON and the matrix as a table, in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "power.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    rows = [COLUMNS, *(row for trial in sorted_trials(trials) for row in _rows(trial))]
    text = "".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) + "\n" for row in rows)
    (folder / "power.tsv").write_text(text, encoding="utf-8")
    return folder


def _rows(trial: Trial) -> Iterable[Sequence[str]]:
    name, state = trial.defect.id, trial.state
    for scenario, check in trial.by.items():
        yield name, state, scenario, *(str(check[field]) for field in COLUMNS[3:])
    if not trial.by:
        yield name, state, "", "", trial.why, "", ""
