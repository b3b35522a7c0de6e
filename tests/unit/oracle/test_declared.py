"""Declarations: what is known, in which order, on top of what."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError
from tests.unit.oracle.plant import NOON

LATER = m.Effectivity(instant=NOON)


def item(id="OIL", revision="A", unit="KGM"):
    return m.MaterialDefinition(id=id, revision=revision, description="", base_unit=unit)


def hold(disposition, scope="lot", target="L1"):
    return m.Hold(scope=scope, target=target, disposition=disposition, reason="test")


def lot(id="L1"):
    quantity = m.Quantity(value=Decimal(1), unit="KGM")
    return m.MaterialLot(id=id, item="OIL", quantity=quantity, site="EAST", location="A1")


def test_a_revision_can_be_declared_again_with_the_same_content_only():
    declared = oracle.Declarations()
    declared.declare(item(), item())
    with pytest.raises(MisuseError, match="material OIL rev A is declared twice with different content"):
        declared.declare(item(unit="LTR"))


def test_a_revision_of_the_base_cannot_be_declared_otherwise():
    base = oracle.Declarations()
    base.declare(item())
    with pytest.raises(MisuseError, match="declared twice"):
        oracle.Declarations(base).declare(item(unit="LTR"))


def test_a_scenario_sees_the_base_and_the_base_does_not_see_the_scenario():
    base = oracle.Declarations()
    base.declare(item())
    top = oracle.Declarations(base)
    top.declare(item(revision="B"), item("SALT"))
    assert top.master(item().ref) == item()
    top.declare(m.RoleAssignment(id="anna", revision="A", roles=()))
    assert top.ids("material") == {"OIL", "SALT"}
    assert base.ids("material") == {"OIL"}
    assert base.find(item(revision="B").ref) is None


def test_two_scenarios_on_one_base_do_not_see_each_other():
    base = oracle.Declarations()
    one, other = oracle.Declarations(base), oracle.Declarations(base)
    one.declare(item())
    one.hold(hold("Restricted"))
    assert other.refs() == frozenset()
    assert other.holds("lot", "L1") == ()


def test_activations_and_holds_of_the_base_come_before_those_of_the_scenario():
    base = oracle.Declarations()
    top = oracle.Declarations(base)
    top.declare(item())
    top.activate("TOP", [item().ref], LATER)
    top.hold(hold("UnRestricted"))
    base.declare(item())
    base.activate("BASE", [item().ref], LATER)
    base.hold(hold("Restricted"))
    assert [entry.change_id for entry in top.activations("material", "OIL")] == ["BASE", "TOP"]
    assert [each.disposition for each in top.holds("lot", "L1")] == ["Restricted", "UnRestricted"]


def test_what_was_not_declared_cannot_be_activated_and_the_nearest_is_named():
    declared = oracle.Declarations()
    declared.declare(item())
    with pytest.raises(
        oracle.Undetermined, match=r"material OIL rev B was not declared; the nearest is .*rev A$"
    ) as caught:
        declared.activate("C1", [item(revision="B").ref], LATER)
    assert caught.value.code == "unknown_master"
    assert declared.activations("material", "OIL") == ()


def test_where_nothing_like_it_was_declared_no_other_is_named():
    with pytest.raises(oracle.Undetermined) as caught:
        oracle.Declarations().master(item().ref)
    assert str(caught.value) == "unknown_master: material OIL rev A was not declared"


def test_a_change_with_an_undeclared_member_activates_none_of_them():
    declared = oracle.Declarations()
    declared.declare(item())
    with pytest.raises(oracle.Undetermined):
        declared.activate("C1", [item().ref, item("GHOST").ref], LATER)
    assert declared.activations("material", "OIL") == ()


def test_a_query_does_not_change_when_something_is_declared_after_it():
    declared = oracle.Declarations()
    declared.declare(item())
    refs, holds = declared.refs(), declared.holds("lot", "L1")
    declared.declare(item(revision="B"))
    declared.hold(hold("Restricted"))
    assert (len(refs), len(holds)) == (1, 0)


def test_asking_for_a_master_that_no_change_activated_leaves_no_trace():
    declared = oracle.Declarations()
    assert declared.activations("material", "OIL") == ()
    assert declared._activated == {}


def test_a_lot_is_where_it_was_moved_to_last():
    base = oracle.Declarations()
    base.receive(lot())
    top = oracle.Declarations(base)
    assert (top.lot("L1"), top.location(lot())) == (lot(), "A1")
    base.move("L1", "B2")
    assert top.location(lot()) == "B2"
    top.move("L1", "C3")
    assert (top.location(lot()), base.location(lot())) == ("C3", "B2")


def test_lots_received_later_do_not_replace_those_received_before():
    declared = oracle.Declarations()
    declared.receive(lot("L1"), lot("L2"))
    declared.receive(lot("L3"))
    assert [declared.lot(id) for id in ("L1", "L2", "L3")] == [lot("L1"), lot("L2"), lot("L3")]


def test_a_lot_that_nobody_received_is_unknown():
    assert oracle.Declarations().lot("L1") is None
    assert oracle.Declarations(oracle.Declarations()).lot("L1") is None


def test_a_batch_starts_once():
    declared = oracle.Declarations()
    assert declared.started_at("O1") is None
    declared.start("O1", NOON)
    with pytest.raises(MisuseError, match="order O1 started already at 2027-02-01 12:00:00"):
        oracle.Declarations(declared).start("O1", datetime(2027, 3, 1, tzinfo=UTC))
    assert declared.started_at("O1") == NOON
