"""Holds, expiry and what they stop."""

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError
from tests.unit.oracle.plant import NOON

SECOND = timedelta(seconds=1)
LOT = m.MaterialLot(id="L1", item="OIL", quantity=m.Quantity(value=Decimal(5), unit="KGM"), site="EAST", location="A1")
TARGETS = {"lot": "L1", "item": "OIL", "location": "A1"}


def hold(scope="lot", disposition="Restricted", target=None, at=None):
    return m.Hold(scope=scope, target=target or TARGETS[scope], disposition=disposition, reason="test", at=at)


def held(*holds, base=None):
    declared = oracle.Declarations(base)
    declared.hold(*holds)
    return declared


def test_a_lot_without_hold_and_expiry_is_unrestricted():
    assert oracle.disposition(oracle.Declarations(), LOT, NOON) == "UnRestricted"


@pytest.mark.parametrize("scope", TARGETS)
def test_a_hold_of_the_lot_its_item_or_its_location_restricts_it(scope):
    declared = held(hold(scope))
    assert oracle.disposition(declared, LOT, NOON) == "Restricted"
    assert oracle.restrictions(declared, LOT, NOON) == {scope}
    declared.hold(hold(scope, "UnRestricted"))
    assert oracle.disposition(declared, LOT, NOON) == "UnRestricted"


@pytest.mark.parametrize("scope", TARGETS)
def test_a_hold_of_something_else_does_not(scope):
    assert oracle.disposition(held(hold(scope, target="OTHER")), LOT, NOON) == "UnRestricted"


def test_the_release_of_the_lot_does_not_lift_the_hold_of_its_item():
    declared = held(hold("item"), hold("lot"), hold("lot", "UnRestricted"))
    assert oracle.restrictions(declared, LOT, NOON) == {"item"}


def test_a_lot_moved_to_a_held_location_is_restricted_and_moved_away_it_is_not():
    declared = held(hold("location", target="Q1"))
    declared.receive(LOT)
    declared.move("L1", "Q1")
    assert oracle.disposition(declared, LOT, NOON) == "Restricted"
    declared.move("L1", "A1")
    assert oracle.disposition(declared, LOT, NOON) == "UnRestricted"


@pytest.mark.parametrize(
    ("at", "expected"),
    [(NOON - SECOND, "UnRestricted"), (NOON, "Restricted"), (NOON + SECOND, "Restricted")],
)
def test_the_instant_of_expiry_is_the_first_at_which_a_lot_may_not_be_used(at, expected):
    expiring = msgspec.structs.replace(LOT, expiry=NOON)
    assert oracle.disposition(oracle.Declarations(), expiring, at) == expected


def test_no_release_lifts_an_expiry():
    expired = msgspec.structs.replace(LOT, expiry=NOON)
    assert oracle.restrictions(held(hold("lot", "UnRestricted")), expired, NOON) == {"expiry"}


@pytest.mark.parametrize(
    ("at", "expected"),
    [(NOON - SECOND, "UnRestricted"), (NOON, "Restricted"), (NOON + timedelta(days=1), "UnRestricted")],
)
def test_a_dated_hold_counts_from_its_time_until_its_release(at, expected):
    declared = held(hold(at=NOON), hold(disposition="UnRestricted", at=NOON + timedelta(days=1)))
    assert oracle.disposition(declared, LOT, at) == expected


def test_a_lot_received_into_quarantine_is_restricted_until_released():
    quarantined = msgspec.structs.replace(LOT, disposition="Restricted")
    assert oracle.disposition(oracle.Declarations(), quarantined, NOON) == "Restricted"
    assert oracle.disposition(held(hold("lot", "UnRestricted")), quarantined, NOON) == "UnRestricted"


def test_a_scenario_can_release_what_the_base_holds():
    base = held(hold("item"))
    assert oracle.disposition(held(base=base), LOT, NOON) == "Restricted"
    assert oracle.disposition(held(hold("item", "UnRestricted"), base=base), LOT, NOON) == "UnRestricted"


