"""Each system answers every request, sensible or not, as its published description says: schemathesis hunts for one
that it does not."""

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
is (of many at once each has a result of its own: below)."""
EXAMPLES = 6
MANY = ("/bulk", "/inbox")


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
            if mode is GenerationMode.NEGATIVE and case.path.endswith(MANY) and case.meta and case.body:
                _nothing_broken_is_taken(case, answer)

        ask()


def _nothing_broken_is_taken(case, answer):
    """One result for each, and none of them says that it was taken unless its part of the request is sound."""
    if answer.status_code == 200:
        results = answer.json()["results"]
        assert {one["status"] for one in results} <= {"accepted", "staged", "refused", "rejected", "duplicate"}
        sent = case.body if isinstance(case.body, list) else case.body.get("items", [case.body])
        assert len(results) == len(sent)
