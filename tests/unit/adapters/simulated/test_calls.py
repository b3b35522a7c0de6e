"""What is no proper answer is never taken for one: not for a refusal, not for an absence."""

import datetime as dt
import json
import typing

import msgspec
import pytest
import requests

from syncproof import model
from syncproof.adapters.simulated import calls, create
from syncproof.errors import ConfigurationError, NotSupported, SystemUnavailable, UnusableAnswer

URL = "http://erp.test"
REASONS = [{"code": "c", "message": "m", "pointer": ""}]


@pytest.fixture
def make(session, credentials):
    def make(roles=("planning", "warehouse"), users=credentials, **options):
        return create(name="erp", base_url=URL, roles=roles, session=session, credentials=users, options=options)

    return make


def release(system):
    return system.release_order("O", by="planner", reason="r")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, "<html>Hello</html>", "not as agreed"),
        (404, "<html>Not Found</html>", "not as agreed"),
        (200, json.dumps({"garbage": [1, 2, 3]}), "status"),
        (200, json.dumps({"status": "Ok"}), "'Ok' is none of accepted"),
        (201, json.dumps({"status": "refused", "reasons": REASONS}), "201 contradicts 'refused'"),
        (409, json.dumps({"status": "accepted"}), "409 contradicts 'accepted'"),
        (302, json.dumps({"status": "accepted"}), "302 contradicts"),
        (409, json.dumps({"status": "refused", "reasons": ["c: m"]}), r"reasons\[0\]"),
        (503, json.dumps({"status": "refused", "reasons": REASONS}), "503"),
    ],
)
def test_a_refusal_counts_only_if_the_system_says_so_in_its_own_form(make, web, status, body, said):
    """The text names the call and the exchange, so that the raw answer can be looked at."""
    web.post(f"{URL}/orders/release", status=status, body=body)
    with pytest.raises(UnusableAnswer, match=said) as caught:
        release(make())
    assert f"erp POST {URL}/orders/release" in str(caught.value)
    assert "main-x1" in str(caught.value)


@pytest.mark.parametrize("code", [401, 403, 404, 409, 422])
def test_a_proper_refusal_carries_the_systems_reasons(make, web, code):
    web.post(f"{URL}/orders/release", status=code, json={"status": "refused", "reasons": REASONS})
    outcome = release(make())
    assert (outcome.status, outcome.reasons, outcome.exchanges) == ("refused", ("c: m",), ("main-x1",))


def test_as_many_answers_as_questions(make, web):
    """An answer too few would put each outcome beside the wrong record."""
    web.post(f"{URL}/masters/bulk", json={"results": [{"status": "accepted"}]})
    with pytest.raises(UnusableAnswer, match="2 were sent, 1 are answered"):
        make()._write_bulk("/masters", [{}, {}], "engineer", "r")


def test_a_bulk_call_that_is_refused_as_a_whole_refuses_each(make, web):
    web.post(f"{URL}/masters/bulk", status=401, json={"status": "refused", "reasons": REASONS})
    outcomes = make()._write_bulk("/masters", [{}, {}], "engineer", "r")
    assert [o.status for o in outcomes] == ["refused", "refused"]


@pytest.mark.parametrize("status", [401, 403, 422])
def test_a_read_that_is_not_allowed_is_no_absence(make, web, status):
    """A wrong token must not look like a lot that does not exist."""
    web.get(f"{URL}/lots", status=status, json={"status": "refused", "reasons": REASONS})
    with pytest.raises(UnusableAnswer, match=f"{status} c: m"):
        make().lot("L")


def test_a_page_that_is_not_there_is_no_absence(make, web):
    """A wrong address answers 404 as well, but not in the system's own words."""
    web.get(f"{URL}/lots", status=404, body="Not Found")
    with pytest.raises(UnusableAnswer):
        make().lot("L")


@pytest.mark.parametrize("body", ["[]", "{}", '{"item": {"id": 1}}', '{"item": ', "", '{"item": {"id": "L"}}'])
def test_an_answer_that_does_not_decode_names_the_member_and_the_url(make, web, body):
    web.get(f"{URL}/lots", body=body)
    with pytest.raises(UnusableAnswer, match=rf"{URL}/lots\?id=L") as caught:
        make().lot("L")
    assert "Traceback" not in str(caught.value)


