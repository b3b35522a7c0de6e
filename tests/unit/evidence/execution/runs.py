"""Runs that were never made: what the ledger and the packs would tell, in memory."""

from pathlib import Path

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.execution.history import History, Run
from syncproof.evidence.execution.outline import Outline, Plan, Planned

FILE, OTHER_FILE = "features/a.feature", "features/b.feature"
ONE, TWO, OTHER = f"{FILE}::One", f"{FILE}::Two", f"{OTHER_FILE}::Other"
PLANT, TEST = {"path": "plant.toml", "sha256": "aa"}, {"path": "test.toml", "sha256": "bb"}
DRAFT = {"id": "P", "hash": "h", "approval": None}
APPROVED = DRAFT | {"approval": {"at": "2026-01-01T00:00:00Z"}}
OTHERS = DRAFT | {"id": "Q"}


def ran(
    said, *, protocol=None, landscape=PLANT, version="1.0", file="f", unselected=(), opens=True, by="Lab", aborted=False
):
    """What a run came to, by scenario; each that failed opened a deviation, each that passed had a check. ``file`` is
    the hash of its features."""

    def make(number):
        asked = {id_: Planned(id_, True, ("URS-A-1",), protocol and protocol["id"]) for id_ in said}
        planned = asked | {id_: Planned(id_, False, ("URS-A-1",), protocol and protocol["id"]) for id_ in unselected}
        plan = Plan(
            tuple({"path": path, "sha256": file} for path in {id_.partition("::")[0] for id_ in planned}),
            tuple(planned.values()),
            {"URS-A-1": {"version": "1", "hash": "r"}},
            {protocol["id"]: protocol} if protocol else {},
        )
        failed = [id_ for id_, verdict in said.items() if verdict == "failed" and opens]
        outline = Outline(
            Path(f"{number:04d}-pack"),
            {"landscape": landscape, "versions": {"syncproof": "1"}},
            plan,
            {"erp": {"product": "ERP", "version": version}},
            {id_: verdict for id_, verdict in said.items() if verdict != "not run"},
            {id_: frozenset({"URS-A-1"}) for id_, verdict in said.items() if verdict == "passed"},
            [
                {"id": f"D-{number}-{n}", "scenario": id_, "requirements": ["URS-A-1"]}
                for n, id_ in enumerate(failed, 1)
            ],
            planned,
        )
        return Run(number, outline, 2 * number - 1, by, 2 * number, "aborted" if aborted else "finished")

    return make


def gone(number):
    """A run whose pack was taken away."""
    return Run(number, Outline(Path(f"{number:04d}-pack")), 2 * number - 1, "Lab", 2 * number, "finished")


def history(*made):
    """The runs 1, 2, … in this order: the start of run n is line 2n-1 of the ledger, its end line 2n."""
    runs = [make(number) for number, make in enumerate(made, 1)]
    opened = [Deviation(event["id"], run.number, "", event) for run in runs for event in run.outline.deviations]
    return History(Path("evidence"), {run.number: run for run in runs}, 2 * len(runs), {one.id: one for one in opened})


def act(found, type_, **fields):
    """Let an act of a person count."""
    found.line += 1
    found.take(Act(found.line, type_, "", "person", "Ben", "QA", "r", fields))


def settle(found, deviation, disposition="not a defect", retest=None):
    """Dispose and close a deviation, with a retest if there is one."""
    act(found, acts.DISPOSED, deviation=deviation, disposition=disposition)
    if retest is not None:
        act(found, acts.RETESTED, deviation=deviation, retest_run=retest)
    act(found, acts.CLOSED, deviation=deviation)
