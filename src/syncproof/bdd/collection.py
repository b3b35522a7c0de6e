"""Feature files and scenarios as pytest collects them."""

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import Scenario

from syncproof.bdd.gherkin import FeatureDocument, FeatureError, ScenarioSpec, read_feature
from syncproof.bdd.run import RUN
from syncproof.bdd.suites import registry_of, suite_of
from syncproof.checks import Checks
from syncproof.errors import ConfigurationError, MisuseError, SyncproofError


# What pytest takes for the test function; the item runs the steps itself. No docstring: Allure's own
# plugin would print it as the description of every scenario.
def _scenario() -> None: ...


class FeatureFile(pytest.Module):
    """A ``.feature`` file. Its module is empty: steps and fixtures come from conftest and plugins."""

    def _getobj(self) -> types.ModuleType:
        return types.ModuleType(self.path.stem)

    def collect(self) -> Iterator["ScenarioItem"]:
        """One item per scenario and example row; a faulty file collects nothing and fails the run."""
        run = self.config.stash[RUN]
        run.seen.add(self.path)
        try:
            registry = registry_of(self.config)
            known = None if registry is None else frozenset(registry.requirements)
            document = read_feature(self.path, suite_of(self.path, self.config.rootpath), known)
        except (FeatureError, ConfigurationError) as error:
            raise self.CollectError(str(error)) from None
        run.documents[document.path] = document
        for spec in document.scenarios:
            item = ScenarioItem.from_parent(self, name=spec.name, spec=spec, document=document)
            run.items.append(item)
            yield item


class ScenarioItem(pytest.Function):
    """One scenario, or one row of an outline; where it stands in the feature file is its location."""

    def __init__(self, *, spec: ScenarioSpec, document: FeatureDocument, **kwargs: Any) -> None:
        super().__init__(callobj=_scenario, **kwargs)
        self.spec = spec
        self.document = document
        self.checks: Checks | None = None
        self.verdict = "not run"
        self.reason: str | None = None
        self.begun: set[str] = set()
        """The phases that have begun since the scenario was last taken up."""
        self.forgotten: list[str] = []
        """The coroutines that were made meanwhile and never awaited."""
        self._rendered: Scenario | None = None
        self.extra_keyword_matches.update(spec.tags, spec.params.values())

    @property
    def scenario(self) -> Scenario:
        """The scenario with its row filled in."""
        if self._rendered is None:
            self._rendered = self.spec.render()
        return self._rendered

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, zero-based line and name, as pytest shows them."""
        return self.path, self.spec.line - 1, self.name

    def setup(self) -> None:
        """Make what the scenario needs before its first step."""
        self._once("setup")
        super().setup()

    def runtest(self) -> None:
        """Run the steps."""
        __tracebackhide__ = True
        self._once("call")
        from syncproof.bdd.execution import execute  # noqa: PLC0415 - it needs this class

        execute(self)

    def _once(self, phase: str) -> None:
        """A plugin that repeats what failed would hide the failure."""
        if phase in self.begun:
            first = f" (the first time: {self.reason})" if self.reason else ""
            text = "the scenario was run again, and a retry is no verdict: switch off the plugin that repeats tests"
            self.reason = f"{self.path_text()}: {text}{first}"
            raise MisuseError(self.reason)
        self.begun.add(phase)

    def repr_failure(  # type: ignore[override]  # as pytest.Function has it
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> Any:
        """A fault that a person can act on is told in words, any other with its traceback."""
        if isinstance(excinfo.value, SyncproofError):
            return self.reason or f"{self.path_text()}: {excinfo.value}"
        return super().repr_failure(excinfo)

    def path_text(self) -> str:
        """``features/x.feature:12``, as editors open it."""
        return f"{self.document.path}:{self.spec.line}"
