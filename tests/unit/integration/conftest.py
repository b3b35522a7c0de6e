"""Fixtures of the integration's tests."""

import pytest

from syncproof.integration.changes import Changes
from syncproof.integration.database import Database
from syncproof.integration.store import Store


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def store(database) -> Store:
    return Store(database)


@pytest.fixture
def changes(database) -> Changes:
    return Changes(database)
