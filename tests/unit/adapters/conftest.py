"""Fixtures of the adapters' tests: HTTP is answered by ``responses``."""

from collections.abc import Iterator

import pytest
import responses

from syncproof.credentials import Credential
from syncproof.transport import Recorder, RecordingSession

URL = "http://erp.test"
USERS = ("viewer", "engineer", "planner", "operator", "warehouse", "qa", "release", "integration")


@pytest.fixture
def web() -> Iterator[responses.RequestsMock]:
    """Answers of the system; every one that is prepared must be fetched."""
    with responses.RequestsMock() as web:
        yield web


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def session(recorder) -> RecordingSession:
    return RecordingSession("erp", URL, recorder)


@pytest.fixture
def credentials() -> dict[str, Credential]:
    return {user: Credential(token=f"{user}-token") for user in USERS}
