"""All benchmarks, each a ratio measured within its own run: ``make bench``."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = ("scenario_overhead.py", "recorded_call.py", "qualification.py")


def main() -> int:
    codes = [subprocess.run([sys.executable, str(HERE / name)], check=False).returncode for name in BENCHMARKS]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
