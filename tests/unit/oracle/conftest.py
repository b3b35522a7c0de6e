"""Fixtures of the oracle's tests."""

import pytest
from hypothesis import settings

from tests.unit.oracle.plant import Plant

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # a busy machine is no failure


@pytest.fixture(scope="session")
def new_plant() -> type[Plant]:
    """Makes an empty plant; a factory, so that each example of a property has one of its own."""
    return Plant
