"""All benchmarks, each with bounds that hold within its own run: ``make bench``.

Each runs in a process of its own, so one that breaks does not hide the others. Exit code 0 only if every
bound of every benchmark is kept.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = (
    "scenario_overhead.py",
    "recorded_call.py",
    "evidence.py",
    "contracts.py",
    "pact.py",
    "qualification.py",
)
VERDICTS = {0: "every bound kept", 1: "a bound was MISSED"}


def main() -> int:
    codes = {name: run(name) for name in BENCHMARKS}
    print("\n== all benchmarks")
    for name, code in codes.items():
        print(f"{name:24}{VERDICTS.get(code, f'BROKE with exit code {code}')}")
    return 1 if any(codes.values()) else 0


def run(name: str) -> int:
    print(f"\n== {name}", flush=True)
    return subprocess.run([sys.executable, str(HERE / name)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
