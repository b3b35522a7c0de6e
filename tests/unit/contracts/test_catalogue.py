"""The index names every contract there is, and the package finds them wherever it is installed."""

import subprocess
import sys

import pytest

from syncproof import contracts, model, suite_files
from syncproof.contracts import catalogue
from syncproof.contracts.generate import RECORDS
from syncproof.ports import ROLES

WITHOUT_PORT = {"sales", "ledger"}
"""Roles that no adapter can play yet."""
MODES = {f"{one}{more}" for one in ("backward", "forward", "full") for more in ("", "-transitive")} | {"none"}


def test_index_names_every_folder_and_every_folder_is_in_the_index():
    folders = {path.name for path in contracts.folder().iterdir() if path.is_dir()} - {"openapi"}
    assert set(contracts.versions()) == folders == {*RECORDS, "event", "fact"}


def test_every_current_schema_carries_its_own_name_and_version():
    for name, version in contracts.versions().items():
        assert contracts.schema(name)["$id"] == f"urn:syncproof:contract:{name}:{version}"


def test_providers_and_consumers_are_roles():
    for contract in contracts.registry().values():
        assert contract.providers
        assert {*contract.providers, *contract.consumers} <= {*ROLES, *WITHOUT_PORT}


def test_what_holds_for_the_way_of_a_message_is_said_in_known_words():
    for contract in contracts.registry().values():
        assert contract.direction in {"publish", "query"}
        assert contract.compatibility in MODES
        assert contract.delivery.order in {"per-key", "none"}
        assert contract.delivery.idempotency in {"event", "content", "none"}
        assert contract.delivery.lateness_s > 0


def test_the_key_of_a_message_is_a_part_of_it():
    """A pointer to a member that is always there, or an attribute of the event that carries it."""
    for name, contract in contracts.registry().items():
        root = contracts.schema(name)
        record = root["$defs"][root["$ref"].rpartition("/")[2]] if "$ref" in root else root
        for key in contract.delivery.key:
            owner = record if key.startswith("/") else contracts.schema("event")
            assert key.removeprefix("/") in owner["required"], (name, key)


def test_every_master_domain_has_a_contract_that_is_its_own():
    assert {name for name in model.DOMAINS if contracts.registry()[name].domain == name} == set(model.DOMAINS)


def test_unknown_contract_is_a_key_error():
    with pytest.raises(KeyError):
        contracts.schema("unheard_of")


def test_import_stays_light():
    """Every simulator imports it at its start: neither the slow validator nor the model may come along."""
    code = "import sys, syncproof.contracts as c; c.versions(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"jsonschema", "msgspec", "requests", "syncproof.model"} & set(loaded)


def test_bundled_contracts_go_before_those_of_a_checkout(tmp_path, monkeypatch):
    """In a wheel they lie in the package, beside nothing else."""
    (tmp_path / "suite" / "contracts").mkdir(parents=True)
    monkeypatch.setattr(suite_files, "PACKAGE", tmp_path)
    assert catalogue.folder() == tmp_path / "suite" / "contracts"
