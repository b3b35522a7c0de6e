"""The execution system as a whole: its declaration, and that each decision can be exchanged."""

import dataclasses

from starlette.testclient import TestClient

from syncproof.capabilities import verbs
from syncproof.simulators.chassis.app import build
from syncproof.simulators.chassis.config import make_config
from syncproof.simulators.mes import SYSTEM


def test_it_declares_every_verb_of_execution():
    assert verbs("execution") <= SYSTEM.capabilities


def test_every_rule_is_a_field_so_that_it_can_be_replaced_from_outside(mes):
    lenient = dataclasses.replace(SYSTEM.rules, in_sequence=lambda *_: None)
    system = dataclasses.replace(SYSTEM, rules=lenient)
    with TestClient(build(system, make_config(mes.make.CONFIG))) as client:
        other = type(mes)(client)
        other.release(*other.make.PRODUCT)
        other.order()
        assert other.start("20") == "accepted"
        assert other.start("99") == "operation_unknown"