LOT = {"id": "L", "item": "I", "quantity": {"value": "1", "unit": "KGM"}, "site": "EAST", "location": "A"}


@pytest.mark.parametrize("expiry", ["2027-03-01T00:00:00", "2027-03-01T00:00:00.5", "2027-03-01"])
def test_an_instant_without_an_offset_is_no_instant(make, web, expiry):
    """Whose midnight would it be?"""
    web.get(f"{URL}/lots", json={"item": {**LOT, "expiry": expiry}})
    with pytest.raises(UnusableAnswer, match="expiry"):
        make().lot("L")


def test_every_instant_of_the_model_is_watched():
    """A new field of type datetime must be added to the list, unless it is a wall time by definition."""
    found = set()
    for name in model.__all__:
        kind = getattr(model, name)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            hints = typing.get_type_hints(kind)
            found |= {f for f, hint in hints.items() if hint is dt.datetime or dt.datetime in typing.get_args(hint)}
    assert found - {"local"} <= set(calls.INSTANTS)


@pytest.mark.parametrize("error", [requests.ConnectionError("refused"), requests.ReadTimeout()])
def test_no_answer_is_no_outcome(make, web, error):
    web.post(f"{URL}/orders/release", body=error)
    with pytest.raises(SystemUnavailable):
        release(make())


# users


def test_a_user_of_the_landscape_without_a_credential_is_a_mistake_in_the_file(session):
    """Sent without one, the refusal that comes back would look like the role check of the system."""
    known = {"users": ("planner",)}
    system = create(name="erp", base_url=URL, roles=("planning",), session=session, credentials={}, options=known)
    with pytest.raises(ConfigurationError, match=r"no credential for user planner at erp.*credentials\.planner"):
        release(system)


def test_a_user_that_nobody_knows_is_shown_as_such(make, web):
    """It is for the system to turn an intruder away."""
    web.post(f"{URL}/orders/release", status=401, json={"status": "refused", "reasons": REASONS})
    make().release_order("O", by="intruder", reason="r")
    assert web.calls[0].request.headers["Authorization"] == "Bearer unknown-intruder"


@pytest.mark.parametrize(
    ("held", "reader"), [(("qa", "viewer"), "viewer"), (("qa", "integration"), "integration"), (("qa",), "qa")]
)
def test_reads_are_made_as_the_viewer_if_there_is_one(make, credentials, web, held, reader):
    web.get(f"{URL}/lots", json={"item": None})
    make(users={user: credentials[user] for user in held}).lot("L")
    assert web.calls[0].request.headers["Authorization"] == f"Bearer {reader}-token"


# roles and control


def test_only_the_verbs_of_its_roles_are_there(make):
    planning = make(roles=("planning",))
    assert not hasattr(planning, "ship")
    assert not any(name.startswith("warehouse.") for name in planning.capabilities)


def test_a_role_that_no_simulated_system_plays_is_a_mistake_in_the_file(make):
    with pytest.raises(ConfigurationError, match=r"systems\.erp\.roles.*'integration'.*valid: planning"):
        make(roles=("integration",))


@pytest.mark.parametrize(
    ("verb", "arguments", "capability"),
    [
        ("set_clock", (None,), "control.clock"),
        ("inject", ("slow",), "control.faults"),
        ("clear_faults", (), "control.faults"),
    ],
)
def test_without_a_control_token_there_is_no_control(make, verb, arguments, capability):
    system = make()
    assert capability not in system.capabilities
    with pytest.raises(NotSupported, match=capability):
        getattr(system, verb)(*arguments)


def test_control_that_is_refused_is_no_control(make, web):
    """A clock that was not set would fail the scenario far away from its cause."""
    web.post(f"{URL}/control/faults", status=422, json={"error": "unknown fault"})
    with pytest.raises(UnusableAnswer, match="unknown fault"):
        make(control_token="c").inject("fire")
