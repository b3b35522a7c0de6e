"""The fixture that the tests share; ``subject`` is the author's."""

import pytest

from syncproof.conformance.subject import Bench, Subject


@pytest.fixture
def bench(subject: Subject) -> Bench:
    """The adapter, connected to its system and recorded."""
    return Bench(subject)
