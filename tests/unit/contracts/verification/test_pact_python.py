"""pact-python and we are of one mind, in both directions: it verifies what we export, we verify what it writes."""

import copy
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from syncproof.contracts import states
from syncproof.contracts.pact import read, writing
from syncproof.contracts.states import Setup
from syncproof.contracts.verification.running import verify
from tests.unit.contracts.verification.reference import quiet, verdicts

pact = pytest.importorskip("pact", reason="pact-python is not installed")


@pytest.fixture
def state_server(plant):
    """``state_server(system)``: the address at which pact-python sets up states, by our handlers."""
    servers = []

    def serve(system):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                params = asked.get("params") or {}
                handler = states.handlers().get(asked["state"])
                values = (
                    handler(Setup(plant, system, params, collected)) if handler and asked["action"] == "setup" else {}
                )
                collected.update(values or {})
                body = json.dumps(values or {}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        collected = {}
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/states"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


SYSTEMS = {"planning": "erp", "execution": "mes", "warehouse": "wms", "quality": "qms"}


def http_only(document):
    kept = [each for each in document["interactions"] if each["type"] == "Synchronous/HTTP"]
    return {**copy.deepcopy(document), "interactions": copy.deepcopy(kept)}


@pytest.mark.parametrize("provider", SYSTEMS)
def test_pact_python_verifies_what_we_export(plant, state_server, tmp_path, provider):
    """Every HTTP interaction of ours, against the simulated system, with states by our handlers."""
    system = SYSTEMS[provider]
    headers = {"Authorization": f"Bearer {plant.running.tokens['everyone']}"}
    found = verdicts(
        plant.running.urls[system], tmp_path / "ours.json", http_only(writing.document("syncproof", provider)),
        headers=headers, states=state_server(system),
    )  # fmt: skip
    assert found
    assert [name for name, is_verified in found.items() if not is_verified] == []


def test_pact_python_fails_what_we_export_if_the_system_keeps_it_not(plant, state_server, tmp_path):
    """The files say something: a system that keeps no contract does not pass."""
    document = http_only(writing.document("syncproof", "warehouse"))
    for each in document["interactions"]:
        each["request"]["path"] = "/elsewhere"
    headers = {"Authorization": f"Bearer {plant.running.tokens['everyone']}"}
    found = verdicts(
        plant.running.urls["wms"], tmp_path / "ours.json", document, headers=headers, states=state_server("wms")
    )
    refusals = {each["description"] for each in document["interactions"] if "is refused" in each["description"]}
    assert not any(is_verified for name, is_verified in found.items() if name not in refusals)


GOOD = {
    "id": 7, "name": "Oil", "price": 1.25, "active": True, "tags": ["a", "b"], "made": "2027-02-01",
    "at": "2027-02-01T10:11:12", "time": "10:11:12", "uuid": "8e9b2e0c-5c3f-4d62-9a3c-0d5f5f0f2f9b", "code": "OIL-77",
    "note": "liquid, oily", "empty": None, "sites": {"EAST": 3, "WEST": 4}, "lines": [{"item": "X", "pieces": 1}],
    "kinds": [{"kind": "b", "n": 2}, {"kind": "a", "n": 9}],
}  # fmt: skip
BAD = {
    "id": "7", "name": 3, "price": "cheap", "active": "yes", "tags": [], "made": "01.02.2027", "at": "yesterday",
    "time": "25:00:00", "uuid": "8e9b", "code": "oil", "note": "solid", "empty": 0, "sites": {"east": 3},
    "lines": [{"item": "X"}], "kinds": [{"kind": 1, "n": 2}],
}  # fmt: skip


def matchers():
    """The consumer's DSL of pact-python, a matcher of each kind."""
    from pact import match

    return {
        "id": match.int(1),
        "name": match.str("Water"),
        "price": match.decimal(9.5),
        "active": match.bool(True),
        "tags": match.each_like("x", min=1),
        "made": match.date("2026-12-31", "%Y-%m-%d"),
        "at": match.datetime("2026-12-31T01:02:03", "%Y-%m-%dT%H:%M:%S"),
        "time": match.time("01:02:03", "%H:%M:%S"),
        "uuid": match.uuid("11111111-2222-3333-4444-555555555555"),
        "code": match.regex("ABC-1", regex=r"[A-Z]+-\d+"),
        "note": match.includes("oily"),
        "empty": match.none(),
        "sites": match.each_key_matches({"NORTH": 1}, rules=match.regex("NORTH", regex="[A-Z]+")),
        "lines": match.each_like({"item": match.str("Y"), "pieces": match.int(3)}, min=1),
        "kinds": match.array_containing([match.like({"kind": "a", "n": 1})]),
    }


def consumer_file(folder, body, version):
    """A file as pact-python's consumer side writes it."""
    made = pact.Pact("portal", "shop").with_specification(version)
    asked = made.upon_receiving("an item").given("an item is there").with_request("GET", "/items/7")
    asked.with_header("Accept", "application/json")
    asked.will_respond_with(200).with_header("Content-Type", "application/json").with_body(body, "application/json")
    with quiet():
        made.write_file(folder)
    (path,) = folder.glob("*.json")
    return path


@pytest.fixture
def there(monkeypatch):
    """The state that the consumer asks for."""
    states.handlers()
    monkeypatch.setattr(states, "HANDLERS", {**states.HANDLERS, "an item is there": lambda _setup: None})


def both(shop, vendor, path, folder):
    """The verdicts of pact-python and ours on one file and one server."""
    theirs = verdicts(vendor.url, folder / "copy.json", json.loads(path.read_text()))
    (ours,) = verify(shop, [read(path)])
    return theirs["an item"], ours


@pytest.mark.parametrize("version", ["V3", "V4"])
def test_we_verify_what_pact_python_writes(shop, vendor, there, tmp_path, version):
    """A file of its consumer's DSL with a matcher of each kind, against a server that keeps it."""
    vendor.answer("GET", "/items/7", GOOD)
    theirs, ours = both(shop, vendor, consumer_file(tmp_path, matchers(), version), tmp_path)
    assert (theirs, ours.verdict, ours.differences) == (True, "verified", ())


@pytest.mark.parametrize("member", GOOD)
def test_what_pact_python_finds_failing_we_find_failing(shop, vendor, there, tmp_path, member):
    """One member after the other is spoiled; each matcher notices, theirs and ours, and we say where."""
    vendor.answer("GET", "/items/7", {**GOOD, member: BAD[member]})
    theirs, ours = both(shop, vendor, consumer_file(tmp_path, matchers(), "V4"), tmp_path)
    assert (theirs, ours.verdict) == (False, "failed")
    assert all(each.pointer.startswith(f"/body/{member}") for each in ours.differences)


@pytest.mark.parametrize(
    ("status", "headers"), [(404, {}), (200, {"Content-Type": "text/plain"})], ids=("status", "type")
)
def test_status_and_content_type_are_judged_alike(shop, vendor, there, tmp_path, status, headers):
    """What stands around the body counts for both."""
    vendor.answer("GET", "/items/7", GOOD, status=status, headers=headers)
    theirs, ours = both(shop, vendor, consumer_file(tmp_path, matchers(), "V4"), tmp_path)
    assert (theirs, ours.verdict) == (False, "failed")


def test_message_of_pact_pythons_consumer_is_verified_among_the_events(plant, tmp_path):
    """A message contract of others against what our system publishes."""
    from pact import match

    made = pact.Pact("portal", "planning").with_specification("V4")
    asked = made.upon_receiving("a material", "Async")
    asked.given("the record is known", {"contract": "material", "user": "engineer"})
    asked.with_body({"domain": "material", "id": match.str("OIL"), "base_unit": "KGM"}, "application/json")
    with quiet():
        made.write_file(tmp_path)
    (path,) = tmp_path.glob("*.json")
    (result,) = verify(plant, [read(path)])
    assert (result.verdict, result.differences) == ("verified", ())
