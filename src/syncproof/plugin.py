"""The pytest plugin: features are tests, and every run leaves a record.

Composition only; what happens is in :mod:`syncproof.bdd`.
"""

import random
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from syncproof import checks as checking
from syncproof.bdd import recording
from syncproof.bdd import session as sessions
from syncproof.bdd.collection import FeatureFile, ScenarioItem
from syncproof.bdd.ending import Ending
from syncproof.bdd.keys import Keys
from syncproof.bdd.replaying import only_recorded
from syncproof.bdd.run import RUN, current_run, enter, leave
from syncproof.bdd.selection import PHASES
from syncproof.bdd.suites import is_replaced
from syncproof.bdd.summary import write_summary
from syncproof.checks import Checks
from syncproof.transport import Recorder
from syncproof.transport.recorder import RecordSink

if TYPE_CHECKING:
    from syncproof.landscape.definition import Definition
    from syncproof.landscape.launch import RunningLandscape

FAULTS = pytest.StashKey[list[str]]()
ENDING = pytest.StashKey[Ending]()


OPTIONS: dict[str, dict[str, Any]] = {
    "--landscape": {"metavar": "FILE", "help": "landscape file: which system plays which role"},
    "--evidence": {"metavar": "DIR", "help": "where records go (evidence/ beside the landscape file)"},
    "--allow-writes": {
        "action": "store_true",
        "help": "write to a production landscape whose file allows it too (it is read-only otherwise)",
    },
    "--no-record": {"action": "store_true", "help": "keep no record: for trying things out"},
    "--seed": {"metavar": "TEXT", "help": "seed of the business keys (fresh for each run)"},
    "--replay": {"metavar": "PACK", "help": "answer from this pack instead of any system"},
    "--replay-worker": {"metavar": "NAME", "default": "main", "help": "whose record of the pack is played back"},
    "--random-order": {"action": "store_true", "help": "in an order drawn from the seed"},
    "--pause": {"action": "store_true", "help": "wait for the Enter key before every step (with -s)"},
    "--requirement": {
        "action": "append",
        "metavar": "ID",
        "help": "only scenarios that carry it; repeatable",
    },
    "--phase": {
        "action": "append",
        "choices": PHASES,
        "help": "only scenarios of this qualification phase; repeatable",
    },
    "--site": {
        "action": "append",
        "metavar": "SITE",
        "help": "only scenarios of this site and of none; repeatable",
    },
}


