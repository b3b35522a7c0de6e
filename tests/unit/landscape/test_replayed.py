"""A record says enough of a landscape to play it back: without its secrets, its systems, or its being opened."""

import json

import pytest

from syncproof import adapters
from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError, LandscapeError, MissingSecret, SyncproofError
from syncproof.landscape import load, replayed
from syncproof.landscape.compose import open_landscape
from syncproof.landscape.launch import RunningLandscape
from syncproof.transport import Recorder
from syncproof.transport.player import Player
from tests.unit.landscape.test_compose import Fake

SECRETS = {
    "erp": {"viewer": Credential(token="tok-viewer"), "engineer": Credential(token="tok-engineer")},
    "mes": {
        "viewer": Credential(user="reader", password="one-password"),
        "engineer": Credential(user="writer", password="one-password"),
    },
}
PRODUCTION = ('"validation"\n', '"production"\n', '"controllable"', '"wall"')
WRITABLE = (*PRODUCTION[:3], '"wall"\nwrites = "allowed"')
OPENED = {"type": replayed.OPENED}


@pytest.fixture
def said(write, environment):
    """``said(...)``: the event of a run whose landscape was opened, as it stands in the record."""

    def facts(*replacements, allow_writes=False):
        definition = load(write(*replacements), environment=environment, allow_writes=allow_writes)
        recorder = Recorder()
        for users in SECRETS.values():
            for user, credential in users.items():
                for secret in credential.secrets:
                    recorder.redactor.register(user, secret)
        running = RunningLandscape(definition, None, {}, "tok-control", SECRETS, {"erp": "http://127.0.0.1:1"})
        event = OPENED | replayed.facts(running, recorder.redactor)
        assert not any(secret in json.dumps(event) for secret in ("tok-", "one-password"))
        return json.loads(json.dumps(event))

    return facts


@pytest.fixture
def again(write, monkeypatch):
    """``again(event, ...)``: the landscape at replay, with adapters that only remember; no secret is anywhere."""
    monkeypatch.setattr(adapters, "create", Fake)

    def opened(event, *replacements):
        recorder = Recorder()
        recorder.player = Player([event], lambda _: None)
        file = write(*replacements)
        (file.parent / "secrets" / "engineer").unlink()
        return open_landscape(replayed.definition(file, event), recorder, environment={}), recorder

    return opened


def test_users_come_back_as_they_stand_in_the_record(said, again):
    """Those who share a password have one name there, and at replay too: the bodies of log-ins must be the same."""
    landscape, _ = again(said())
    assert landscape.systems["erp"].made["credentials"] == {
        "viewer": Credential(token="<redacted:viewer>"),
        "engineer": Credential(token="<redacted:engineer>"),
    }
    assert landscape.systems["mes"].made["credentials"] == {
        "viewer": Credential(user="reader", password="<redacted:viewer>"),
        "engineer": Credential(user="writer", password="<redacted:viewer>"),
    }
    assert landscape.systems["erp"].made["base_url"] == "http://127.0.0.1:1"
    assert landscape.systems["mes"].made["base_url"] == "https://mes.example.com/validation"


@pytest.mark.parametrize("user", ["viewer", "engineer"])
def test_a_password_is_shown_as_it_was(said, again, user):
    """Basic has login and password in one: it has the user's name in the record, and must have it at replay."""
    landscape, recorder = again(said())
    header = landscape.systems["mes"].made["credentials"][user].headers()
    assert recorder.redactor.headers(header) == {"Authorization": f"Basic <redacted:{user}>"}


@pytest.mark.parametrize(
    ("file", "allow_writes", "read_only"), [(PRODUCTION, True, True), (WRITABLE, False, True), (WRITABLE, True, False)]
)
def test_production_is_as_writable_as_it_was(said, again, file, allow_writes, read_only):
    """Who replays gives no consent, and needs none."""
    landscape, _ = again(said(*file, allow_writes=allow_writes), *file)
    assert landscape.definition.read_only is read_only


def test_a_control_plane_is_there_if_it_was_there(said, again):
    """Started systems have one, others if the file says so."""
    without, _ = again(said())
    tokens = {name: system.made["options"]["control_token"] for name, system in without.systems.items()}
    assert tokens == {"erp": "<redacted:control>", "qms": "<redacted:control>", "mes": None}


def test_a_control_plane_of_a_system_elsewhere_is_there_too(said, again):
    """Its token is in no environment any more."""
    named = ('roles = ["execution"]', 'roles = ["execution"]\ncontrol_token_env = "MES_CONTROL"')
    landscape, _ = again(said(*named), *named)
    assert landscape.systems["mes"].made["options"]["control_token"] == "<redacted:control>"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (LandscapeError("port 1 is taken"), LandscapeError),
        (ConfigurationError("a mistake"), ConfigurationError),
        (MissingSecret("no TOKEN"), MissingSecret),
        (OSError("no space"), SyncproofError),
    ],
)
def test_a_landscape_that_did_not_open_does_not_open_again(write, error, kind):
    """For the same reason, in the same words, with the same verdict."""
    event = json.loads(json.dumps(OPENED | replayed.failure(error, f"words: {error}")))
    with pytest.raises(kind) as raised:
        replayed.definition(write(), event)
    assert (type(raised.value), str(raised.value)) == (kind, f"words: {error}")


def test_a_record_that_says_nothing_of_its_landscape_cannot_be_played_back(write):
    """The event was taken out, or the run was killed before."""
    with pytest.raises(LandscapeError, match="the record holds no 'landscape_opened'"):
        replayed.definition(write(), {})
