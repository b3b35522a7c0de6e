"""Runs the reference qualification again and again and compares the verdict of every scenario.

``python tests/repeat.py [TIMES]``: in random order, alone and with two workers, each of both also while as many
processes as there are cores do nothing but take up time, and while calls are late by chance. Nothing is tried again: a
scenario that differs is a finding, and the pack of a run with one is kept, in evidence/repeat.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice, product
from pathlib import Path

from syncproof.evidence.reader import read_pack

BUSY = "import os, sys\nwhile os.getppid() == int(sys.argv[1]): pass"
"""Until the process that started it is gone."""
WAYS = tuple(product(("", "under load", "with late calls"), (0, 2)))
"""(trouble, workers), one after the other."""
LATE = Path(__file__).with_name("late")
KEPT = Path("evidence", "repeat")


@contextlib.contextmanager
def load(wanted: bool) -> Iterator[None]:
    """Keeps every core busy meanwhile, if wanted."""
    command = [sys.executable, "-c", BUSY, str(os.getpid())]
    busy = [subprocess.Popen(command) for _ in range(os.cpu_count() or 1)] if wanted else []
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def verdicts(out: Path, workers: int, *, late: bool) -> dict[str, str]:
    """Verdict by scenario of one whole run; a run that did not get to its end ends all."""
    paths = [str(LATE)] * late + [path for path in [os.environ.get("PYTHONPATH")] if path]
    command = [sys.executable, "-m", "syncproof", "qualify", "--json", "--no-report", "--out", str(out)]
    command += ["--random-order"] + (["-n", str(workers)] if workers else [])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if not done.stdout:
        sys.exit(f"a run left no result (exit code {done.returncode}): {done.stderr[-2000:]}")
    return read_pack(Path(json.loads(done.stdout)["pack"])).verdicts()


def main() -> int:
    """0 if no verdict differs."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    shutil.rmtree(KEPT, ignore_errors=True)
    first: dict[str, str] = {}
    different: dict[str, set[str]] = {}
    for number, (trouble, workers) in enumerate(islice(cycle(WAYS), times), 1):
        with tempfile.TemporaryDirectory() as folder:
            with load(trouble == "under load"):
                again = verdicts(Path(folder), workers, late=trouble == "with late calls")
            first = first or again
            differing = [id_ for id_ in sorted(first.keys() | again.keys()) if first.get(id_) != again.get(id_)]
            if differing or set(again.values()) != {"passed"}:
                shutil.copytree(folder, KEPT / str(number), dirs_exist_ok=True)
        for id_ in differing:
            different.setdefault(id_, set()).add(f"{first.get(id_)}, then {again.get(id_)}")
        how = ", ".join(filter(None, ("two workers" if workers else "alone", trouble)))
        print(f"run {number} of {times} ({how}): {len(again)} scenarios, {len(different)} different so far", flush=True)
    for id_, seen in different.items():
        print(f"different: {id_}: {'; '.join(sorted(seen))}")
    if KEPT.exists():
        print(f"kept: {', '.join(str(each) for each in sorted(KEPT.iterdir()))}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
