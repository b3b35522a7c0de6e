"""The adapter of the integration passes the conformance suite: what it cannot do, it says."""

import pytest

from syncproof.conformance import Subject
from syncproof.conformance.suite import *  # noqa: F403

LANDSCAPE = "reference.toml"


@pytest.fixture
def subject(subject_of) -> Subject:
    return subject_of("integration")
