"""What systems say in the tests of checks, and what was recorded of it."""

from decimal import Decimal

from syncproof import model as m
from syncproof.ports import Observation, Outcome
from syncproof.transport import NullSink

URS = "URS-REV-001"


class Memory(NullSink):
    recording = True

    def __init__(self):
        super().__init__()
        self.types, self.events = [], []

    def append(self, type_, fields):
        self.types.append(type_)
        self.events.append(fields)


def seen(value, system="erp"):
    return Observation(value, (f"{system}-1",), system)


def quantity(text):
    return m.Quantity(value=Decimal(text), unit="KGM")


def refused(*reasons, status="refused", system="erp"):
    return Outcome(status, (f"{system}-9",), system, reasons)


def verdicts(sink):
    return [event["verdict"] for event in sink.events]
