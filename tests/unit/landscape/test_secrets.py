"""Credentials come from where the file says, and are never shown."""

import pytest

from syncproof.credentials import Credential
from syncproof.errors import MissingSecret
from syncproof.landscape import load
from syncproof.landscape.secrets import control_token_of, credentials_of


def test_own_credential_goes_before_everyones(write, environment, tmp_path):
    definition = load(write(), environment=environment)
    found = credentials_of(definition.systems["mes"], definition.users, tmp_path, environment)
    assert found == {
        "viewer": Credential(user="reader", password="reader-password"),
        "engineer": Credential(token="engineer-token"),
        "integration": Credential(user="reader", password="reader-password"),
    }


def test_user_without_any_credential_has_none(write, environment, tmp_path):
    definition = load(write('credentials."*"', "credentials.viewer"), environment=environment)
    found = credentials_of(definition.systems["mes"], definition.users, tmp_path, environment)
    assert set(found) == {"viewer", "engineer"}


def test_secret_that_went_away_is_a_missing_secret(write, tmp_path):
    definition = load(write(), environment={})
    with pytest.raises(MissingSecret, match=r"systems\.mes\.credentials\..*MES_PASSWORD"):
        credentials_of(definition.systems["mes"], definition.users, tmp_path, {})


def test_control_token_comes_from_the_environment(write):
    path = write("start = true\n", 'base_url = "http://127.0.0.1:1"\ncontrol_token_env = "ERP_CONTROL"\n')
    entry = load(path, environment={}).systems["erp"]
    assert control_token_of(entry, {"ERP_CONTROL": "c"}) == "c"
    with pytest.raises(MissingSecret, match="ERP_CONTROL"):
        control_token_of(entry, {})


def test_credential_does_not_show_its_secrets():
    shown = repr([Credential(token="tkn-1"), Credential(user="me", password="pwd-1")])
    assert "tkn-1" not in shown
    assert "pwd-1" not in shown


def test_the_shown_form_of_a_password_is_a_secret_too():
    basic = Credential(user="me", password="pä").headers()["Authorization"].removeprefix("Basic ")
    assert basic in Credential(user="me", password="pä").secrets


def test_credential_becomes_a_header():
    assert Credential(token="t").headers() == {"Authorization": "Bearer t"}
    assert Credential(user="me", password="pä").headers() == {"Authorization": "Basic bWU6cMOk"}