class RunInfo:
    """Hooks that this plugin offers."""

    @pytest.hookspec
    def pytest_syncproof_run_info(self, config: pytest.Config, info: dict[str, Any]) -> None:
        """Add facts (JSON types) to ``run_started``: protocol, contract versions and so on."""

    @pytest.hookspec(firstresult=True)
    def pytest_syncproof_running(self, config: pytest.Config, definition: "Definition") -> "RunningLandscape | None":
        """The landscape of this worker, if somebody has started it already and will end it."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Offer the hooks."""
    pluginmanager.add_hookspecs(RunInfo)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run."""
    group = parser.getgroup("syncproof")
    for name, settings in OPTIONS.items():
        group.addoption(name, **settings)
    parser.addini(
        "syncproof_registry",
        "requirements files of the suite; the tags of its features must be in one of them",
        type="args",
        default=["reports/registry/*.toml"],
    )
    parser.addini("syncproof_collect", "collect .feature files directly", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Every process of a run has its own view of it."""
    config.stash[RUN] = run = sessions.make_run(config)
    enter(run)
    if not hasattr(config, "workerinput"):
        config.stash[ENDING] = ending = Ending()
        ending.watch()
    config.pluginmanager.register(Listener(config), "syncproof-listener")
    if getattr(config.option, "allure_report_dir", None):
        from syncproof.bdd import allure_bridge  # noqa: PLC0415 - Allure costs time to import

        if allure_bridge.is_wanted(config):
            config.pluginmanager.register(allure_bridge.AllureBridge(), "syncproof-allure")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The session is over."""
    if RUN in config.stash:
        leave()
    if ENDING in config.stash:
        config.stash[ENDING].leave()


def pytest_report_header(config: pytest.Config) -> str:
    """Seed and landscape: what it takes to run the same again."""
    run, landscape = config.stash[RUN], sessions.landscape_file(config)
    return f"syncproof: seed {run.seed}, landscape {landscape or 'none'}"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Brief an xdist worker (in the controller)."""
    sessions.brief_worker(node.config, node.workerinput)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear an xdist worker's last word (in the controller)."""
    sessions.hear_worker(node.config, getattr(node, "workeroutput", {}), node.gateway.id)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Feature files are test files."""
    config = parent.config
    if file_path.suffix != ".feature" or not config.getini("syncproof_collect"):
        return None
    if is_replaced(file_path, config.rootpath):
        return None
    config.stash[RUN].seen_features += 1
    return FeatureFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag() -> bool:
    """Tags are no markers: ``@URS-REV-002`` cannot be one."""
    return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what --requirement, --phase and --site do not ask for."""
    selection = config.stash[RUN].selection
    replay = config.stash[RUN].replay
    if replay is not None:
        items[:] = only_recorded(items, replay)
        return
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        (kept if not isinstance(item, ScenarioItem) or selection.takes(item.spec) else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept
    if config.option.random_order:
        random.Random(config.stash[RUN].seed).shuffle(items)  # noqa: S311  an order, not a secret


def pytest_collection_finish(session: pytest.Session) -> None:
    """The plan is known."""
    sessions.finish_collection(session)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Record a scenario from before its set-up to after its tear-down."""
    item.config.stash[RUN].current = item
    if not isinstance(item, ScenarioItem):
        return (yield)
    with recording.recorded(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge each phase of a scenario."""
    report = yield
    if isinstance(item, ScenarioItem):
        recording.judge(item, call, report)
    recording.clean(report, item.config.stash[RUN].redactor)
    return report


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Under --pause a person says when a step is done."""
    if request.config.option.pause:
        sys.stdout.write(f"\n    {step.keyword}{step.name}  [Enter] ")
        sys.stdout.flush()
        sys.stdin.readline()


class Listener:
    """Hears of every finished scenario; registered once per config, which this hook does not get."""

    def __init__(self, config: pytest.Config) -> None:
        self.run = config.stash[RUN]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what was executed."""
        recording.take_note(self.run, report)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Generator[None, None, None]:
    """Close the record after everything else; numbers that do not add up are not green."""
    yield
    config = session.config
    workeroutput = getattr(config, "workeroutput", None)
    if workeroutput is not None:
        sessions.finish_worker(config, workeroutput)
        return
    config.stash[FAULTS] = sessions.finish_run(session, exitstatus)
    if config.stash[FAULTS] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Verdicts, what was not supported and why, and where the record lies."""
    write_summary(terminalreporter, config.stash[RUN], config.stash.get(FAULTS, []))


@pytest.fixture(scope="session")
def recorder() -> Recorder:
    """What recording sessions are made with; its redactor must know every secret."""
    return current_run().recorder


@pytest.fixture(scope="session")
def journal(recorder: Recorder) -> RecordSink:
    """The journal of this worker (one that drops everything if nothing is recorded)."""
    return recorder.sink


@pytest.fixture(scope="session")
def sla() -> Callable[[str], float]:
    """Seconds within which a domain must be in step; a suite overrides it from its landscape."""
    return checking.default_sla


@pytest.fixture
def keys() -> Keys:
    """Business keys of this scenario: ``keys("lot", "L1")``."""
    run = current_run()
    item = run.current
    scenario = item.spec.id if isinstance(item, ScenarioItem) else item.nodeid if item else ""
    return Keys(run.seed, scenario)


@pytest.fixture
def check(sla: Callable[[str], float]) -> Checks:
    """The checking vocabulary; in a test that is no scenario, it is judged when the test ends."""
    run = current_run()
    item = run.current
    if isinstance(item, ScenarioItem):
        item.checks = Checks(run.recorder, requirements=item.spec.requirements, sla=sla)
        return item.checks
    checks = Checks(run.recorder, sla=sla)
    if item is not None:
        item.addfinalizer(checks.step.end)
    return checks
