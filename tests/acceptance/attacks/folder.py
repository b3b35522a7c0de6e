"""An evidence folder that is worth attacking: three runs, one of them failed, the last one signed."""

import json
import os
from pathlib import Path
from unittest.mock import patch

from syncproof import __version__
from syncproof.bdd import inputs
from syncproof.evidence import deviations, manifest
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence, Pack
from syncproof.evidence.reader import read_pack
from syncproof.evidence.signing import keys, passphrase, people
from syncproof.evidence.signing.statements import attest
from syncproof.transport import Redactor

PASSPHRASE = "correct horse battery"
REQUIREMENT = "URS-UOM-001"
STEPS = [
    {"keyword": "Given", "type": "given", "text": "a product", "line": 3},
    {"keyword": "Then", "type": "then", "text": "its unit is stated", "line": 4},
]


def build(folder: Path) -> Path:
    """Make the folder and the trust file beside it; returns the pack of the last run."""
    evidence = Evidence(folder / "evidence")
    for number, unit in enumerate(("KGM", "GRM", "KGM"), 1):
        pack = run(evidence, folder, number, unit)
    trust = []
    # whoever runs the tests: here people sign, not CI; and nobody guesses at their passphrases
    with patch.dict(os.environ), patch.object(passphrase, "COST", 2):
        os.environ.pop("CI", None)
        for capacity, name, role in (("author", "Jane Roe", "Validation engineer"), ("reviewer", "Rob Doe", "QA")):
            key = keys.create(folder / f"{capacity}.pem", name, role, PASSPHRASE)
            people.Signing(pack.path, key, capacity).sign(PASSPHRASE)
            trust.append(keys.trust_entry(key))
    (folder / "trust.toml").write_text("\n".join(trust))
    (folder / "head").write_text(str(evidence.ledger.head()))
    return pack.path


def run(evidence: Evidence, folder: Path, number: int, unit: str) -> Pack:
    """One run of two scenarios; ``unit`` is what the system shows instead of KGM."""
    pack = evidence.open_run({"who": {"kind": "account", "name": "lab"}, "seed": f"s{number}"})
    landscape = folder / "landscape.toml"
    landscape.write_text('name = "Plant 1"\n')
    inputs.keep(pack.path, [("landscape.toml", landscape)], Redactor())
    journal = Journal(pack.path, "main")
    who = {"kind": "account", "name": "lab"}
    facts = {"suite": {}, "landscape": None, "lock_file": None, "selection": {"paths": ["features"]}}
    journal.append("run_started", {"run": number, "who": who, "versions": {"syncproof": __version__}, **facts})
    texts = {REQUIREMENT: {"text": "The base unit of a product is the same everywhere."}}
    scenarios = [{"id": id_, "requirements": [REQUIREMENT], "selected": True} for id_ in ("one", "two")]
    journal.append("plan", {"features": [], "scenarios": scenarios, "requirements": texts})
    verdicts: dict[str, int] = {}
    for id_, shown in (("one", "KGM"), ("two", unit)):
        verdict = scenario(journal, id_, shown)
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    for event in deviations.opened(read_pack(pack.path), number):
        journal.append("deviation", event)
    counts = {"written": 2, "unselected": 0, "collected": 2, "executed": 2, "verdicts": verdicts}
    journal.append("run_finished", {"counts": counts, "exit": 0, "faults": []})
    journal.close()
    pack.finish({"counts": counts, "exit": 0})
    attest(read_pack(pack.path))
    (pack.path / "index.html").write_text("<p>two scenarios</p>")
    manifest.make(pack.path)
    return pack


def scenario(journal: Journal, id_: str, unit: str) -> str:
    """One scenario: an exchange, and a check of what came back."""
    journal.append("scenario_started", {"scenario": id_, "requirements": [REQUIREMENT], "steps": STEPS})
    step(journal, id_, 1, "passed")
    journal.append("step_started", {"scenario": id_, "n": 2})
    body = journal.keep_body(json.dumps({"scenario": id_, "unit": unit}).encode())
    exchange = {"id": f"main-x{id_}", "scenario": id_, "step": 2, "system": "erp", "error": None, "ms": 1.5}
    exchange |= {"started": "2026-01-02T03:04:05.000006Z", "logical": 1, "occurrence": 1}
    request = {"method": "GET", "url": "http://erp/items/1", "headers": {}, "body_sha": None}
    response = {"status": 200, "headers": {}, "body_sha": body}
    journal.append("exchange", {**exchange, "request": request, "response": response})
    verdict = "passed" if unit == "KGM" else "failed"
    journal.append(
        "check", {**CHECK, "scenario": id_, "actual": unit, "verdict": verdict, "exchanges": [exchange["id"]]}
    )
    journal.append("step_finished", {"scenario": id_, "n": 2, "verdict": verdict, "error": None})
    journal.append("scenario_finished", {"scenario": id_, "verdict": verdict, "reason": None, "seconds": 1})
    return verdict


def step(journal: Journal, id_: str, number: int, verdict: str) -> None:
    journal.append("step_started", {"scenario": id_, "n": number})
    journal.append("step_finished", {"scenario": id_, "n": number, "verdict": verdict, "error": None})


CHECK = {
    "step": 2,
    "requirement": REQUIREMENT,
    "claim": "the base unit",
    "kind": "equal",
    "expected": "KGM",
    "tolerance": None,
    "source": None,
}
