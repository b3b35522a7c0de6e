"""How fit the tests themselves were found: what a power run measured, kept in the packs of the runs after it.

``syncproof power`` leaves ``power-<utc>/power.json`` beside the packs; a run keeps a copy of the newest one that tried
the whole catalogue. It holds for the suite and the engine that it was measured with, and says so where they differ.
"""

from pathlib import Path
from typing import Any

import msgspec

from syncproof.evidence.reader import Record

NAME = "power.json"
KEPT = f"fitness/{NAME}"
"""Where a pack keeps it, below its inputs."""


class Check(msgspec.Struct, frozen=True):
    """The failed check that detected a defect."""

    requirement: str
    claim: str
    expected: str
    actual: str


class Tried(msgspec.Struct, frozen=True):
    """One defect, or one harmless variation: what came of it, and in which scenarios."""

    state: str
    why: str
    mechanism: str
    citation: str
    requirements: tuple[str, ...]
    replaces: str = ""
    checks: dict[str, Check] = {}
    alarms: tuple[str, ...] = ()


class Power(msgspec.Struct, frozen=True):
    """One power run. ``at`` is its start (UTC host time), ``whole`` whether all that is known was tried."""

    at: str
    whole: bool
    seconds: float
    seed: str
    engine: str
    suite: dict[str, str]
    versions: dict[str, str]
    defects: dict[str, Tried]
    benign: dict[str, Tried]
    who: dict[str, str] = {}

    @property
    def figure(self) -> str:
        """What was measured, in one sentence."""
        caught = sum(one.state == "detected" for one in self.defects.values())
        waiting = sum(one.state == "waits" for one in self.defects.values())
        silent = sum(one.state == "silent" for one in self.benign.values())
        said = f"{caught} of {len(self.defects) - waiting} seeded defects detected by the right requirement"
        later = f" ({waiting} more wait for what the landscape does not have yet)" if waiting else ""
        return f"{said}{later}; {silent} of {len(self.benign)} harmless variations silent."

    def differs(self, started: dict[str, Any]) -> tuple[str, ...]:
        """The parts of suite and engine that were others in the run that began so."""
        suite = started.get("suite") or {}
        parts = [part for part in sorted({*suite, *self.suite}) if suite.get(part) != self.suite.get(part)]
        return (*parts, *(["engine"] if started.get("engine") != self.engine else []))


def read(path: Path) -> Power | None:
    """What a power run left in a file; None where there is none or it is not one."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Power)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def newest(evidence: Path) -> Path | None:
    """The file of the newest whole power run beside the packs."""
    found = sorted(evidence.glob(f"power-*/{NAME}"), reverse=True)
    return next((path for path in found if (told := read(path)) is not None and told.whole), None)


def of_pack(record: Record) -> Power | None:
    """What the pack of a run keeps of it."""
    return read(record.path / "inputs" / KEPT)
