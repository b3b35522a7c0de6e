"""What a scenario costs: CPU per scenario against plain pytest, and with a large vocabulary.

Three projects run in turns. Each process takes its own CPU time from the start of the session to its
very end (collection, run and record; not the imports before), with few and with many tests, so that
what does not depend on their number drops out of the difference: plain pytest (empty test functions), scenarios of four steps that do nothing but one
check, and the same with 800 more step definitions. The record is written.

    python bench/scenario_overhead.py [--rounds 5] [--limit 2.8] [--vocabulary-limit 1.2]

Prints CPU per test of each and both ratios; exit code 1 if one is above its limit.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path

from bounds import Found, report

FEW, MANY = 50, 1050

CLOCK = """
import time, pytest

@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    session.config.begin = time.process_time()

@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    print("CPU", time.process_time() - config.begin)
"""
STEPS = """
from pytest_bdd import given, parsers, then, when
from syncproof.ports import Observation

SEEN = Observation("A", ("main-x1",), "erp")

@given(parsers.parse('product "{{name}}" is in production'))
def _(name): ...

@given("order O1 is released")
def _(): ...

@when(parsers.parse("business time is {{instant}}"))
def _(instant): ...

@then(parsers.parse("revision {{revision}} is in effect"))
def _(check, revision):
    check.equal("URS-REV-001", "the revision in effect", revision, SEEN)

for number in range({more}):
    given(parsers.parse(f"product number {{number}} of {{{{thing}}}} is known as {{{{name}}}}"))(lambda thing, name: None)
    locals()[f"step_{{number}}"] = locals().pop(next(n for n in list(locals()) if n.startswith("pytestbdd_stepdef") and "product number" in n))
"""
SCENARIO = """
  @URS-REV-001
  Scenario: number {n}
    Given product "Cream" is in production
    And order O1 is released
    When business time is 2027-03-10T06:00:00Z
    Then revision A is in effect
"""


def project(directory: Path, kind: str, tests: int) -> Path:
    """A project of ``tests`` tests; ``kind`` is plain, steps or vocabulary."""
    root = directory / f"{kind}-{tests}"
    root.mkdir()
    (root / "pytest.ini").write_text("[pytest]\nsyncproof_registry =\n")
    (root / "clock.py").write_text(CLOCK)
    if kind == "plain":
        body = "\n".join(f"def test_{n}(): ..." for n in range(tests))
        (root / "test_plain.py").write_text(body)
        return root
    (root / "conftest.py").write_text(STEPS.format(more=800 if kind == "vocabulary" else 0))
    scenarios = "".join(SCENARIO.format(n=n) for n in range(tests))
    (root / "bench.feature").write_text(f"Feature: bench\n{scenarios}")
    return root


def installed() -> bool:
    """Whether pytest finds the plugin by its entry point (not so from bare sources)."""
    return any(one.value == "syncproof.plugin" for one in entry_points(group="pytest11"))


def cpu_seconds(root: Path) -> float:
    """User and system time of one pytest session."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-p",
        "clock",
    ]
    if root.name.startswith("plain"):
        command += ["-p", "no:syncproof", "-p", "no:pytest-bdd"]
    elif not installed():
        command += ["-p", "syncproof.plugin"]
    path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    settings = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([*command, str(root)], cwd=root, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return float(done.stdout.rpartition("CPU ")[2])


def main() -> int:
    """Run the bench and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=2.8)
    parser.add_argument("--vocabulary-limit", type=float, default=1.2)
    options = parser.parse_args()
    kinds = ("plain", "steps", "vocabulary")
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as directory:
        roots = {(kind, n): project(Path(directory), kind, n) for kind in kinds for n in (FEW, MANY)}
        for _ in range(options.rounds):
            for kind in kinds:
                spent = cpu_seconds(roots[kind, MANY]) - cpu_seconds(roots[kind, FEW])
                took[kind].append(spent / (MANY - FEW))
    median = {kind: statistics.median(values) for kind, values in took.items()}
    for kind in kinds:
        print(f"{kind:11} {median[kind] * 1e6:7.0f} µs CPU per test")
    ratio, vocabulary = median["steps"] / median["plain"], median["vocabulary"] / median["steps"]
    return report(
        Found("scenario of four steps / plain test", ratio, options.limit),
        Found("with 800 more step definitions / without", vocabulary, options.vocabulary_limit),
    )


if __name__ == "__main__":
    sys.exit(main())
