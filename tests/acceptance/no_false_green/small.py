"""A small suite as ``syncproof init`` makes it, whose steps ask no system: it runs in a second or two."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from syncproof.evidence.reader import Record, read_pack

SECONDS = 600
QUIET = ("no:randomly", "no:cacheprovider")

NO_LANDSCAPE = """
import pytest

@pytest.fixture(scope="session")
def sla():
    return lambda domain: 0.01
"""

PROBE = '''
from datetime import UTC, datetime

import pytest
from pytest_bdd import given, parsers, then, when

from syncproof.ports import Observation, Outcome
from syncproof.transport.recorder import Received, Sent


@pytest.fixture
def exchanged(recorder):
    """An exchange with a system: its id."""
    def exchange(system="erp", status=200):
        sent = Sent(system, "GET", f"http://{system}/x", {}, b"", datetime.now(UTC))
        received = None if status is None else Received(status, {}, b"{}")
        return recorder.exchange(sent, received, None if received else "refused", 0.001)
    return exchange


@pytest.fixture
def asked(exchanged):
    """What a system was seen to hold."""
    def ask(value, system="erp"):
        return Observation(value, (exchanged(system),), system)
    return ask


@given(parsers.parse("a probe {name}"))
def _(name): ...


@when("nothing is done")
def _(): ...


@then(parsers.parse("it shows {value}"))
def _(check, asked, value):
    check.equal("SITE-001", "claim", value, asked("A1"))
'''

PASSES = """
  @SITE-001
  Scenario: {name}
    Then it shows A1
"""


def _interruptible() -> None:
    """Where these tests run in the background, Ctrl-C is ignored, and a child would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True)
class Ended:
    """How a run ended, and all that it said."""

    code: int
    said: str


@dataclass(frozen=True)
class Small:
    """The folder of the suite, and runs in it."""

    folder: Path

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def feature(self, body: str, name: str = "features/x.feature") -> Path:
        return self.write(name, f"Feature: X\n{body}")

    def passing(self, *names: str, file: str = "features/x.feature") -> Path:
        """A feature whose scenarios pass."""
        return self.feature("".join(PASSES.format(name=name) for name in names), file)

    def steps(self, code: str) -> None:
        """Own steps, beside those of the probe."""
        self.write("steps/own.py", f"{PROBE.partition('@given')[0]}\n{code}")

    def hooks(self, code: str) -> None:
        """Code at the end of the suite's conftest."""
        with (self.folder / "conftest.py").open("a", encoding="utf-8") as stream:
            stream.write(f"\n{code}\n")

    def start(self, *command: str, **environment: str) -> subprocess.Popen:
        """A run in the background."""
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env={**_outside(), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_interruptible,  # noqa: PLW1509  no threads here
        )

    def pytest(self, *options: str, plugins: tuple[str, ...] = QUIET, **environment: str) -> Ended:
        """Bare pytest, as a developer runs it."""
        quiet = [option for name in plugins for option in ("-p", name)]
        return _ended(self.start("pytest", *quiet, *options, **environment))

    def qualify(self, *options: str, **environment: str) -> Ended:
        """The command, on the features of the suite alone unless told otherwise."""
        paths = options or ("features",)
        return _ended(self.start("syncproof", "qualify", *paths, "--no-report", **environment))

    def record(self) -> Record:
        """The record of the last run."""
        return read_pack(max(path for path in (self.folder / "evidence").iterdir() if path.is_dir()))

    def reasons(self) -> dict[str, tuple[str, str]]:
        """Verdict and reason of every scenario of the last run, by name."""
        found = self.record().scenarios.values()
        return {one.started["name"]: (one.verdict, one.reason or "") for one in found}


def _outside() -> dict[str, str]:
    """The environment without what the pytest around us has put into it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


def _ended(process: subprocess.Popen) -> Ended:
    said, _ = process.communicate(timeout=SECONDS)
    return Ended(process.returncode, said)


def made(folder: Path) -> Small:
    """``syncproof init``, without what needs a landscape."""
    subprocess.run([sys.executable, "-m", "syncproof", "init", str(folder)], check=True, capture_output=True)
    (folder / "features/own_rules.feature").unlink()
    suite = Small(folder)
    suite.write("fixtures/landscape.py", NO_LANDSCAPE)
    suite.write("steps/probe.py", PROBE)
    return suite


def copied(suite: Small, folder: Path) -> Small:
    """The same suite in a folder of its own."""
    shutil.copytree(suite.folder, folder, dirs_exist_ok=True)
    return Small(folder)
