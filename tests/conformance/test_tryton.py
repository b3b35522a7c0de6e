"""The Tryton adapter passes the conformance suite, as ERP and as WMS."""

import pytest

from syncproof.conformance import Subject
from syncproof.conformance.suite import *  # noqa: F403

LANDSCAPE = "tryton-wms.toml"
pytestmark = pytest.mark.tryton


@pytest.fixture(params=["erp", "wms"])
def subject(request, subject_of) -> Subject:
    return subject_of(request.param)
