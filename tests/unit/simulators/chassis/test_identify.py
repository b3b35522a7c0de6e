"""What a system says of itself, and the description it serves."""

import json
from datetime import UTC, datetime

import jsonschema_rs
import pytest

from syncproof.contracts import versions
from syncproof.simulators.chassis.routes import Write
from syncproof.simulators.chassis.system import DOMAINS
from tests.unit.simulators.chassis.conftest import SYSTEM


def test_identity_names_system_versions_zone_and_both_clocks(plain):
    identity = plain.get("/identity")
    assert (identity["system"], identity["product"]) == ("erp", "Test system")
    assert identity["version"]
    assert identity["time_zone"] == "Europe/Berlin"
    assert identity["now"] == "2027-02-01T12:00:00Z"
    assert abs(datetime.fromisoformat(identity["host_now"]) - datetime.now(UTC)).total_seconds() < 5
    assert identity["contracts"] == versions()


def test_every_domain_that_is_held_has_a_contract(plain):
    assert set(DOMAINS) <= set(versions())
    assert {f"master.{domain}" for domain in DOMAINS} <= set(plain.get("/identity")["capabilities"])


def description(plain):
    response = plain.client.get("/openapi.json")  # no token
    assert response.status_code == 200
    return response.json()


def test_the_description_has_exactly_the_declared_paths(plain):
    paths = description(plain)["paths"]
    served = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    common = {
        ("GET", "/identity"), ("GET", "/outbox"), ("POST", "/inbox"), ("GET", "/openapi.json"), ("POST", "/masters"),
        ("POST", "/masters/bulk"), ("GET", "/masters"), ("GET", "/masters/effective"), ("GET", "/receipts"),
        ("GET", "/audit"), ("GET", "/lots"),
    }  # fmt: skip
    own = {(route.method, route.path) for route in SYSTEM.routes}
    own |= {("POST", f"{route.path}/bulk") for route in SYSTEM.routes if isinstance(route, Write) and route.bulk}
    assert served == common | own


def test_every_described_path_is_answered(plain):
    for path, operations in description(plain)["paths"].items():
        for method in operations:
            response = plain.client.request(method, path, headers={"Authorization": "Bearer viewer"})
            assert response.status_code not in (404, 405), f"{method} {path}"


def test_a_write_is_described_with_its_roles_body_and_refusals(plain):
    write = description(plain)["paths"]["/notes"]["post"]
    assert write["x-roles"] == ["planner"]
    schema = write["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) == {"id", "text", "reason"}
    assert {"201", "202", "401", "403", "404", "409", "422"} <= set(write["responses"])


@pytest.mark.parametrize(("text", "valid"), [("x", True), (3, False)])
def test_the_described_body_is_the_one_that_is_enforced(plain, text, valid):
    schema = description(plain)["paths"]["/notes"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    body = {"id": "N1", "text": text, "reason": "r"}
    assert jsonschema_rs.is_valid(schema, body) is valid
    assert (plain.post("/notes", by="planner", **body)["status"] == "accepted") is valid


def test_reads_are_described_with_their_parameters(plain):
    parameters = description(plain)["paths"]["/masters/effective"]["get"]["parameters"]
    assert {p["name"]: p["required"] for p in parameters} == {"domain": True, "id": True, "site": True, "at": False}


def test_references_of_the_description_resolve(plain):
    whole = description(plain)
    text = json.dumps(whole)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(whole["components"]["schemas"])
