"""The control plane: apart from the business API, and there only if it was asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from syncproof.simulators.chassis.answers import answer
from syncproof.simulators.chassis.app import build
from syncproof.simulators.chassis.config import make_config
from tests.unit.simulators.bench import material
from tests.unit.simulators.chassis.conftest import SYSTEM

CONFIG = {
    "system": "erp", "time_zone": "Europe/Berlin", "sites": {"EAST": "Europe/Berlin"}, "owns": ["material"],
    "users": [{"name": "engineer", "token": "engineer", "roles": ["engineer"]}],
}  # fmt: skip
ENGINEER = {"Authorization": "Bearer engineer"}
TOKEN = {"X-Control-Token": "secret"}


class Controlled:
    def __init__(self, **config) -> None:
        self.app = build(SYSTEM, make_config({**CONFIG, **config}))
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def control(self, path, body=None, method="POST"):
        return self.client.request(method, f"/control/{path}", json=body, headers=TOKEN)

    def get(self, path, **query):
        return self.client.get(path, params=query, headers=ENGINEER)

    def submit(self, data):
        return self.client.post("/masters", json={"data": data, "reason": "r"}, headers=ENGINEER)


@pytest.fixture
def system():
    return Controlled(control_token="secret")


PATHS = [("POST", "clock"), ("POST", "faults"), ("DELETE", "faults"), ("POST", "reset")]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_without_a_control_token_in_the_configuration_there_is_no_control_plane(method, path):
    response = Controlled().client.request(method, f"/control/{path}", headers=TOKEN)
    assert response.status_code == 404


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("shown", ["", "wrong"])
def test_without_the_right_token_nothing_is_controlled(system, method, path, shown):
    response = system.client.request(method, f"/control/{path}", headers={"X-Control-Token": shown, **ENGINEER})
    assert response.status_code == 401


def test_business_time_is_frozen_moved_and_given_back(system):
    system.control("clock", {"now": "2027-03-10T07:00:00+01:00"})
    assert system.get("/identity").json()["now"] == "2027-03-10T06:00:00Z"
    assert system.get("/identity").json()["host_now"] != "2027-03-10T06:00:00Z"
    system.control("clock", {"now": None})
    identity = system.get("/identity").json()
    assert identity["now"][:16] == identity["host_now"][:16]


def test_an_unreadable_instant_and_an_unknown_fault_are_refused(system):
    assert system.control("clock", {"now": "soon"}).status_code == 422
    response = system.control("faults", {"fault": "gremlins"})
    assert response.status_code == 422
    assert "unavailable" in response.json()["error"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [({"fault": "unavailable"}, 503), ({"fault": "status", "code": 502}, 502), ({"fault": "garbage"}, 200)],
    ids=str,
)
def test_a_fault_stands_in_for_every_business_answer_until_it_is_cleared(system, fault, status):
    system.control("faults", fault)
    response = system.get("/identity")
    assert response.status_code == status
    assert "system" not in response.json()
    assert system.submit(material("NEW")).status_code == status
    system.control("faults", method="DELETE")
    assert system.get("/identity").json()["system"] == "erp"
    assert system.get("/masters", domain="material", id="NEW").json()["items"] == []


def test_half_a_body_is_sent_and_broken_off(system):
    whole = system.get("/identity").text
    system.control("faults", {"fault": "half_body"})
    half = system.get("/identity")
    assert 0 < len(half.content) < len(whole)
    assert int(half.headers["content-length"]) > len(half.content)


def test_a_slow_system_answers_late_but_rightly(system):
    system.control("faults", {"fault": "slow", "seconds": 0.05})
    response = system.get("/identity")
    assert response.elapsed.total_seconds() >= 0.05
    assert response.json()["system"] == "erp"


def test_tampering_changes_content_and_hash_and_leaves_no_trace(system):
    system.submit(material("NEW"))
    trail, events = (system.get("/audit", domain="material", id="NEW").json(), system.get("/outbox").json())
    before = system.get("/masters", domain="material", id="NEW").json()["items"][0]
    body = {
        "fault": "tamper", "domain": "material", "id": "NEW", "revision": "A", "field": "description", "value": "x",
    }  # fmt: skip
    assert system.control("faults", body).status_code == 200
    after = system.get("/masters", domain="material", id="NEW").json()["items"][0]
    assert after["master"] == {**material("NEW"), "description": "x"}
    assert after["content_hash"] != before["content_hash"]
    assert system.get("/audit", domain="material", id="NEW").json() == trail
    assert system.get("/outbox").json() == events
    assert system.control("faults", {**body, "revision": "Z"}).status_code == 404


def test_a_reset_forgets_everything_but_the_users(system):
    system.submit(material("NEW"))
    system.control("clock", {"now": "2027-03-10T06:00:00Z"})
    system.control("faults", {"fault": "unavailable"})
    system.control("reset")
    assert system.get("/masters", domain="material", id="NEW").json()["items"] == []
    assert system.get("/audit", domain="material", id="NEW").json()["items"] == []
    assert system.get("/outbox").json() == {"cursor": 0, "events": []}
    assert system.get("/identity").json()["now"] != "2027-03-10T06:00:00Z"
    assert system.submit(material("NEW")).status_code == 201


def test_only_a_controlled_system_says_that_it_can_be_controlled(system):
    held = set(system.get("/identity").json()["capabilities"])
    assert held - set(Controlled().get("/identity").json()["capabilities"]) == {"control.clock", "control.faults"}


def test_a_system_can_have_more_of_a_control_plane(system):
    more = {("POST", "/control/more"): lambda instance, body: answer({"said": body["say"]})}
    client = TestClient(build(replace(SYSTEM, controls=more), make_config({**CONFIG, "control_token": "secret"})))
    assert client.post("/control/more", json={"say": "x"}, headers=TOKEN).json() == {"said": "x"}
    assert client.post("/control/more", json={"say": "x"}).status_code == 401


def test_a_request_is_judged_by_the_policy_of_business_time():
    rules = replace(SYSTEM.rules, business_time=lambda now: now + timedelta(days=400))
    late = Controlled(control_token="secret")
    app = build(replace(SYSTEM, rules=rules), make_config({**CONFIG, "control_token": "secret"}))
    late.client = TestClient(app)
    late.control("clock", {"now": "2027-03-10T06:00:00Z"})
    late.submit(material("M"))
    trail = late.get("/audit", domain="material", id="M").json()["items"]
    assert trail[0]["at"] == "2028-04-13T06:00:00Z"
