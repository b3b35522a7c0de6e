"""One run as one process sees it: its seed, its record, and what was planned and done."""

import secrets
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from syncproof.bdd.gherkin import FeatureDocument
from syncproof.bdd.judged import Judged
from syncproof.bdd.selection import Selection
from syncproof.evidence.canonical import sha256
from syncproof.evidence.journal import Journal
from syncproof.evidence.ledger import Head
from syncproof.evidence.pack import Pack
from syncproof.transport import NullSink, Recorder, Redactor

NAMESPACE = uuid.UUID("0b5a3f0e-7c1d-5d0e-9c43-1f2f8f6f2b9a")
MAIN = "main"
"""Worker name of the process that starts and ends the run."""


@dataclass(frozen=True)
class Replay:
    """Whose record is played back: the pack, one of its workers, and what that one did, in its order."""

    pack: Path
    worker: str
    scenarios: tuple[str, ...]


@dataclass
class Run:
    """Kept in the stash of the pytest config."""

    seed: str
    worker: str = MAIN
    selection: Selection = field(default_factory=Selection)
    pack: Pack | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    redactor: Redactor = field(default_factory=Redactor)
    recorder: Recorder = field(init=False)
    documents: dict[str, FeatureDocument] = field(default_factory=dict)
    seen: set[Path] = field(default_factory=set)
    """The feature files that were collected, faulty ones too."""
    items: list[Any] = field(default_factory=list)
    """The scenarios (``ScenarioItem``) that were made, whether they are run or not."""
    arguments: tuple[str, ...] = ()
    """The command line of the controller (in a worker)."""
    faults: list[str] = field(default_factory=list)
    """Why the run is not green, as found before its scenarios ran."""
    lost: list[str] = field(default_factory=list)
    """The workers that ended without their last word."""
    seen_features: int = 0
    current: pytest.Item | None = None
    carried: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    written: int = 0
    selected: int = 0
    verdicts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    replay: Replay | None = None
    head: Head | None = None
    """Where the ledger stood when the run had ended."""

    _given: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.recorder = Recorder(NullSink(self.worker), self.redactor)

    def record_into(self, pack: Path) -> None:
        """From now on, write a journal of this worker into the pack."""
        worker = self.worker if self.replay is None else self.replay.worker
        self.recorder.sink = Journal(pack, worker, self.redactor.clean)

    def plan(self, selected: set[str], judged: Judged) -> dict[str, Any]:
        """Every written scenario of the features seen, and whether this run takes it; what it is judged by: every
        requirement with its text and risk as they are now, and the protocols in use."""
        documents = self.documents.values()
        scenarios = [
            {
                "id": spec.id,
                "feature": document.feature.name,
                "line": spec.line,
                "requirements": list(spec.requirements),
                "selected": spec.id in selected,
                **judged.scenario(spec),
            }
            for document in documents
            for spec in document.scenarios
        ]
        features = {one.path: sha256(Path(one.feature.filename).read_bytes()) for one in documents}
        return {
            "features": [{"path": path, "sha256": digest} for path, digest in features.items()],
            "scenarios": scenarios,
            "requirements": judged.requirements(),
            "protocols": judged.used(scenarios, features, self.started),
        }

    def feature_files(self) -> list[tuple[str, Path]]:
        """The features seen: name of the copy in the pack (no run of pytest must take it for a feature), and file."""
        return [(f"{document.path}.txt", Path(document.feature.filename)) for document in self.documents.values()]

    def unique(self) -> str:
        """A UUID that no other call gives, and that is the same again when the record is replayed."""
        scenario = self.recorder.sink.scenario or self.recorder.sink.worker
        self._given[scenario] += 1
        return str(uuid.uuid5(NAMESPACE, f"{self.seed}/{scenario}/{self._given[scenario]}"))

    def counts(self) -> dict[str, Any]:
        """Numbers of the run: they must add up, or it is not green."""
        return {
            "written": self.written,
            "unselected": self.written - self.selected,
            "collected": self.selected,
            "executed": len(self.verdicts),
            "verdicts": dict(sorted(Counter(self.verdicts.values()).items())),
        }


RUN = pytest.StashKey[Run]()

_runs: list[Run] = []
"""More than one only where a test of the harness runs pytest within pytest."""


def enter(run: Run) -> None:
    """A pytest session begins in this process."""
    _runs.append(run)


def leave() -> None:
    """The innermost session of this process is over."""
    _runs.pop()


def current_run() -> Run:
    """The run of the innermost session. Fixtures ask here and not ``pytestconfig``: asking for that
    one costs more than the whole record of a step."""
    return _runs[-1]


def new_seed() -> str:
    """A seed of 40 random bits: fresh keys for every run."""
    return secrets.token_hex(5)
