"""Operations: which, in which order, which next, and where."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError
from tests.unit.oracle.plant import NOON, ZONES

SECOND = timedelta(seconds=1)


def routing(op_nos, revision="A", id="R"):
    return m.Routing(
        id=id, revision=revision, item="CREAM", recipe="MBR", operations=tuple(operation(n) for n in op_nos)
    )


def operation(op_no, equipment_class="MIXER"):
    return m.Operation(
        op_no=op_no, name=op_no, step_definition="S", equipment_class=equipment_class, evidence=("sign",)
    )


def made_by(plant, op_nos=("10", "20", "30")):
    plant.item("CREAM", "C62", structure={"routing": "R"})
    plant.release(routing(op_nos))
    return plant.order("CREAM", 1)


def numbers(plant, order, at=NOON):
    route = oracle.sequence(plant.declared, order, zone=ZONES["EAST"], at=at)
    return [each.op_no for each in route]


def test_the_sequence_is_that_of_the_routing_and_not_of_the_numbers(new_plant):
    plant = new_plant()
    order = made_by(plant, ("10", "30", "20"))
    assert numbers(plant, order) == ["10", "30", "20"]


def test_exactly_the_operations_of_the_effective_routing_may_be_dispatched(new_plant):
    plant = new_plant()
    order = made_by(plant)
    plant.release(routing(("10", "25", "30"), revision="B"), since=NOON)
    before, after = (
        oracle.operations(plant.declared, order, zone=ZONES["EAST"], at=at) for at in (NOON - SECOND, NOON)
    )
    assert (before, after) == ({"10", "20", "30"}, {"10", "25", "30"})


def test_a_variant_is_made_by_its_own_routing(new_plant):
    plant = new_plant()
    made_by(plant)
    own = m.Variant(id="V", revision="A", base_item="CREAM", structure=m.ProductStructure(routing="VR"))
    plant.release(own, routing(("10", "40"), id="VR"))
    assert numbers(plant, plant.order("CREAM", 1, variant="V")) == ["10", "40"]


def test_an_item_without_a_routing_has_no_sequence(new_plant):
    plant = new_plant()
    plant.item("CREAM", "C62")
    with pytest.raises(oracle.Undetermined, match="CREAM has no routing") as caught:
        numbers(plant, plant.order("CREAM", 1))
    assert caught.value.code == "no_effective_revision"


@pytest.mark.parametrize(
    ("completed", "expected"),
    [([], {"10"}), (["10"], {"30"}), (["30", "10"], {"20"}), (["10", "20", "30"], set())],
)
def test_only_the_first_operation_not_completed_may_be_started(completed, expected):
    route = routing(("10", "30", "20")).operations
    assert oracle.ready(route, completed) == expected


@pytest.mark.parametrize("completed", [["20"], ["10", "20"], ["99"]])
def test_a_state_that_cannot_have_come_about_is_refused(completed):
    with pytest.raises(MisuseError, match="cannot be completed"):
        oracle.ready(routing(("10", "30", "20")).operations, completed)


@given(st.lists(st.integers(1, 99).map(str), min_size=1, max_size=8, unique=True))
def test_doing_what_is_ready_runs_through_the_sequence(op_nos):
    done = []
    while following := oracle.ready(routing(op_nos).operations, done):
        done.extend(following)
    assert done == op_nos


def unit(id, **fields):
    return m.Equipment(id=id, revision="A", **({"equipment_class": "MIXER"} | fields))


def eligible(plant, item="CREAM", site="EAST", **how):
    return oracle.eligible_equipment(plant.declared, operation("10"), item, site=site, zone=ZONES[site], at=NOON, **how)


def test_equipment_must_be_of_the_class_qualified_eligible_for_the_item_and_up(new_plant):
    plant = new_plant()
    plant.release(
        unit("M1"),
        unit("M2", eligible_items=("CREAM", "SOAP")),
        unit("DOWN"),
        unit("FILLER", equipment_class="FILLER"),
        unit("UNQUALIFIED", qualified=False),
        unit("SOAP-ONLY", eligible_items=("SOAP",)),
    )
    plant.release(unit("FUTURE"), since=NOON + SECOND)
    assert eligible(plant, down={"DOWN"}) == {"M1", "M2"}


def test_equipment_of_one_site_serves_that_site_only(new_plant):
    plant = new_plant()
    plant.release(unit("M-EAST", site="EAST"), unit("M-WEST", site="WEST"))
    assert (eligible(plant), eligible(plant, site="WEST")) == ({"M-EAST"}, {"M-WEST"})


def test_shared_equipment_of_the_base_serves_every_scenario(new_plant):
    base = new_plant()
    base.release(unit("M1"))
    assert eligible(new_plant(base.declared)) == {"M1"}
