"""Writes scenarios and their verdicts into the record, and reads verdicts out of reports."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from syncproof.bdd.awaiting import never_awaited
from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.run import RUN, Run
from syncproof.bdd.verdicts import ABORTED, FAILED, NOT_RUN, NOT_SUPPORTED, PASSED, told, verdict_of
from syncproof.errors import NotSupported
from syncproof.ports import LISTENERS, Observation
from syncproof.transport import Redactor
from syncproof.transport.recorder import milliseconds

SCENARIO = "scenario"
VERDICT = "verdict"
REASON = "reason"
NEVER_RUN = "its steps were not run: a plugin or a conftest has taken their place"


@contextmanager
def recorded(item: ScenarioItem) -> Iterator[None]:
    """One scenario from before its set-up to after its tear-down: whatever happens, its end is on
    record and on disk before the next one begins."""
    run = item.config.stash[RUN]
    sink, begin = run.recorder.sink, time.perf_counter()
    sink.scenario, sink.step = item.spec.id, None
    item.verdict, item.reason, item.checks = NOT_RUN, None, None
    item.begun.clear()
    if sink.recording:
        sink.append("scenario_started", _started(item, run))
    try:
        with never_awaited() as item.forgotten, listening(run.recorder.observed):
            yield
        _refuse_unheard(item)
    except BaseException as error:
        item.verdict, item.reason = ABORTED, told(error) or type(error).__name__
        raise
    finally:
        if sink.recording:
            fields = {"verdict": item.verdict, "reason": item.reason, "seconds": _seconds(begin)}
            sink.append("scenario_finished", {"scenario": item.spec.id, **fields})
            sink.sync()
        sink.scenario = None


@contextmanager
def listening(observed: list[Observation[Any]]) -> Iterator[None]:
    """Keep what is observed meanwhile: no expectation may be taken from it."""
    observed.clear()
    LISTENERS.append(observed.append)
    try:
        yield
    finally:
        LISTENERS.remove(observed.append)
        observed.clear()


def _seconds(begin: float) -> float | int:
    thousandth = milliseconds(time.perf_counter() - begin)
    return milliseconds(thousandth / 1_000_000)


def _started(item: ScenarioItem, run: Run) -> dict[str, object]:
    spec, feature = item.spec, item.document.feature
    template = spec.template
    return {
        "scenario": spec.id,
        "name": item.scenario.name,
        "feature": {
            "name": feature.name,
            "path": item.document.path,
            "description": feature.description.strip(),
        },
        "outline": template.name if spec.params else None,
        "rule": None if template.rule is None else template.rule.name,
        "line": spec.line,
        "description": template.description.strip(),
        "tags": list(spec.tags),
        "requirements": list(spec.requirements),
        "parameters": spec.params,
        "keys_seed": run.seed,
        "steps": [
            {"keyword": step.keyword, "type": step.type, "text": step.name, "line": step.line_number}
            for step in item.scenario.steps
        ],
    }


def judge(item: ScenarioItem, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Take the phase's result into the scenario's verdict and write the verdict into the report.

    What a system does not support is shown as skipped, with the reason: it is no failure.
    """
    error = call.excinfo.value if call.excinfo is not None else None
    if error is None:
        had_passed = item.verdict == PASSED
        _refuse_unheard(item)
        if item.verdict != PASSED and (had_passed or call.when == "call"):
            item.verdict, item.reason = FAILED, item.reason or f"{item.path_text()}: {NEVER_RUN}"
            report.outcome, report.longrepr = "failed", item.reason
    elif call.when == "setup":
        item.verdict, item.reason = verdict_of(error, None), told(error)
    elif call.when == "teardown":
        item.verdict, item.reason = FAILED, f"the clean-up failed: {told(error)}"
    elif item.reason is None:  # no step failed: looking up steps or counting checks did
        item.verdict, item.reason = verdict_of(error, "then"), told(error)
    elif item.verdict == NOT_RUN:
        item.verdict = verdict_of(error, "then")
    if isinstance(error, NotSupported) and item.verdict == NOT_SUPPORTED:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.spec.line, f"not supported: {error}")
    if report.when == "teardown":
        told_reason = [(REASON, item.reason)] if item.reason else []
        report.user_properties = [
            *report.user_properties,
            (SCENARIO, item.spec.id),
            (VERDICT, item.verdict),
            *told_reason,
        ]


def _refuse_unheard(item: ScenarioItem) -> None:
    """A scenario fails by what its steps did not hear of: a check that they caught, or that was made after them."""
    faults = [f"the coroutine {name!r} was never awaited: its body never ran" for name in item.forgotten]
    faults += [] if item.checks is None else item.checks.step.faults
    if item.verdict == PASSED and faults:
        item.verdict = FAILED
        item.reason = "\n".join([f"{item.path_text()}: its steps passed, but", *faults])


def clean(report: pytest.TestReport, redactor: Redactor) -> None:
    """Take registered secrets out of what pytest will print: tracebacks and captured output."""
    text = str(report.longrepr or "")
    if redactor.text(text) != text:
        report.longrepr = redactor.text(text)
    report.sections = [(name, redactor.text(content)) for name, content in report.sections]
    report.user_properties = [
        (name, redactor.text(str(value)) if name == REASON else value) for name, value in report.user_properties
    ]


def take_note(run: Run, report: pytest.TestReport) -> None:
    """Count a finished scenario, in the process that hears of all of them."""
    found = dict(report.user_properties)
    if report.when == "teardown" and SCENARIO in found:
        run.verdicts[str(found[SCENARIO])] = str(found[VERDICT])
        run.reasons[str(found[SCENARIO])] = str(found.get(REASON, ""))
