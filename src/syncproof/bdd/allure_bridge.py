"""Gherkin steps for ``pytest --alluredir``: a light bridge into allure-pytest.

The full report is made from the record (:mod:`syncproof.reporting.allure`). This one serves those who
run bare pytest with Allure's own plugin: steps with their status, readable parameters, labels.
"""

import uuid
from typing import Any

import allure
import pytest
from allure_commons import plugin_manager

from syncproof.bdd.collection import ScenarioItem
from syncproof.errors import NotSupported


def is_wanted(config: pytest.Config) -> bool:
    """Whether allure-pytest is there and writes results in this process."""
    return bool(getattr(config.option, "allure_report_dir", None)) and config.pluginmanager.hasplugin("allure_pytest")


dynamic: Any = allure.dynamic
"""Allure's functions for the running test; they carry no types."""


class AllureBridge:
    """Opens and closes an Allure step around every Gherkin step."""

    def __init__(self) -> None:
        self._open: str | None = None
        self._done = 0

    def pytest_bdd_before_scenario(self, request: Any, feature: Any, scenario: Any) -> None:
        """Names, labels and parameters; without them Allure would take rows for one test."""
        self._done = 0
        dynamic.title(scenario.name)
        dynamic.feature(feature.name)
        item = request.node
        if not isinstance(item, ScenarioItem):
            return
        for tag in item.spec.tags:
            if tag.startswith("epic:"):
                dynamic.epic(tag.partition(":")[2])
            else:
                dynamic.tag(tag)
        for id_ in item.spec.requirements:
            dynamic.label("requirement", id_)
        for name, value in item.spec.params.items():
            dynamic.parameter(name, value)

    def pytest_bdd_before_step(self, step: Any) -> None:
        """The step begins."""
        self._begin(step)

    def pytest_bdd_after_step(self) -> None:
        """It passed."""
        self._end(None)

    def pytest_bdd_step_error(self, scenario: Any, exception: BaseException) -> None:
        """It failed; the steps after it are shown as skipped."""
        missing = isinstance(exception, NotSupported)
        self._end(pytest.skip.Exception(str(exception)) if missing else exception)
        for step in scenario.steps[self._done :]:
            self._begin(step)
            self._end(pytest.skip.Exception("an earlier step ended the scenario"))

    def _begin(self, step: Any) -> None:
        self._open = str(uuid.uuid4())
        title = f"{step.keyword.strip()} {step.name}"
        plugin_manager.hook.start_step(uuid=self._open, title=title, params={})

    def _end(self, error: BaseException | None) -> None:
        kind = None if error is None else type(error)
        trace = None if error is None else error.__traceback__
        plugin_manager.hook.stop_step(uuid=self._open, exc_type=kind, exc_val=error, exc_tb=trace)
        self._done += 1
