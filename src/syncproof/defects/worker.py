"""A pytest plugin: takes jobs, one line of JSON each, and runs their scenarios again and again.

The suite is collected once and the landscape started once; each job finds it as after a start. A job is
``{"defect", "systems", "seed", "scenarios", "stop"}``: with a defect or with none, until a check of one of the
requirements ``stop`` has failed. Loaded by :mod:`syncproof.defects.campaign`, with ``-s``.
"""

import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

import pytest

from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.run import RUN
from syncproof.defects.acting import Acting
from syncproof.defects.base import Variation
from syncproof.defects.ground import Ground, prepared
from syncproof.defects.registry import registry
from syncproof.defects.watching import Watching
from syncproof.errors import SyncproofError
from syncproof.landscape import load

FILE = "SYNCPROOF_DEFECTS"
"""Environment variable with the user's file of defects."""
WORKER = "SYNCPROOF_POWER_WORKER"
Json = dict[str, Any]
BENCH = pytest.StashKey["Bench"]()


class Bench:
    """The collected scenarios, the landscape they run on, and the line to who gives the jobs."""

    def __init__(self, config: pytest.Config) -> None:
        file = os.environ.get(FILE)
        self._lines, self._said = _line()
        self._name = os.environ.get(WORKER, "main")
        definition = load(Path(config.getoption("landscape")))
        self._own = self.ground = Ground(prepared(definition, Path(file) if file else None), self._name)
        self._run = config.stash[RUN]
        self._watching = Watching(self._name)
        self._run.recorder.sink = self._watching
        self._items: dict[str, ScenarioItem] = {}
        self._numbers = itertools.count()
        self._file = Path(file) if file else None
        self.acting: Acting | None = None

    def serve(self, session: pytest.Session) -> None:
        """Says what there is, then does job after job."""
        self._items = {item.spec.id: item for item in session.items if isinstance(item, ScenarioItem)}
        scenarios = [{"id": id_, "requirements": list(i.spec.requirements)} for id_, i in self._items.items()]
        self._say({"scenarios": scenarios, "errors": session.testsfailed})
        for line in self._lines:
            try:
                self._say(self._do(json.loads(line), session))
            except (SyncproofError, OSError) as error:
                self._say({"error": f"{type(error).__name__}: {error}"})
                self.ground.close()

    def _say(self, told: Json) -> None:
        self._said.write(json.dumps(told) + "\n")
        self._said.flush()

    def _do(self, job: Json, session: pytest.Session) -> Json:
        self._run.seed = job["seed"]
        with self._varied(job):
            self.ground.fresh()
            for system in job["systems"]:
                self.ground.turn_on(system, job["defect"])
            try:
                with self.acting.at_work(self.ground) if self.acting else nullcontext():
                    results = list(self._results(job))
            finally:
                session._setupstate.teardown_exact(None)  # noqa: SLF001  the next job finds nothing of this one
            watches = [self.ground.turn_off(system) for system in job["systems"]]
            self.ground.check()
            return {"results": results, "watches": [*watches, self.acting and self.acting.watch]}

    @contextmanager
    def _varied(self, job: Json) -> Iterator[None]:
        """A variation may act outside the systems, and on a landscape of its own."""
        defect = registry(self._file)[job["defect"]] if job["defect"] else None
        self.acting = Acting(defect) if isinstance(defect, Variation) else None
        self.ground = self.acting.ground(self._own) if self.acting else self._own
        try:
            yield
        finally:
            if self.ground is not self._own:
                self.ground.close()
            self.acting, self.ground = None, self._own

    def _results(self, job: Json) -> Iterator[Json]:
        items = [self._fresh(id_) for id_ in job["scenarios"]]
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            result = self._run_one(item, following if following is not item else None)
            yield result
            if any(check["requirement"] in job["stop"] for check in result["failed"]):
                return

    def _fresh(self, id_: str) -> ScenarioItem:
        """A scenario as if it were collected now: fixtures that its steps made are registered for its node, and a
        second run of the same node would find those of the first."""
        item, number = self._items[id_], next(self._numbers)
        name = f"{item.name} #{number}"
        spec = self.acting.worded(item.spec) if self.acting else item.spec
        fresh: ScenarioItem = ScenarioItem.from_parent(item.parent, name=name, spec=spec, document=item.document)
        return fresh

    def _run_one(self, item: ScenarioItem, following: ScenarioItem | None) -> Json:
        begin = time.perf_counter()
        self._watching.take()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return {
            "scenario": item.spec.id,
            "verdict": item.verdict,
            "reason": item.reason or "",
            "failed": self._watching.take(),
            "seconds": round(time.perf_counter() - begin, 3),
        }


def _line() -> tuple[IO[str], IO[str]]:
    """Standard input and output as they were; what the suite prints goes to standard error from now on."""
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    lines = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(2, 1)
    return lines, said


def pytest_configure(config: pytest.Config) -> None:
    """Keeps the line before anybody prints to it."""
    config.stash[BENCH] = Bench(config)


@pytest.hookimpl
def pytest_syncproof_running(config: pytest.Config) -> Any:
    """The landscape of the bench, for every job."""
    return config.stash[BENCH].ground.running


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """A variation may do something in the middle of a scenario."""
    bench = request.config.stash[BENCH]
    if bench.acting:
        bench.acting.before_step(request.node, step, bench.ground)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Jobs, instead of every test once."""
    bench = session.config.stash[BENCH]
    try:
        bench.serve(session)
    finally:
        bench.ground.close()
    sys.stdout.flush()
    return True
