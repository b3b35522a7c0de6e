"""A pack with as many scenarios as one likes."""

from pathlib import Path

from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from tests.acceptance.attacks.folder import REQUIREMENT, scenario


def many_scenarios(folder: Path, number: int) -> Path:
    """Each with two steps, a check and an exchange; every twentieth failed."""
    pack = Evidence(folder).open_run({})
    journal = Journal(pack.path, "main")
    journal.append("run_started", {"run": 1, "selection": {"paths": ["features"]}, "versions": {}})
    ids = [f"features/many.feature::Scenario no {n}" for n in range(number)]
    scenarios = [{"id": id_, "requirements": [REQUIREMENT], "selected": True} for id_ in ids]
    texts = {REQUIREMENT: {"text": "Units agree.", "hash": "", "scope": "rig"}}
    journal.append("plan", {"features": [], "scenarios": scenarios, "requirements": texts})
    for n, id_ in enumerate(ids):
        scenario(journal, id_, "GRM" if n % 20 == 7 else "KGM")
    journal.append("run_finished", {"counts": {}, "exit": 0, "faults": []})
    journal.close()
    pack.finish({})
    return pack.path
