"""An evidence folder on disk in which runs are made and people act."""

from syncproof.evidence import deviations
from syncproof.evidence.execution.acts import Person
from syncproof.evidence.execution.items import items
from syncproof.evidence.execution.register import Register, read_history
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import read_pack
from tests.unit.evidence.execution.runs import ONE

REQUIREMENT = "URS-A-1"
STEPS = [{"keyword": "Then", "type": "then", "text": "b", "line": 4}]
ANA, BEN = Person("Ana Roe", "Validation engineer"), Person("Ben Okoro", "QA")
SAID = {"disposition": "correct the system", "root_cause": "wrong unit", "owner": "Olga"}
PERFORMER = {"kind": "account", "name": "lab"}


class Folder:
    """An evidence folder in which runs are made."""

    def __init__(self, path):
        self.path, self.evidence = path, Evidence(path)
        self.ana, self.ben = Register(path, ANA), Register(path, BEN)

    def run(self, said, *, aborted=None, requirement=REQUIREMENT, protocol=None, version="1.0", **started):
        """A run in which scenarios came to these verdicts; failed and aborted ones had a check that failed."""
        pack = self.evidence.open_run({"who": PERFORMER, "seed": "s"})
        journal = Journal(pack.path, "main")
        facts = {"landscape": {"path": "plant.toml", "sha256": "aa"}, "selection": {"paths": ["features"]}}
        journal.append("run_started", {"run": pack.number, "who": PERFORMER, **facts, **started})
        scenarios = [
            {"id": id_, "selected": True, "requirements": [requirement], "protocol": protocol and protocol["id"]}
            for id_ in said
        ]
        protocols = {protocol["id"]: protocol} if protocol else {}
        plan = {"features": [], "scenarios": scenarios, "requirements": {}, "protocols": protocols}
        journal.append("plan", plan)
        journal.append("system_identified", {"system": "erp", "identity": {"product": "ERP", "version": version}})
        for id_, verdict in said.items():
            _scenario(journal, id_, verdict, requirement)
        for event in deviations.opened(read_pack(pack.path), pack.number):
            journal.append("deviation", event)
        journal.append("run_finished", {"counts": {}, "exit": 0, "faults": []})
        journal.close()
        pack.finish({}, aborted=aborted)
        return pack

    def disposed(self, **changed):
        self.ana.dispose("D-1-1", "seen in review", **SAID | changed)

    def state(self, run, scenario=ONE):
        found = {item.scenario: item.state for item in items(read_history(self.path), run)}
        return found.get(scenario)

    @property
    def deviation(self):
        return read_history(self.path).deviations["D-1-1"].state


def _scenario(journal, id_, verdict, requirement):
    if verdict == "not run":
        return
    journal.append("scenario_started", {"scenario": id_, "requirements": [requirement], "steps": STEPS})
    journal.append("step_started", {"scenario": id_, "n": 1})
    if verdict != "blocked":
        said = "failed" if verdict == "aborted" else verdict
        check = {"scenario": id_, "step": 1, "requirement": requirement, "claim": "c", "verdict": said, "exchanges": []}
        journal.append("check", check)
    if verdict == "aborted":
        return
    journal.append("step_finished", {"scenario": id_, "n": 1, "verdict": verdict, "error": None})
    journal.append("scenario_finished", {"scenario": id_, "verdict": verdict, "reason": None, "seconds": 1})
