"""What the integration says and hears is recorded, and no secret with it."""

import pytest

from syncproof.evidence.journal import Journal
from syncproof.integration.config import Config, Record, Secret, Target, User
from syncproof.integration.connections import connector, recorder_of


@pytest.fixture
def config():
    def config(**changes) -> Config:
        erp = Target(
            adapter="simulated",
            base_url="http://erp.test",
            roles=("planning",),
            credentials={"integration": Secret(user="sync", password="s3cret-password")},
            verify="/etc/own-ca.pem",
        )
        users = (User(name="viewer", token="viewer-token"),)
        return Config(
            systems={"erp": erp},
            sites={"EAST": "UTC"},
            owners={},
            users=users,
            control_token="control-token",
            **changes,
        )

    return config


@pytest.mark.parametrize("secret", ["s3cret-password", "viewer-token", "control-token"])
def test_every_secret_of_the_configuration_is_redacted(config, secret):
    assert secret not in recorder_of(config()).redactor.text(f"a body with {secret} in it")


def test_each_adapter_has_a_session_of_its_own_as_the_configuration_says(config):
    """Threads must not share connections; a plant's own certificate authority must be honoured."""
    connect = connector(config(), recorder_of(config()))
    one, other = connect("erp"), connect("erp")
    assert one._session is not other._session
    assert one._session._verify == "/etc/own-ca.pem"
    assert one._headers("integration")["Authorization"].startswith("Basic ")


def test_a_process_that_goes_on_within_a_run_has_a_journal_of_its_own(config, tmp_path):
    """The journal of the one that died is evidence as well."""
    recording = config(record=Record(pack=str(tmp_path), worker="integration-gw0"))
    sinks = [recorder_of(recording).sink for _ in range(3)]
    assert all(isinstance(sink, Journal) for sink in sinks)
    assert [sink.worker for sink in sinks] == ["integration-gw0", "integration-gw0-2", "integration-gw0-3"]
    for sink in sinks:
        sink.close()
