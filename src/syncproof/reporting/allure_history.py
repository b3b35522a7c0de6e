"""What Allure remembers of earlier runs: a line for each, kept beside the ledger.

A report that is made again replaces the line of its own run. It is a comfort of that report only: no verdict and no
count comes from here, and a line that is broken or not Allure's is left out.
"""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = "allure-history"
LONGEST = 20
"""Runs that a report shows."""


@dataclass(frozen=True, slots=True)
class History:
    """The history of the evidence folder that a pack lies in."""

    pack: Path

    def before(self) -> bytes:
        """The lines of the runs before this one, oldest first."""
        earlier = sorted(path for path in self._folder.glob("*.jsonl") if path.stem < self.pack.name)
        return b"".join(line for path in earlier[-LONGEST:] if (line := _line(path.read_bytes())) is not None)

    def keep(self, lines: bytes) -> None:
        """Keep the last of these lines, which Allure wrote for this run."""
        found = _line(lines.rstrip().rpartition(b"\n")[2])
        if found is not None:
            self._folder.mkdir(exist_ok=True)
            (self._folder / f"{self.pack.name}.jsonl").write_bytes(found)

    @property
    def _folder(self) -> Path:
        return self.pack.parent / FOLDER


def _line(data: bytes) -> bytes | None:
    try:
        found = json.loads(data)
    except ValueError:
        return None
    return data.strip() + b"\n" if isinstance(found, dict) and "testResults" in found else None
