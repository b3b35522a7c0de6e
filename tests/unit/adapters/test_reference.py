"""The harness's side of the integration."""

import json

import pytest
import responses

from syncproof import model as m
from syncproof.adapters.reference import create
from syncproof.errors import NotSupported, UnusableAnswer
from syncproof.ports import Integration

URL = "http://erp.test"
REF = m.MasterRef(domain="bom", id='B|1,"é', revision="A")


@pytest.fixture
def integration(session, credentials):
    def make(**options):
        return create(
            name="integration", base_url=URL, roles=(), session=session, credentials=credentials, options=options
        )

    return make


def test_it_plays_the_port_integration(integration):
    assert isinstance(integration(), Integration)


def test_drift_is_asked_in_json_and_read_as_pairs(integration, web):
    web.get(f"{URL}/drift", json={"items": [["mes", str(REF)]]})
    seen = integration().drift([REF])
    assert seen.value == frozenset({("mes", str(REF))})
    assert seen.exchanges == ("main-x1",)
    asked = web.calls[0].request.params["refs"]
    assert json.loads(asked) == [["bom", REF.id, "A"]]


def test_drift_that_cannot_be_known_is_no_observation(integration, web):
    """No drift must not be what is seen when a system could not be read."""
    web.get(f"{URL}/drift", status=503, json={"status": "refused", "reasons": []})
    with pytest.raises(UnusableAnswer):
        integration().drift([REF])


def test_pending_reasons_are_passed_on(integration, web):
    web.get(f"{URL}/pending", json={"items": ["bom X at mes: staged"]})
    assert integration().pending("C").value == ("bom X at mes: staged",)


@pytest.mark.parametrize("verb", ["submit", "masters", "effective", "audit_trail", "lot"])
def test_it_holds_no_masters_and_says_so(integration, verb):
    with pytest.raises(NotSupported, match=f"system.{verb}"):
        getattr(integration(), verb)("x", "y", by="z", reason="r")


def test_what_no_port_has_is_no_attribute(integration):
    assert not hasattr(integration(), "launch_rockets")


def test_control_goes_with_the_control_token_only(integration, web):
    web.add(responses.POST, f"{URL}/control/faults", json={})
    integration(control_token="c").inject("pause_delivery", systems=["mes"])
    assert web.calls[0].request.headers["X-Control-Token"] == "c"
    assert "Authorization" not in web.calls[0].request.headers
    assert "control.faults" not in integration().capabilities
    with pytest.raises(NotSupported):
        integration().inject("pause_delivery")
