"""The index alone says in which version a contract is spoken: whoever speaks it follows."""

import json
import threading
from datetime import UTC, datetime

import pytest

from syncproof import contracts as ours
from syncproof.conformance.samples import master, master_event
from syncproof.contracts import catalogue, generate
from syncproof.integration.database import Database
from syncproof.integration.feeds import ChangePoll
from syncproof.integration.gate import event_of
from syncproof.integration.store import Store
from syncproof.simulators.__main__ import load
from tests.unit.simulators.bench import Bench, material

NOW = datetime(2027, 3, 1, tzinfo=UTC)
EVENT = {"specversion": "1.0", "type": "org.syncproof.master.v1", "subject": "label/L", "time": "2027-03-01T12:00:00Z"}


@pytest.fixture
def newer(release):
    """A contract that went to 1.1.0 with a field more, and one that went to 2.0.0."""
    release("material", "1.1.0", lambda record: record["properties"].update(shelf_colour={"type": "string"}))
    release("activation", "1.2.0")
    release("label", "2.0.0")


@pytest.mark.usefixtures("newer")
def test_a_system_publishes_the_version_that_it_says_it_speaks():
    """And what the new version added is taken, kept, and told."""
    erp = Bench(load("erp"))
    assert erp.post("/masters", by="engineer", data=material("NEW") | {"shelf_colour": "green"})["http"] == 201
    [event] = erp.get("/outbox")["events"]
    assert event["dataschema"] == "urn:syncproof:contract:material:1.1.0" == catalogue.dialect("material")
    assert event["data"]["shelf_colour"] == "green"
    assert erp.get("/identity")["contracts"]["material"] == "1.1.0"


@pytest.mark.usefixtures("newer")
def test_the_integration_states_the_version_of_what_it_makes(tmp_path):
    """Events of systems that publish none, and its own activations."""
    store = Store(Database(str(tmp_path / "state")))
    poll = ChangePoll("erp", None, store, None, {}, lambda: NOW, threading.Event())
    made = poll._event("material", master("material", "M")), event_of({"change_id": "C"}, NOW)
    assert [event["dataschema"].rpartition(":")[2] for event in made] == ["1.1.0", "1.2.0"]


@pytest.mark.usefixtures("newer")
def test_the_conformance_suite_sends_the_version_that_is_here():
    assert master_event(master("material", "M"), "erp")["dataschema"] == ours.dialect("material")


@pytest.mark.usefixtures("newer")
def test_a_system_understands_every_version_of_the_major_number_that_it_holds():
    mes = Bench(load("mes"))

    def told(dialect):
        data = {"domain": "label", "id": "L", "revision": "A", "item": "X", "artwork_hash": "x", "market": "EU"}
        event = EVENT | {"id": dialect, "source": "urn:syncproof:qms", "sequence": f"{1:012d}", "data": data}
        result = mes._write("/inbox", "integration", event | {"dataschema": f"urn:syncproof:contract:{dialect}"})
        return {reason["code"] for reason in result["results"][0]["reasons"]}

    for dialect in ("label:1.0.0", "label:3.0.0", "unheard_of:2.0.0"):
        assert told(dialect) == {"unsupported_event_version"}, dialect
    assert "unsupported_event_version" not in told("label:2.0.0") | told("label:2.7.1")


def test_each_schema_is_written_to_the_version_that_the_index_states(contracts, release, monkeypatch):
    """Those before stay as they are."""
    monkeypatch.setattr(generate, "folder", lambda: contracts)
    before = (contracts / "order" / "1.0.0" / "schema.json").read_bytes()
    release("order", "1.1.0", lambda record: record["properties"].clear())
    generate.main()
    written = json.loads((contracts / "order" / "1.1.0" / "schema.json").read_text(encoding="utf-8"))
    assert (written["$id"], (contracts / "order" / "1.0.0" / "schema.json").read_bytes()) == (
        "urn:syncproof:contract:order:1.1.0", before,
    )  # fmt: skip
    assert written == ours.schema("order") == generate.schema_of("order")
    assert json.loads((contracts / "bom" / "1.0.0" / "schema.json").read_text()) == ours.schema("bom")
