"""The HTTP surface and the control plane."""

import json

import pytest
from starlette.testclient import TestClient

from syncproof import capabilities
from syncproof.integration.app import build
from syncproof.integration.config import Config, Target, User
from syncproof.integration.database import Database
from syncproof.integration.hub import Hub
from tests.unit.integration.plant import Consumer, Owner, change, master_event, material

SYSTEMS = {"erp": Owner, "mes": Consumer}


@pytest.fixture
def systems():
    made = {name: kind(name) for name, kind in SYSTEMS.items()}
    for system in made.values():
        system.held["material", "M"] = [material("M")]
    return made


@pytest.fixture
def hub(systems) -> Hub:
    return Hub(systems, systems.__getitem__, Database(), {"EAST": "Europe/Berlin"}, {"material": "erp"})


@pytest.fixture
def client(hub):
    def client(**changes) -> TestClient:
        target = Target(adapter="simulated", base_url="http://x")
        config = Config(
            systems=dict.fromkeys(SYSTEMS, target),
            sites={"EAST": "Europe/Berlin"},
            owners={},
            users=(User(name="viewer", token="v-token"),),
            **{"control_token": "c-token", **changes},
        )
        return TestClient(build(hub, config), headers={"Authorization": "Bearer v-token"})

    return client


def control(client: TestClient, method: str, path: str, body=None, token: str = "c-token"):
    return client.request(method, f"/control/{path}", json=body, headers={"X-Control-Token": token})


@pytest.mark.parametrize("path", ["/identity", "/drift?refs=[]", "/pending?change=C"])
@pytest.mark.parametrize("header", ["", "Bearer wrong", "Bearer \u00e9"])
def test_nothing_is_answered_without_a_known_token(client, path, header):
    answer = client().get(path, headers={"Authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.json()["reasons"][0]["code"] == "unauthenticated"


def test_capabilities_are_stated_as_they_are(client):
    """Without a control token there is no control plane, and none is stated."""
    stated = frozenset(client().get("/identity").json()["capabilities"])
    assert capabilities.unknown(stated) == frozenset()
    assert "control.clock" in stated
    without = client(control_token=None)
    assert "control.clock" not in without.get("/identity").json()["capabilities"]
    assert control(without, "POST", "clock", {"now": None}).status_code == 404


def test_drift_is_reported_as_pairs_of_system_and_master(client, systems):
    """Ids may hold any character, so the question is JSON."""
    odd = material("A|B,C/ö")
    systems["erp"].held["material", odd.id] = [odd]
    refs = json.dumps([["material", "M", "A"], ["material", odd.id, "A"]])
    assert client().get("/drift", params={"refs": refs}).json() == {"items": [["mes", "material A|B,C/ö rev A"]]}


def test_drift_that_cannot_be_known_is_no_answer(client, systems):
    systems["mes"].down = True
    answer = client().get("/drift", params={"refs": '[["material", "M", "A"]]'})
    assert answer.status_code == 503
    assert "mes cannot be read" in answer.json()["reasons"][0]["message"]


@pytest.mark.parametrize("query", ["/drift", "/drift?refs=bom|B|A", "/drift?refs=[1]", "/pending"])
def test_a_question_that_is_not_as_agreed_is_refused(client, query):
    assert client().get(query).status_code == 422


def test_pending_changes_are_explained(client, hub):
    hub.take("erp", "1", [master_event(material("M")), change("C", material("M"))])
    hub.gate.look()
    assert client().get("/pending?change=C").json() == {"items": ["material M rev A at mes: not delivered yet"]}
    assert client().get("/pending?change=unknown").json() == {"items": []}


def test_its_description_needs_no_token_and_names_every_path(client):
    answer = client().get("/openapi.json", headers={"Authorization": ""})
    assert answer.json()["openapi"] == "3.1.0"
    assert set(answer.json()["paths"]) == {"/identity", "/drift", "/pending", "/openapi.json"}


# control plane


def test_the_control_plane_is_closed_to_any_other_token(client):
    assert control(client(), "POST", "clock", {"now": None}, token="v-token").status_code == 401


def test_business_time_is_frozen_and_let_go(client, hub):
    control(client(), "POST", "clock", {"now": "2027-03-10T06:00:00Z"})
    assert client().get("/identity").json()["now"] == "2027-03-10T06:00:00+00:00"
    control(client(), "POST", "clock", {"now": None})
    assert hub.now().year != 2027


def test_delivery_is_paused_to_those_that_are_named(client, hub):
    control(client(), "POST", "faults", {"fault": "pause_delivery", "systems": ["mes"]})
    assert [name for name, each in hub.deliveries.items() if each._paused] == ["mes"]
    control(client(), "POST", "faults", {"fault": "pause_delivery", "systems": None})
    assert all(each._paused for each in hub.deliveries.values())
    control(client(), "DELETE", "faults")
    assert not any(each._paused for each in hub.deliveries.values())


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("clock", {"now": "2027-03-10T06:00:00"}, "no offset"),
        ("clock", {}, "now"),
        ("clock", [], "indices"),
        ("faults", {"fault": "fire"}, "valid: pause_delivery"),
        ("faults", {"fault": "pause_delivery", "systems": ["mess"]}, "did you mean 'mes'"),
    ],
)
def test_a_mistake_in_test_control_is_answered_with_what_is_valid(client, path, body, said):
    answer = control(client(), "POST", path, body)
    assert answer.status_code == 422
    assert said in answer.json()["error"]


def test_a_reset_forgets_events_faults_and_time(client, hub):
    hub.take("erp", "1", [master_event(material("M"))])
    control(client(), "POST", "clock", {"now": "2027-03-10T06:00:00Z"})
    control(client(), "POST", "faults", {"fault": "pause_delivery", "systems": None})
    control(client(), "POST", "reset")
    assert hub.database.all("select * from events") == []
    assert hub.now().year != 2027
    assert not any(each._paused for each in hub.deliveries.values())
