"""A read-only landscape passes on what reads and refuses what writes."""

import inspect

import pytest

from syncproof import ports
from syncproof.errors import NotSupported
from syncproof.landscape.read_only import WRITES, ReadOnly

PORTS = [each for each in vars(ports).values() if inspect.isclass(each) and getattr(each, "_is_protocol", False)]


class Erp:
    name = "erp"
    capabilities = frozenset({"planning.order", "planning.create_orders", "control.clock", "master.bom", "bulk"})

    def order(self, order):
        return f"read {order}"

    def create_orders(self, *_, **__):
        raise AssertionError("written")


def test_reading_is_passed_on():
    assert ReadOnly(Erp()).order("O1") == "read O1"


def test_writing_is_not_supported_and_does_not_reach_the_system():
    with pytest.raises(NotSupported, match=r"create_orders .*read-only.*--allow-writes"):
        ReadOnly(Erp()).create_orders("O1", by="planner", reason="r")


def test_capabilities_are_those_that_read():
    assert ReadOnly(Erp()).capabilities == {"planning.order", "master.bom", "bulk"}


def test_an_absent_verb_stays_absent():
    """A system must not seem to have a verb because it is refused."""
    assert not hasattr(ReadOnly(Erp()), "ship")


def test_every_verb_of_the_ports_that_returns_an_outcome_or_controls_is_a_write():
    verbs = {
        name
        for port in PORTS
        for name, verb in vars(port).items()
        if inspect.isfunction(verb) and not name.startswith("_") and _writes(port, verb)
    }
    assert verbs == WRITES


def _writes(port, verb) -> bool:
    return port is ports.Controllable or "Outcome" in str(inspect.signature(verb).return_annotation)
