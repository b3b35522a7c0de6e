"""Checks that record into memory."""

import pytest

from syncproof.checks import Checks
from syncproof.transport import Recorder
from tests.unit.checks.said import URS, Memory


@pytest.fixture
def sink():
    sink = Memory()
    sink.scenario, sink.step = "features/x.feature::One", 3
    return sink


@pytest.fixture
def recorder(sink):
    recorder = Recorder(sink)
    recorder.behind = lambda exchange: (exchange.rpartition("-")[0], True)  # the exchanges of these tests are made up
    return recorder


@pytest.fixture
def check(recorder):
    return Checks(recorder, requirements=[URS, "URS-REV-002"], sla=lambda _domain: 0.05)


@pytest.fixture
def patient(recorder):
    """For what is agreed in the end: on a busy machine a few looks may take longer than any short SLA."""
    return Checks(recorder, requirements=[URS, "URS-REV-002"], sla=lambda _domain: 60.0)
