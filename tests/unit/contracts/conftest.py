"""Contracts that may be changed."""

import json
import shutil

import pytest

from syncproof.contracts import catalogue, folder, validation
from syncproof.contracts.gate import pairs
from syncproof.contracts.wire import surface


@pytest.fixture
def contracts(tmp_path, monkeypatch):
    """A copy of ours, in place of ours."""
    copy = tmp_path / "contracts"
    shutil.copytree(folder(), copy)
    monkeypatch.setattr("syncproof.contracts.catalogue.folder", lambda: copy)
    forget()
    yield copy
    forget()


def forget():
    """What was read of contracts, or made from them."""
    for one in (catalogue.registry, catalogue.schema, pairs._breaks, validation._validator, surface.operations):
        one.cache_clear()


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
        forget()

    return release
