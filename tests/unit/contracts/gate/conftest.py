"""Evidence folders of sites."""

import json

import pytest

from syncproof.bdd.wire import HELD
from syncproof.contracts import catalogue, declared
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence


@pytest.fixture
def evidence(tmp_path):
    """The evidence folder of a site whose systems spoke these contracts: (system, contract:version, messages, broken)."""

    def evidence(name, *rows, finished=True, more=(), schemas=None, apart=(), **asked):
        directory = tmp_path / name / "evidence"
        pack = Evidence(directory).open_run({})
        journal = Journal(pack.path, "main")
        selection = {"paths": ["features"], "keyword": "", "requirements": [], "phases": [], "sites": []} | asked
        journal.append("run_started", {"run": pack.number, "selection": selection})
        told = [*more] + [
            [system, "GET /x", "answer", "200", contract, messages, broken, broken]
            for system, contract, messages, broken in rows
        ]
        if schemas is None:
            schemas = {contract: catalogue.fingerprint(*contract.split(":")) for _, contract, _, _ in rows}
        journal.append(
            HELD, {"rows": told, "broken": 0, "faults": [], "declared": {}, "apart": list(apart), "schemas": schemas}
        )
        if not finished:
            journal.append("run_aborted", {"reason": "interrupted"})
        journal.append("run_finished", {"counts": {"verdicts": {}}, "exit": 0, "faults": []})
        journal.close()
        pack.finish({"counts": {"verdicts": {}}}, aborted=None if finished else "interrupted")
        return directory

    return evidence


@pytest.fixture
def verified(tmp_path):
    """A result of provider verification."""

    def verified(*verdicts, verified=True, driven=None, changed=None):
        """``driven`` contracts (all) were verified, if anything was; ``changed`` ones with another schema."""
        path = tmp_path / "verified.json"
        names = sorted(declared.names()) if driven is None else driven
        ours = [("verified", name) for name in names if "verified" in verdicts]
        each = [
            {"description": f"one {n}", "system": "erp", "verdict": said, "pending": False, "contract": name}
            for n, (said, name) in enumerate([*((said, None) for said in verdicts), *ours])
        ]
        stated = {
            f"{name}:{number}": catalogue.fingerprint(name, number) for name, number in catalogue.versions().items()
        }
        stated |= {f"{name}:{catalogue.versions()[name]}": "0" * 64 for name in changed or ()}
        path.write_text(json.dumps({"landscape": "x", "interactions": each, "contracts": stated, "verified": verified}))
        return path

    return verified
