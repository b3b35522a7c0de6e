"""Evidence folders of sites, and contracts that may be changed."""

import json
import shutil

import pytest

from syncproof.bdd.wire import HELD
from syncproof.contracts import catalogue, declared, folder
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence


@pytest.fixture
def contracts(tmp_path, monkeypatch):
    """A copy of ours, in place of ours."""
    copy = tmp_path / "contracts"
    shutil.copytree(folder(), copy)
    monkeypatch.setattr("syncproof.contracts.catalogue.folder", lambda: copy)
    caches = (catalogue.registry, catalogue.schema, pair_breaks())
    for one in caches:
        one.cache_clear()
    yield copy
    for one in caches:
        one.cache_clear()


def pair_breaks():
    from syncproof.contracts.gate.pairs import _breaks

    return _breaks


@pytest.fixture
def release(contracts):
    """Makes a new version of a contract, changed as told."""

    def release(name, version, change=lambda record: None, old="1.0.0"):
        document = json.loads((contracts / name / old / "schema.json").read_text())
        change(document["$defs"][document["$ref"].rpartition("/")[2]])
        document["$id"] = f"urn:syncproof:contract:{name}:{version}"
        place = contracts / name / version
        place.mkdir(exist_ok=True)
        (place / "schema.json").write_text(json.dumps(document, indent=2))
        index = contracts / "index.toml"
        index.write_text(
            index.read_text().replace(f'name = "{name}"\nversion = "{old}"', f'name = "{name}"\nversion = "{version}"')
        )
        catalogue.registry.cache_clear()

    return release


@pytest.fixture
def evidence(tmp_path):
    """The evidence folder of a site whose systems spoke these contracts: (system, contract:version, messages, broken)."""

    def evidence(name, *rows, finished=True, more=(), schemas=None, apart=()):
        directory = tmp_path / name / "evidence"
        pack = Evidence(directory).open_run({})
        journal = Journal(pack.path, "main")
        journal.append("run_started", {"run": pack.number})
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
