"""The adapters of the simulated systems pass the conformance suite, each with the system it is for."""

import pytest

from syncproof.conformance import Subject
from syncproof.conformance.suite import *  # noqa: F403

LANDSCAPE = "reference.toml"


@pytest.fixture(params=["erp", "mes", "wms", "qms", "erp without control"])
def subject(request, subject_of) -> Subject:
    name, _, without = request.param.partition(" ")
    return subject_of(name, control=not without)
