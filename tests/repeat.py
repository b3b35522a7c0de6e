"""Runs the reference qualification again and again, in random order and in parallel, and compares the
verdict of every scenario: ``python tests/repeat.py [TIMES]``."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from syncproof.evidence.reader import read_pack


def verdicts(out: Path, workers: int) -> dict[str, str]:
    """Verdict by scenario of one whole run."""
    command = [sys.executable, "-m", "syncproof", "qualify", "--json", "--no-report", "--out", str(out)]
    command += ["--random-order"] + (["-n", str(workers)] if workers else [])
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return read_pack(Path(json.loads(done.stdout)["pack"])).verdicts()


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    different = set()
    with tempfile.TemporaryDirectory() as folder:
        first = verdicts(Path(folder), 0)
        for number in range(1, times):
            again = verdicts(Path(folder), 2 * (number % 2))
            different |= {id for id in first | again if first.get(id) != again.get(id)}
            print(f"run {number + 1} of {times}: {len(again)} scenarios, {len(different)} different so far")
    for id in sorted(different):
        print(f"different: {id}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
