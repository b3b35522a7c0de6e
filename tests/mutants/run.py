"""Tests of the tests: changes one small thing in the code at a time and sees whether a test fails.

``python -m tests.mutants.run [MODULE] [--sample N] [--seed S]``: MODULE is a package (``oracle``, ``checks``,
``evidence``) or a module of one (``oracle/quantities``); without it, those that were gone through. A change that no
test notices must be explained in ``explained.tsv``, or the exit code is 1; so it is for an explanation of something
that does not survive or does not exist (not with ``--sample``). Run by ``make mutants``, which installs mutmut.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections import Counter

from tests.mutants import explained
from tests.mutants.modules import ROOT, chosen, units
from tests.mutants.mutations import Mutation, mutations, outcomes

WORK = ROOT / ".mutants"
NEEDED = ("conftest.py", "pytest.toml", "features", "steps", "fixtures", "contracts", "reports", "landscapes", "docs")
CONFIG = """[tool.mutmut]
source_paths = ["src"]
only_mutate = {files}
timeout_constant = 20
pytest_add_cli_args_test_selection = ["{tests}"]
pytest_add_cli_args = ["-c", "pytest.toml", "--confcutdir=tests", "-p", "no:cacheprovider", "-p", "tests.mutants.quick"]
also_copy = {needed}
"""


def prepare(tests: str, files: list[str]) -> None:
    """A folder in which mutmut finds the repository, with the settings for one unit."""
    shutil.rmtree(WORK, ignore_errors=True)
    (WORK / "mutants" / "src").mkdir(parents=True)
    for name in ("src", "tests", *NEEDED):
        (WORK / name).symlink_to(ROOT / name)
    text = CONFIG.format(files=toml_list(files), tests=tests, needed=toml_list(NEEDED))
    (WORK / "pyproject.toml").write_text(text, encoding="utf-8")
    os.chdir(WORK)


def toml_list(names: list[str] | tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def try_out(names: list[str], processes: int) -> None:
    """Runs the tests on each mutant; SystemExit if they could not be run at all."""
    # processes that a test starts import the changed code, too
    paths = f"{WORK / 'mutants' / 'src'}{os.pathsep}{WORK / 'mutants'}"
    # no plugin and no suite: starting pytest would cost five times as much as the tests
    environment = os.environ | {"PYTHONPATH": paths, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(processes), *names]
    log = WORK / "mutmut.log"
    with log.open("w") as output:
        done = subprocess.run(command, cwd=WORK, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode:
        sys.exit(f"mutmut ended with {done.returncode}: see {log}")


def report(tried: list[Mutation], found: dict[str, str], known: explained.Explained) -> int:
    """Prints the score by module and what survived unexplained; how many those are."""
    counts: dict[str, Counter[str]] = {}
    for each in tried:
        outcome = found.get(each.name, "not tried")
        state = "killed" if outcome in {"killed", "timeout"} else known.state(each)
        counts.setdefault(each.file, Counter())[state] += 1
        if state == "survived":
            print(f"\n{each.file}: {each.function} ({outcome})\n  - {each.was}\n  + {each.becomes}")
    print(f"\n{'module':<52}{'mutants':>8}{'killed':>8}{'explained':>10}{'survived':>10}{'score':>8}")
    for name, count in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        total, real = sum(count.values()), sum(count.values()) - count["explained"]
        score = f"{count['killed'] / real:.1%}" if real else "-"
        row = f"{count['killed']:>8}{count['explained']:>10}{count['survived']:>10}"
        print(f"{name.removeprefix('src/syncproof/'):<52}{total:>8}{row}{score:>8}")
    return sum(count["survived"] for count in counts.values())


def tried_out(tests: str, files: list[str], given: argparse.Namespace) -> tuple[list[Mutation], dict[str, str]]:
    """The mutants of one unit, or a sample of each module of it, and what became of them."""
    prepare(tests, files)
    some = [each for name in files for each in drawn(mutations(name), given)]
    print(f"{tests}: {len(some)} mutants", flush=True)
    if not some:
        return [], {}
    try_out([each.name for each in some], given.processes)
    return some, outcomes(files)


def drawn(there: list[Mutation], given: argparse.Namespace) -> list[Mutation]:
    if not given.sample or given.sample >= len(there):
        return there
    return random.Random(given.seed).sample(there, given.sample)


def main() -> int:
    parser = argparse.ArgumentParser(description="mutation testing of the parts that decide")
    parser.add_argument("module", nargs="?")
    parser.add_argument("--sample", type=int, help="try at most so many mutants of each module")
    parser.add_argument("--seed", default="1", help="draws the sample")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    known, files = explained.read(ROOT), chosen(given.module or None)
    tried, found = [], {}
    for tests, names in [unit for package in files for unit in units(package, files[package])]:
        some, became = tried_out(tests, names, given)
        tried, found = tried + some, found | became
    survived = report(tried, found, known)
    unused = [] if given.sample else known.unused({name for names in files.values() for name in names})
    for row in unused:
        print(f"explained, but nothing like it survives: {row.file}: {row.was} -> {row.becomes}")
    return 1 if survived or unused else 0


if __name__ == "__main__":
    sys.exit(main())
