"""Runs the steps of a scenario, with every hook of pytest-bdd, and records them.

pytest-bdd's own executor asks the fixture manager and ``inspect`` anew at every step; here that is
done once per definition (:mod:`syncproof.bdd.lookup`). All steps are looked up before the first is
run: a scenario with an undefined step does nothing to a system.
"""

import time
from typing import Any

import pytest
from _pytest.fixtures import call_fixture_func
from pytest_bdd.compat import inject_fixture
from pytest_bdd.parser import Step

from syncproof.bdd.awaiting import refuse_unrun
from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.lookup import Match, StepDefinition, StepIndex, StepLookupError
from syncproof.bdd.run import RUN
from syncproof.bdd.unread import refuse_unread, swallowed
from syncproof.bdd.verdicts import FAILED, PASSED, told, verdict_of
from syncproof.errors import MisuseError, SyncproofError
from syncproof.transport.recorder import RecordSink, milliseconds

INDEX = pytest.StashKey[StepIndex]()


def execute(item: ScenarioItem) -> None:
    """Run one scenario; its verdict is in the item and the record, its failure is raised."""
    __tracebackhide__ = True
    matches = _matches(item)
    request, hook = item._request, item.config.hook  # noqa: SLF001 - an item has no public request
    names = {"request": request, "feature": item.document.feature, "scenario": item.scenario}
    hook.pytest_bdd_before_scenario(**names)
    try:
        for number, (step, match) in enumerate(zip(item.scenario.steps, matches, strict=True), 1):
            _Step(item, number, step, match, names).run()
        _refuse_unchecked(item)
    finally:
        hook.pytest_bdd_after_scenario(**names)
    item.verdict = PASSED


def _matches(item: ScenarioItem) -> list[Match]:
    index = item.session.stash.get(INDEX, None)
    if index is None:
        index = item.session.stash[INDEX] = StepIndex(item.session)
    found, faults = [], []
    for step in item.scenario.steps:
        try:
            match = index.find(item.parent.parent, step.type, step.name)  # type: ignore[union-attr,arg-type]
            refuse_unread(step, match)
            found.append(match)
        except StepLookupError as error:
            faults.append(f"{item.document.path}:{step.line_number}: {error}")
    faults += swallowed(item, index)
    if faults:
        item.reason = "\n".join(faults)
        raise StepLookupError(item.reason)
    return found


def _refuse_unchecked(item: ScenarioItem) -> None:
    unchecked = list(item.spec.requirements) if item.checks is None else item.checks.step.unchecked()
    if unchecked:
        item.verdict = FAILED
        item.reason = (
            f"{item.path_text()}: the scenario carries {', '.join(unchecked)}, but no check of it was made: "
            "take the tag away or check its claim"
        )
        raise MisuseError(item.reason)


class _Step:
    """One step of one scenario."""

    def __init__(self, item: ScenarioItem, number: int, step: Step, match: Match, names: dict[str, Any]) -> None:
        self.item, self.number, self.step, self.match = item, number, step, match
        self.definition: StepDefinition = match.definition
        self.request = names["request"]
        self.sink: RecordSink = item.config.stash[RUN].recorder.sink
        self.hook = item.config.hook
        self.names = {**names, "step": step, "step_func": self.definition.function}

    def run(self) -> None:
        """Run and record; what it raises ends the scenario."""
        __tracebackhide__ = True
        begin = time.perf_counter()
        self._started()
        arguments: dict[str, Any] = {}
        try:
            self.hook.pytest_bdd_before_step(**self.names)
            arguments = self._arguments()
            self.hook.pytest_bdd_before_step_call(**self.names, step_func_args=arguments)
            self._keep(self._call(arguments))
            self._judge()
        except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
            self._failed(error, begin)
            self.hook.pytest_bdd_step_error(**self.names, step_func_args=arguments, exception=error)
            raise
        self._finished(PASSED, None, begin)
        self.hook.pytest_bdd_after_step(**self.names, step_func_args=arguments)

    def _arguments(self) -> dict[str, Any]:
        definition, step = self.definition, self.step
        converters = definition.context.converters
        found = {
            name: converters[name](value) if name in converters else value
            for name, value in self.match.arguments.items()
            if name in definition.parameters
        }
        if step.datatable is not None and "datatable" in definition.parameters:
            found["datatable"] = step.datatable.raw()
        if step.docstring is not None and "docstring" in definition.parameters:
            found["docstring"] = step.docstring
        for name in definition.needs:
            if name not in found:
                found[name] = self.request.getfixturevalue(name)
        return found

    def _call(self, arguments: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        function = self.definition.function
        if self.definition.is_generator:
            return call_fixture_func(function, self.request, arguments)
        result = function(**arguments)
        refuse_unrun(result, self.definition.place)
        return result

    def _keep(self, value: Any) -> None:
        if self.definition.context.target_fixture is not None:
            inject_fixture(self.request, self.definition.context.target_fixture, value)

    def _judge(self) -> None:
        checks = self.item.checks
        if self.step.type == "then" and (checks is None or checks.step.made == 0):
            text = f"the step at {self.definition.place} checked nothing"
            raise MisuseError(f"{text}: a Then goes through the fixture 'check'")
        if checks is not None:
            checks.step.end()

    def _started(self) -> None:
        self.sink.step = self.number
        if self.item.checks is not None:
            self.item.checks.step.begin()
        if self.sink.recording:
            step = self.step
            fields = {"keyword": step.keyword, "text": step.name, "line": step.line_number}
            self.sink.append("step_started", {"scenario": self.item.spec.id, "n": self.number, **fields})

    def _failed(self, error: BaseException, begin: float) -> None:
        """A failed check weighs more than what went wrong after it."""
        verdict, text = verdict_of(error, self.step.type), told(error)
        failures = list(self.item.checks.step.failures) if self.item.checks is not None else []
        if failures:
            verdict, text = FAILED, "\n".join([*failures, text])
        place = f"{self.item.document.path}:{self.step.line_number}"
        where = f"{place}: {self.step.keyword} {self.step.name}"
        self.item.verdict, self.item.reason = verdict, f"{where}\n{text}"
        if not isinstance(error, SyncproofError):
            error.add_note(f"in {where}")
        self._finished(verdict, text, begin)

    def _finished(self, verdict: str, error: str | None, begin: float) -> None:
        if self.sink.recording:
            took = milliseconds(time.perf_counter() - begin)
            fields = {"verdict": verdict, "error": error, "ms": took}
            self.sink.append("step_finished", {"scenario": self.item.spec.id, "n": self.number, **fields})
        self.sink.step = None
