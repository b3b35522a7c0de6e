"""Every example shows what its contract accepts or refuses."""

import json
from pathlib import Path

import msgspec
import pytest

from syncproof import contracts
from syncproof.contracts.generate import RECORDS


def examples(kind: str) -> list[Path]:
    return sorted(contracts.folder().glob(f"*/*/examples/{kind}-*.json"))


def explained(path: Path) -> list[tuple[str, str]]:
    version, name = path.parent.parent.name, path.parent.parent.parent.name
    return contracts.explain(name, json.loads(path.read_text(encoding="utf-8")), version)


def label(path: Path) -> str:
    return f"{path.parts[-4]}-{path.stem}"


@pytest.mark.parametrize("path", examples("good"), ids=label)
def test_good_example_satisfies_its_contract(path):
    assert explained(path) == []


@pytest.mark.parametrize("path", examples("bad"), ids=label)
def test_bad_example_breaks_its_contract_at_exactly_one_place(path):
    """One mistake per example, so that none hides behind another."""
    assert len(explained(path)) == 1


@pytest.mark.parametrize("path", [p for p in examples("good") if p.parts[-4] in RECORDS], ids=label)
def test_good_example_is_what_the_canonical_record_decodes_and_encodes(path):
    """What the contract accepts, the model reads; what the model writes of it, the contract accepts."""
    name = path.parts[-4]
    record = msgspec.json.decode(path.read_bytes(), type=RECORDS[name])
    written = json.loads(msgspec.json.encode(record))
    assert contracts.explain(name, written) == []
    assert msgspec.convert(written, RECORDS[name]) == record


@pytest.mark.parametrize("name", contracts.versions())
def test_every_contract_has_good_and_bad_examples(name):
    named = {p.parts[-4] for p in examples("good")} & {p.parts[-4] for p in examples("bad")}
    assert name in named
