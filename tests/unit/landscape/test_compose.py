"""From a definition to adapters: who plays what, who owns what, whose clock is set."""

from datetime import UTC, datetime

import pytest

from syncproof import adapters
from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError, NotSupported
from syncproof.landscape import load
from syncproof.landscape.compose import compose
from syncproof.landscape.launch import RunningLandscape
from syncproof.transport import Recorder

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)


class Fake:
    """An adapter that remembers how it was made."""

    def __init__(self, kind, *, name, **made):
        self.kind, self.name, self.made = kind, name, made
        self.capabilities = frozenset({"master.bom"} if name == "erp" else set())
        if made["options"]["control_token"]:
            self.capabilities |= {"control.clock"}
        self.clock = "not set"

    def set_clock(self, now):
        self.clock = now


@pytest.fixture
def composed(write, environment, monkeypatch, tmp_path):
    """``composed(...)``: a landscape of fakes, as if its started systems were running."""
    monkeypatch.setattr(adapters, "create", Fake)

    def make(*replacements, recorder=None, close=None):
        definition = load(write(*replacements), environment=environment)
        running = RunningLandscape(definition, None, {"viewer": "tok-viewer"}, "tok-control", {})
        for name, entry in definition.entries().items():
            if entry.start:
                running.urls[name] = "http://127.0.0.1:1"
                running.credentials[name] = {"viewer": Credential(token="tok-viewer")}
        return compose(running, recorder or Recorder(), environment, close=close)

    return make


def test_systems_are_found_by_role_owner_and_domain(composed):
    landscape = composed()
    assert list(landscape.systems) == ["erp", "qms", "mes"]
    assert landscape.by_role("quality").name == "qms"
    assert landscape.by_role("integration") is landscape.integration
    assert landscape.owner("recipe").name == "mes"
    assert set(landscape.takers("bom")) == {"erp"}


def test_facts_of_the_file_are_at_hand(composed):
    landscape = composed()
    assert landscape.zones == {"EAST": "Europe/Berlin", "WEST": "America/New_York"}
    assert (landscape.sla("label"), landscape.sla("bom")) == (5, 10)
    assert (landscape.time_zone("erp"), landscape.time_zone("integration")) == ("Europe/Berlin", "UTC")
    assert (landscape.tolerance("KGM"), landscape.clock_offset_limit) == (0, 2)


def test_adapter_gets_address_credentials_and_its_sites(composed):
    made = composed().systems["mes"].made
    assert made["base_url"] == made["session"].base_url == "https://mes.example.com/validation"
    assert made["options"]["sites"] == {"EAST": "Europe/Berlin"}
    assert made["roles"] == ("execution",)
    assert composed().systems["erp"].made["credentials"]["viewer"].token == "tok-viewer"


def test_clock_is_set_wherever_it_can_be(composed):
    """The integration stamps activations: its clock must be the same."""
    landscape = composed()
    landscape.set_clock(NOW)
    assert landscape.systems["erp"].clock == landscape.integration.clock == NOW
    assert landscape.systems["mes"].clock == "not set"


def test_wall_clock_cannot_be_set(composed):
    landscape = composed('"controllable"', '"wall"')
    with pytest.raises(NotSupported, match=r"control\.clock"):
        landscape.set_clock(NOW)
    assert landscape.systems["erp"].clock == "not set"


def test_what_the_landscape_lacks_is_not_supported(composed):
    landscape = composed('\n[integration]\nadapter = "reference"\nstart = true\n', "")
    for missing in (
        lambda: landscape.integration,
        lambda: landscape.by_role("warehouse"),
        lambda: landscape.owner("uom"),
    ):
        with pytest.raises(NotSupported):
            missing()


def test_misspelt_role_is_a_mistake_and_not_a_missing_one(composed):
    with pytest.raises(ConfigurationError, match="no role 'planing'"):
        composed().by_role("planing")


def test_every_secret_is_known_to_the_redactor(composed):
    recorder = Recorder()
    composed(recorder=recorder)
    assert recorder.redactor.text("tok-viewer tok-control") == "<redacted:viewer> <redacted:control>"


def test_production_is_wrapped_read_only(composed):
    landscape = composed('"validation"\n', '"production"\n', '"controllable"', '"wall"')
    assert landscape.systems["erp"].capabilities == {"master.bom"}
    with pytest.raises(NotSupported, match="read-only"):
        landscape.systems["erp"].set_clock(NOW)


def test_closing_closes_what_was_started(composed):
    closed = []
    with composed(close=lambda: closed.append(True)):
        assert not closed
    assert closed == [True]
