"""A suite in a temporary directory, run by pytest as a user runs it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

import syncproof
from syncproof.evidence.reader import Record, read_pack

STEPS = '''
import pytest
from pytest_bdd import given, parsers, then, when
from syncproof.errors import NotSupported
from syncproof.ports import Observation

@pytest.fixture(autouse=True)
def made_up(recorder):
    """The exchanges of these tests are made up."""
    recorder.behind = lambda exchange: ("erp", True)

@given(parsers.parse('product "{name}" is in production'))
def _(name): ...

@when("nothing happens")
def _(): ...

@then(parsers.parse("revision {revision} is in effect"))
def _(check, revision):
    check.equal("URS-REV-001", "revision in effect", revision, Observation("A", ("main-x1",), "erp"))
'''


@dataclass
class Suite:
    """Files, runs and what came of them."""

    pytester: pytest.Pytester

    def write(self, name: str, text: str) -> Path:
        path = self.pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def feature(self, body: str, name: str = "features/x.feature") -> Path:
        """A feature file; the body is scenarios (indented as you like)."""
        return self.write(name, f"Feature: X\n{body}")

    def steps(self, more: str = "") -> None:
        """The vocabulary: three steps, and more."""
        self.write("conftest.py", STEPS + more)

    def run(self, *options: str, apart: bool = False) -> pytest.RunResult:
        """Run pytest: in this process, or ``apart`` in one of its own."""
        quiet = ("no:randomly", "no:cacheprovider", "no:hypothesispytest", "no:faker")
        given = [option for name in quiet for option in ("-p", name)]
        run = self.pytester.runpytest_subprocess if apart else self.pytester.runpytest_inprocess
        return run(*given, *options)

    def record(self, number: int = -1) -> Record:
        """The record of a run (the last one)."""
        packs = sorted((self.pytester.path / "evidence").glob("[0-9]*-*"))
        return read_pack(packs[number])

    def ledger(self) -> list[dict]:
        text = (self.pytester.path / "evidence" / "ledger.ndjson").read_text()
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Suite:
    """An empty suite without a registry, with the usual vocabulary."""
    source = str(Path(syncproof.__file__).parent.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([source, os.environ.get("PYTHONPATH", "")]))
    made = Suite(pytester)
    made.write("pytest.ini", "[pytest]\nsyncproof_registry =\n")
    made.steps()
    return made
