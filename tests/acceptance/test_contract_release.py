"""A contract goes to 1.1.0 as docs/contracts-release.md says, in a copy of the checkout: from there on it is spoken."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from syncproof.evidence.reader import HELD, read_pack
from syncproof.reporting.wire import coverage
from syncproof.suite_files import suite_root

PARTS = ("src", "contracts", "fixtures", "steps", "landscapes", "reports", "conftest.py", "pytest.toml")
WRITERS = ("syncproof.contracts.generate", "syncproof.simulators.describe", "syncproof.integration.openapi")
FEATURE = """\
Feature: Labels
  @URS-LBL-002
  Scenario: Label version and reconciliation rule are the same in every system
    Given product "Cream" is in production
    Then the label of "Cream" with artwork and reconciliation rule is identical in every system
"""
ADDED = '    language: str | None = "en"\n'
BEFORE = "    reconciliation_tolerance: int = 0\n"


class Checkout:
    """A copy of ours with one feature."""

    def __init__(self, path):
        self.path = path
        for part in PARTS:
            source = suite_root() / part
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, path / part)
        (path / "features").mkdir()
        (path / "features" / "labels.feature").write_text(FEATURE, encoding="utf-8")

    def run(self, *arguments, code=0):
        """What a module said that ended as expected."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.path, env=os.environ | {"PYTHONPATH": str(self.path / "src")},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def qualify(self, site):
        """The pack of a run."""
        out = str(self.path / site)
        return Path(json.loads(self.run("syncproof", "qualify", "--no-report", "--json", "--out", out))["pack"])

    def verify(self):
        """Holds the providers against what is here, for the gate."""
        (self.path / "verified.json").write_text(self.run("syncproof", "contracts", "verify", "--json"))

    def check(self, *more, code=0):
        """What the gate says of the site."""
        return self.run("syncproof", "contracts", "check", "--site", "EAST=east", *more, code=code)

    def to_1_1_0(self, name):
        """Step 1."""
        shutil.copytree(self.path / "contracts" / name / "1.0.0", self.path / "contracts" / name / "1.1.0")
        self._change(
            "contracts/index.toml", f'name = "{name}"\nversion = "1.0.0"', f'name = "{name}"\nversion = "1.1.0"'
        )

    def add_a_field(self):
        """Step 2: every label has a language from now on."""
        self._change("src/syncproof/model/masters.py", BEFORE, BEFORE + ADDED)

    def write(self):
        """Step 2: what the writers say."""
        return "".join(self.run(module) for module in WRITERS)

    def _change(self, file, old, new):
        text = (self.path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (self.path / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return Checkout(tmp_path_factory.mktemp("checkout"))


def test_an_added_field_is_released_to_a_site_that_does_not_know_it_and_is_spoken_from_then_on(checkout):
    """By the owner, the integration and every consumer; the pack shows it, and the gate held it against the site's."""
    checkout.qualify("east")
    checkout.to_1_1_0("label")
    checkout.add_a_field()
    assert checkout.write() == "master_state 1.0.0 has changed: give it a new version if that one is spoken anywhere\n"
    assert "master_state 1.0.0 was changed since that run and kept its version" in checkout.check(code=1)

    shutil.copytree(suite_root() / "contracts" / "master_state", checkout.path / "contracts" / "master_state", dirs_exist_ok=True)  # fmt: skip
    checkout.to_1_1_0("master_state")
    assert checkout.write() == ""
    versions = ("label:1.0.0", "label:1.1.0")
    checkout.run("syncproof", "contracts", "compat", *versions)
    checkout.run("syncproof", "contracts", "compat", *versions, "--mode", "forward", code=1)
    checkout.verify()
    said = checkout.check("--verified", "verified.json")
    assert "May be released to EAST: consumers of label 1.1.0 first, consumers of master_state 1.1.0 first." in said

    pack = checkout.qualify("new")
    record = read_pack(pack)
    assert spoken(record, "label") == {
        ("qms", "GET /outbox", "published"), *((system, "POST /inbox", "accepted") for system in ("erp", "mes", "wms"))
    }  # fmt: skip
    assert {one["broken"] for one in record.of_type(HELD)} == {0}
    sent = (body.read_bytes() for body in (pack / "exchanges").iterdir())
    labels = [event for body in sent if b'"language":"en"' in body for event in events_of(body)]
    assert {event["dataschema"] for event in labels} == {"urn:syncproof:contract:label:1.1.0"}


def spoken(record, name):
    """The events of a contract in its only version: who, how, and what came of it."""
    found = [
        (one.system, one.operation, outcome, contract)
        for one in coverage(record)
        for part, outcome, contract, messages, _ in one.outcomes
        if part == "event" and messages and contract.startswith(f"{name}:")
    ]
    assert {contract for *_, contract in found} == {f"{name}:1.1.0"}
    return {(system, operation, outcome) for system, operation, outcome, _ in found}


def events_of(body):
    """The labels that a body carries as events."""
    value = json.loads(body)
    listed = value.get("events", []) if isinstance(value, dict) else value
    return [one for one in listed if isinstance(one, dict) and one.get("data", {}).get("domain") == "label"]
