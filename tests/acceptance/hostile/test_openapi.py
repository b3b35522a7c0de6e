"""Each system answers every request, sensible or not, as its published description says: schemathesis hunts for one
that it does not."""

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from syncproof.simulators.__main__ import SYSTEMS, load
from syncproof.simulators.chassis.app import build
from syncproof.simulators.chassis.config import make_config
from syncproof.simulators.describe import description
from tests.unit.simulators.bench import OWNERS

ROLES = (
    "administrator", "engineer", "integration", "operator", "planner", "production_approver", "quality_approver",
    "quality_inspector", "release_manager", "warehouse",
)  # fmt: skip
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
"""Not among them: that what fits its schema is taken (there are rules that no schema can say), and that nothing else
is (of many at once each has a result of its own: the test below)."""
EXAMPLES = 6
MANY = ("/bulk", "/inbox")
DESCRIBED = {name: description(name) for name in SYSTEMS}
EVENT = {"$ref": "#/components/schemas/Event"}


def described(name):
    """The application of a system with one user who may do everything, and its own description."""
    config = {
        "system": name, "time_zone": "UTC", "sites": {"EAST": "America/New_York", "WEST": "Europe/Berlin"},
        "owns": [domain for domain, owner in OWNERS.items() if owner == name], "owners": OWNERS,
        "users": [{"name": "all", "token": "everything", "roles": ROLES}],
    }  # fmt: skip
    return schemathesis.openapi.from_asgi("/openapi.json", build(load(name), make_config(config)))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "broken"])
@pytest.mark.parametrize("name", SYSTEMS)
def test_every_answer_is_as_described(name, mode):
    """What is asked fits its schema, or breaks it."""
    for found in described(name).get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None)  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            if case.path == "/outbox":
                case.query = {**(case.query or {}), "wait": 0}  # nobody waits for events here
            answer = case.call(headers={"Authorization": "Bearer everything"})
            case.validate_response(answer, checks=CHECKS)

        ask()


def _broken(name, case):
    """Places in a list of messages at which one breaks the schema of its own."""
    schema = DESCRIBED[name]["paths"][case.path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    each = EVENT if case.path == "/inbox" else schema["properties"]["items"]["items"]
    takes = jsonschema_rs.validator_for({"allOf": [each], "components": DESCRIBED[name]["components"]}).is_valid
    sent = case.body if isinstance(case.body, list) else case.body.get("items", [case.body])
    return {place for place, one in enumerate(sent) if not takes(one)}


@pytest.mark.parametrize("name", SYSTEMS)
def test_of_many_at_once_nothing_that_is_broken_is_taken(name):
    """Each has a result of its own, and that of a broken one is a refusal."""
    broken = 0
    for found in described(name).get_all_operations():
        operation = found.ok()
        if not operation.path.endswith(MANY):
            continue

        @settings(max_examples=4 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None)  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def ask(case):
            nonlocal broken
            answer = case.call(headers={"Authorization": "Bearer everything"})
            if answer.status_code == 200 and isinstance(case.body, list | dict):
                results, places = answer.json()["results"], _broken(name, case)
                broken += len(places)
                assert {results[place]["status"] for place in places} <= {"refused", "rejected"}

        ask()
    assert broken, "nothing that was sent was broken: this test shows nothing"
