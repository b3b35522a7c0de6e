"""A record as a run leaves it: one scenario of each verdict, with checks and exchanges."""

import pytest

from syncproof.checks import Checks
from syncproof.errors import CheckFailed
from syncproof.evidence.journal import Journal
from syncproof.evidence.reader import read_pack
from syncproof.ports import Observation
from syncproof.transport import Received, Recorder, Sent
from syncproof.transport.recorder import milliseconds

STEPS = [
    {"keyword": "Given", "type": "given", "text": 'product "Cream"', "line": 5},
    {"keyword": "When", "type": "when", "text": "it changes", "line": 6},
    {"keyword": "Then", "type": "then", "text": "all agree", "line": 7},
]
PLAN = {
    "features": [],
    "scenarios": [],
    "requirements": {
        "URS-REV-001": {
            "version": "1.0",
            "text": "One revision everywhere.",
            "hash": "sha256:0",
            "source": {"title": "A book", "section": "3"},
            "kind": "functional",
            "priority": "high",
            "gxp": True,
        }
    },
}


class Writer:
    """Writes scenarios into a pack, through the real journal, recorder and checks."""

    def __init__(self, pack):
        self.pack = pack
        self.journal = Journal(pack, "main")
        self.recorder = Recorder(self.journal)
        self.planned = []
        self.journal.append(
            "run_started",
            {
                "run": 7,
                "seed": "s",
                "selection": {"paths": ["features"]},
                "who": {"kind": "account", "name": "qa"},
                "host": "h",
                "platform": "p",
                "python": "3.11",
                "versions": {"pytest": "9"},
                "git": {"commit": "abc", "dirty": True},
                "landscape": {"path": "plant.toml", "sha256": "0"},
            },
        )
        identity = {"product": "Reference ERP", "version": "1.0"}
        self.journal.append("system_identified", {"system": "erp", "identity": identity, "exchange": None})

    def exchange(self, system="erp", status=200, body=b'{"revision":"B"}'):
        """One exchange; its id."""
        from datetime import UTC, datetime

        headers = {"Accept": "application/json"}
        sent = Sent(system, "GET", f"http://{system}/masters?id=B", headers, b"", datetime.now(UTC))
        received = None if status is None else Received(status, {"Content-Type": "application/json"}, body)
        return self.recorder.exchange(sent, received, None if status else "no answer within 1 s", 0.012)

    def plan(self, id_, *, selected=True):
        self.planned.append(
            {"id": id_, "feature": "F", "line": 4, "requirements": ["URS-REV-001"], "selected": selected}
        )

    def scenario(self, id_, verdict, *steps, reason=None, **more):
        """A scenario whose steps are callables that get the checks, with the step's verdict."""
        self.plan(id_)
        self.journal.scenario = id_
        self.journal.append("scenario_started", {**STARTED, "scenario": id_, "name": id_.split("::")[1], **more})
        for n, (do, said) in enumerate(steps, 1):
            self._step(id_, n, do, said)
        if verdict is not None:
            ended = {"scenario": id_, "verdict": verdict, "reason": reason, "seconds": milliseconds(0.001)}
            self.journal.append("scenario_finished", ended)
        self.journal.scenario = None

    def _step(self, id_, n, do, said):
        self.journal.step = n
        self.journal.append("step_started", {"scenario": id_, "n": n, "keyword": "k", "text": "t", "line": 1})
        checks = Checks(self.recorder, sla=lambda _: 0.02)
        error = None
        do(checks)
        try:
            checks.step.end()
        except CheckFailed as failed:
            error = str(failed)
        ended = {"scenario": id_, "n": n, "verdict": said, "error": error, "ms": 1}
        self.journal.append("step_finished", ended)
        self.journal.step = None

    def read(self):
        self.journal.append("plan", {**PLAN, "scenarios": self.planned})
        self.journal.append("run_finished", {"counts": {}, "exit": 1})
        self.journal.close()
        return read_pack(self.pack)


STARTED = {
    "feature": {"name": "F", "path": "features/block_tests/1.feature", "description": "Why."},
    "rule": None,
    "outline": None,
    "line": 4,
    "description": "How.",
    "tags": ["epic:block-test-1", "URS-REV-001", "phase:oq"],
    "requirements": ["URS-REV-001"],
    "parameters": {},
    "keys_seed": "s",
    "steps": STEPS,
}


@pytest.fixture
def writer(tmp_path):
    return Writer(tmp_path / "0007-20270310T060000Z")


@pytest.fixture
def record(writer):
    """Passed, failed, blocked, aborted, not supported, not run and unselected."""

    def nothing(checks):
        writer.exchange()

    def agree(checks):
        seen = {s: writer.exchange(s) for s in ("erp", "mes")}
        look = {s: (lambda s=s: Observation("B", (seen[s],), s)) for s in seen}
        checks.agreed("URS-REV-001", "revision in effect", "B", look, "bom")

    def differ(checks):
        writer.exchange("qms")
        seen = writer.exchange("erp", body=b'{"revision":"A"}')
        checks.equal("URS-REV-001", "revision in effect", "B", Observation("A", (seen,), "erp"))

    path = "features/block_tests/1.feature"
    good = [(nothing, "passed"), (nothing, "passed"), (agree, "passed")]
    writer.scenario(f"{path}::One", "passed", *good)
    rows = {"outline": "At <site>", "parameters": {"site": "EAST"}}
    writer.scenario(f"{path}::At EAST[1]", "failed", *good[:2], (differ, "failed"), reason="✗ differs", **rows)
    outage = (lambda _: writer.exchange(status=None), "blocked")
    writer.scenario(f"{path}::Blocked", "blocked", outage, reason="erp: no answer")
    writer.scenario(f"{path}::Gap", "not supported", (nothing, "not supported"), reason="erp has no x")
    writer.scenario(f"{path}::Killed", None, (nothing, "passed"))
    writer.plan(f"{path}::Never")
    writer.plan(f"{path}::Other", selected=False)
    return writer.read()