BLOCKED = [
    "planning.issue",
    "planning.transfer",
    "execution.consume",
    "warehouse.allocate",
    "warehouse.issue",
    "warehouse.move",
    "warehouse.ship",
]


@pytest.mark.parametrize("roles", [(), ("warehouse",), ("quality_approver",)])
@pytest.mark.parametrize("verb", BLOCKED)
def test_a_restriction_stops_every_consuming_and_moving_verb_whoever_tries(verb, roles):
    assert not oracle.may(verb, "Restricted", roles=roles)
    assert oracle.may(verb, "UnRestricted", roles=roles)


def test_the_verbs_are_those_that_consume_or_move():
    assert set(BLOCKED) == oracle.CONSUMING | oracle.MOVING


@pytest.mark.parametrize(
    ("verb", "purpose", "roles", "allowed"),
    [
        ("warehouse.dispose", "storage", ("warehouse",), True),
        ("warehouse.move", "inspection", ("quality_inspector",), True),
        ("warehouse.move", "inspection", ("quality_approver", "warehouse"), True),
        ("warehouse.move", "inspection", ("warehouse",), False),
        ("warehouse.move", "storage", ("quality_inspector",), False),
        ("warehouse.ship", "inspection", ("quality_inspector",), False),
        ("planning.transfer", "inspection", ("quality_approver",), False),
        ("quality.take_sample", "storage", ("quality_inspector",), True),
        ("quality.take_sample", "storage", ("operator",), False),
    ],
)
def test_a_restricted_lot_may_be_disposed_of_and_inspected_by_quality(verb, purpose, roles, allowed):
    assert oracle.may(verb, "Restricted", purpose=purpose, roles=roles) is allowed


def test_a_misspelled_verb_is_refused_and_not_taken_for_allowed():
    with pytest.raises(MisuseError, match=r"did you mean 'warehouse\.move'"):
        oracle.may("warehouse.mov", "UnRestricted")


PLACES = {"A1": Decimal("30.5"), "B1": Decimal("19.5")}


@pytest.mark.parametrize(
    ("holds", "promised", "expected"),
    [
        ((), (), "50"),
        ((hold("location", target="A1"),), (), "19.5"),
        ((hold("location", target="A1"), hold("location", target="B1")), (), "0"),
        ((hold("lot"),), (), "0"),
        ((hold("item"),), (), "0"),
        ((), ("40", "9.999"), "0.001"),
        ((hold("location", target="A1"),), ("19",), "0.5"),
        ((hold("location", target="A1"),), ("19.501",), "0"),
    ],
)
def test_what_is_held_or_promised_is_not_free(holds, promised, expected):
    """By hand: 30.5 at A1 and 19.5 at B1 make 50; what was promised counts against the places that are open."""
    assert oracle.free(held(*holds), LOT, PLACES, map(Decimal, promised), NOON) == Decimal(expected)


def test_nothing_of_an_expired_lot_is_free():
    expired = msgspec.structs.replace(LOT, expiry=NOON)
    assert oracle.free(oracle.Declarations(), expired, PLACES, (), NOON - SECOND) == 50
    assert oracle.free(oracle.Declarations(), expired, PLACES, (), NOON) == 0


def test_where_the_rest_of_a_moved_lot_lies_does_not_restrict_a_part_of_it():
    declared = held(hold("location", target="B1"))
    declared.move("L1", "B1")
    assert oracle.free(declared, LOT, PLACES, (), NOON) == Decimal("30.5")


def test_a_word_near_to_no_verb_is_answered_with_the_verbs_there_are():
    with pytest.raises(MisuseError) as caught:
        oracle.may("xyz", "UnRestricted")
    valid = ", ".join(sorted([*BLOCKED, "quality.take_sample", "warehouse.dispose"]))
    assert str(caught.value) == f"'xyz' is no verb on lots; valid: {valid}"
