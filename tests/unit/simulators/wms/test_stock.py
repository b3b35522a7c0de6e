"""Allocation, issue, movement, shipment and disposal."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.wms.rules import stock as rules
from syncproof.simulators.wms.state import Balance
from tests.unit.simulators.bench import codes, kg, oil_uom

USES = ["allocations", "issues", "moves", "shipments"]


def test_two_orders_do_not_get_the_same_units(stocked):
    assert stocked.act("allocations", "30")["status"] == "accepted"
    answer = stocked.act("allocations", "20.001", order="O2")
    assert (answer["http"], codes(answer)) == (409, ["insufficient"])
    assert stocked.act("allocations", "20", order="O2")["status"] == "accepted"
    assert stocked.stock() == {"RACK-1": ("50", "0")}


def test_allocations_of_one_order_add_up(stocked):
    stocked.act("allocations", "30")
    stocked.act("allocations", "15")
    assert codes(stocked.act("allocations", "6")) == ["insufficient"]
    assert [(e["old"], e["new"]) for e in stocked.audit("lot", "L1", action="allocate")] == [
        ("0", "30"), ("30", "45")]  # fmt: skip


def test_an_order_gets_what_is_allocated_to_it_and_another_does_not(stocked):
    stocked.act("allocations", "40")
    assert codes(stocked.act("issues", "11", order_id="O2")) == ["insufficient"]
    assert codes(stocked.act("shipments", "11")) == ["insufficient"]
    assert stocked.act("issues", "45")["status"] == "accepted"
    assert stocked.stock() == {"RACK-1": ("5", "5")}


def test_an_issue_uses_up_the_allocation_of_its_order_only(stocked):
    stocked.act("allocations", "20")
    stocked.act("allocations", "10", order="O2")
    stocked.act("issues", "15")
    assert stocked.stock() == {"RACK-1": ("35", "20")}


def test_an_allocation_of_an_order_that_has_ended_is_free_again(stocked):
    stocked.act("allocations", "30")
    stocked.act("allocations", "5", order="O2")
    stocked.order("O1", "Cancelled")
    assert stocked.stock() == {"RACK-1": ("50", "45")}
    assert codes(stocked.act("allocations")) == ["order_state"]


def test_what_an_ended_order_gives_back_is_on_record_as_people_read_it(stocked):
    stocked.act("allocations", "40.5")
    stocked.order("O1", "Cancelled")
    (entry,) = stocked.audit("lot", "L1", action="free")
    assert (entry["field"], entry["old"], entry["new"]) == ("allocated to O1", "40.5", "0")


def test_an_issue_is_told_as_a_fact(stocked):
    stocked.act("issues", "12.5", op_no="10")
    (fact,) = stocked.told("fact")
    assert {k: fact[k] for k in ("kind", "order_id", "item", "lot", "quantity", "by", "op_no")} == {
        "kind": "issue", "order_id": "O1", "item": "OIL", "lot": "L1", "quantity": kg("12.5"),
        "by": "warehouse", "op_no": "10"}  # fmt: skip
    assert stocked.audit("lot", "L1", field="on_hand", old="50", new="37.5")


def test_material_of_one_operation_is_not_issued_to_another(stocked):
    """OIL is used at operation 10; an issue that names no operation is judged by the order alone."""
    assert codes(stocked.act("issues", "1", op_no="20")) == ["not_of_operation"]
    assert stocked.act("issues", "1")["status"] == "accepted"


def test_issued_material_is_there_until_it_is_consumed_and_is_not_taken_twice(stocked):
    stocked.act("issues", "12")
    assert (stocked.total(), stocked.stock()) == ("50 KGM", {"RACK-1": ("38", "38")})
    stocked.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity=kg("10"))
    assert (stocked.total(), stocked.stock()) == ("40 KGM", {"RACK-1": ("38", "38")})
    stocked.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity=kg("5"))
    assert (stocked.total(), stocked.stock()) == ("35 KGM", {"RACK-1": ("35", "35")})


def test_consumption_without_an_issue_comes_out_of_stock_and_of_the_orders_allocation(stocked):
    stocked.act("allocations", "20")
    stocked.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity={"value": "45", "unit": "BX"})
    assert (stocked.total(), stocked.stock()) == ("35 KGM", {"RACK-1": ("35", "30")})


def test_more_consumption_than_there_was_is_noted_and_nothing_becomes_negative(stocked):
    stocked.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity=kg("60"))
    assert (stocked.total(), stocked.stock()) == ("0 KGM", {})
    (event,) = stocked.audit("lot", "L1", action="draw")
    assert (event["old"], event["new"]) == ("50", "0")
    assert "10 more" in event["errors"][0]


def test_a_sample_that_quality_took_is_gone(stocked):
    stocked.hold("lot", "L1")
    stocked.fact("sample", item="OIL", lot="L1", quantity=kg("0.5"))
    assert stocked.stock() == {"RACK-1": ("49.5", "0")}


@pytest.mark.parametrize("path", ["single", "bulk"])
@pytest.mark.parametrize(("scope", "target"), [("lot", "L1"), ("item", "OIL"), ("location", "RACK-1")])
@pytest.mark.parametrize("verb", USES)
def test_a_hold_blocks_every_use_and_movement(stocked, verb, scope, target, path):
    stocked.hold(scope, target)
    if path == "single":
        answer = stocked.act(verb)
    else:
        (answer,) = stocked.bulk(f"/{verb}", stocked.body(verb), by="warehouse")
    assert codes(answer) == ["lot_restricted"]
    assert stocked.stock() == {"RACK-1": ("50", "0")}
    assert stocked.audit("lot", "L1", outcome="refused")
    stocked.hold(scope, target, "UnRestricted")
    assert stocked.act(verb)["status"] == "accepted"


@pytest.mark.parametrize("verb", USES)
def test_an_expired_lot_is_neither_used_nor_moved_from_its_first_instant_on(wms, verb):
    wms.receive(expiry="2027-02-02T00:00:00Z")
    wms.order()
    wms.time("2027-02-01T23:59:59Z")
    assert wms.act(verb)["status"] == "accepted"
    wms.time("2027-02-02T00:00:00Z")
    assert codes(wms.act(verb)) == ["lot_expired"]
    assert {available for _, available in wms.stock().values()} == {"0"}


def test_a_hold_of_one_location_leaves_the_rest_of_the_lot_usable(stocked):
    stocked.act("moves", "20")
    stocked.hold("location", "RACK-1")
    assert stocked.stock() == {"RACK-1": ("30", "0"), "RACK-2": ("20", "20")}
    assert codes(stocked.act("shipments", "21")) == ["insufficient"]
    assert stocked.act("shipments", "20")["status"] == "accepted"
    assert codes(stocked.act("shipments", "1")) == ["lot_restricted"]


@pytest.mark.parametrize("user", ["inspector", "qa"])
def test_a_held_lot_may_be_disposed_of_and_moved_for_inspection(stocked, user):
    stocked.hold("lot", "L1")
    assert stocked.act("moves", "2", by=user, purpose="inspection", to="QC")["status"] == "accepted"
    assert stocked.act("disposals", "3")["status"] == "accepted"
    assert stocked.stock() == {"RACK-1": ("45", "0"), "QC": ("2", "0")}


@pytest.mark.parametrize(
    ("verb", "by", "fields"),
    [("moves", "operator", {"purpose": "inspection"}), ("moves", "warehouse", {"purpose": "inspection"}),
     ("moves", "inspector", {"purpose": "storage"}), ("disposals", "inspector", {}),
     ("shipments", "planner", {}), ("allocations", "viewer", {}), ("issues", "operator", {})],
)  # fmt: skip
def test_each_verb_needs_its_role(stocked, verb, by, fields):
    answer = stocked.act(verb, by=by, **fields)
    assert (answer["http"], codes(answer)) == (403, ["forbidden"])


def test_a_move_leaves_what_is_there_and_takes_the_lots_main_place_along_when_it_is_all(stocked):
    stocked.act("moves", "20")
    assert stocked.stock() == {"RACK-1": ("30", "30"), "RACK-2": ("20", "20")}
    assert stocked.get("/lots", id="L1")["item"]["location"] == "RACK-1"
    stocked.act("moves", "30")
    assert stocked.stock() == {"RACK-2": ("50", "50")}
    assert stocked.get("/lots", id="L1")["item"]["location"] == "RACK-2"
    assert stocked.audit("lot", "L1", field="location", old="RACK-1", new="RACK-2")


def test_the_others_learn_where_a_lot_is(stocked):
    """A whole move is told by its fact alone, the last part of a move in parts by the lot as well."""
    stocked.act("moves", "50")
    assert [fact["to"] for fact in stocked.told("fact")] == ["RACK-2"]
    assert len(stocked.told("lot")) == 1
    stocked.act("moves", "20", to="RACK-3")
    stocked.act("moves", "30", to="RACK-3")
    assert [lot["location"] for lot in stocked.told("lot")] == ["RACK-1", "RACK-3"]


def test_a_move_of_all_that_is_left_beside_what_was_issued_is_told_as_a_lot(stocked):
    """The others count the 12 kg in production as part of the lot, so they cannot take it for whole."""
    stocked.act("issues", "12")
    stocked.act("moves", "38")
    assert stocked.told("lot")[-1]["location"] == "RACK-2"


def test_a_move_to_where_the_lot_is_already_is_refused(stocked):
    answer = stocked.act("moves", to="RACK-1")
    assert (answer["http"], codes(answer)) == (409, ["already_there"])
    stocked.act("moves", "20")
    assert codes(stocked.act("moves", "30.5")) == ["insufficient"]


def test_shipment_and_disposal_are_told_as_facts(stocked):
    stocked.act("shipments", "5")
    stocked.act("disposals", "6")
    assert [(f["kind"], f["quantity"], f.get("to")) for f in stocked.told("fact")] == [
        ("shipment", kg("5"), "CUSTOMER-1"), ("disposal", kg("6"), None)]  # fmt: skip
    assert stocked.total() == "39 KGM"


def test_a_change_that_others_cannot_follow_from_its_fact_is_told_as_a_lot(wms):
    wms.receive(value="30", unit="BX")
    wms.act("shipments", "3", unit="BX")
    assert wms.told("lot")[-1]["quantity"] == kg("9")
    wms.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity={"value": "3", "unit": "BX"})
    assert wms.told("lot")[-1]["quantity"] == kg("8")
    wms.act("disposals", "1")
    assert len(wms.told("lot")) == 3


@pytest.mark.parametrize("verb", [*USES, "disposals"])
@pytest.mark.parametrize(
    ("fields", "http", "code"),
    [
        ({"lot": "L9"}, 404, "unknown_lot"),
        ({"value": "0"}, 422, "quantity_invalid"),
        ({"value": "-1"}, 422, "quantity_invalid"),
        ({"unit": "LTR"}, 422, "conversion_missing"),
        ({"value": "50.001"}, 409, "insufficient"),
        ({"value": "1,5"}, 422, "schema"),
    ],
)
def test_a_use_that_is_wrong_is_refused_and_changes_nothing(stocked, verb, fields, http, code):
    answer = stocked.act(verb, **fields)
    assert (answer["http"], codes(answer)) == (http, [code])
    assert len(answer["reasons"][0]["message"].split()) > 3
    assert stocked.stock() == {"RACK-1": ("50", "50")}


@pytest.mark.parametrize(("verb", "field"), [("allocations", "order"), ("issues", "order_id")])
def test_material_goes_only_to_a_released_order_that_needs_it(stocked, verb, field):
    stocked.order("O3", "Created")
    stocked.receive("W1", item="WAX")
    assert codes(stocked.act(verb, **{field: "O9"})) == ["unknown_order"]
    assert codes(stocked.act(verb, **{field: "O3"})) == ["order_state"]
    wax = {"item": "WAX"} if verb == "issues" else {}
    assert codes(stocked.act(verb, lot="W1", **wax)) == ["not_in_bom"]


def test_an_approved_alternate_may_be_issued_and_the_wrong_lot_may_not(stocked):
    stocked.receive("F1", item="FAT")
    assert stocked.act("issues", lot="F1", item="FAT")["status"] == "accepted"
    assert codes(stocked.act("issues", lot="F1", item="OIL")) == ["lot_item"]


def test_thirds_are_exact(stocked):
    """150 boxes of a third of a kilogram are exactly 50 kg, however they leave."""
    for _ in range(149):
        stocked.act("shipments", "1", unit="BX")
    assert stocked.stock() == {"RACK-1": ("0.333333", "0.333333")}
    assert stocked.act("shipments", "1", unit="BX")["status"] == "accepted"
    assert stocked.stock() == {}
    assert codes(stocked.act("shipments", "0.001")) == ["insufficient"]


def test_a_changed_conversion_counts_for_what_is_taken_from_now_on(stocked):
    stocked.introduce(oil_uom("B", 2, 1), at="2027-02-01T12:00:00Z")
    stocked.act("shipments", "5", unit="BX")
    assert stocked.stock() == {"RACK-1": ("40", "40")}


def test_one_decision_can_be_exchanged(new_wms):
    """The seam: a hold guard that lets everything through lets a held lot through."""
    lax = new_wms(hold_guard=lambda _ctx, _lot: None)
    lax.receive()
    lax.hold("lot", "L1")
    assert lax.act("shipments")["status"] == "accepted"


AMOUNT = st.fractions(0, 20, max_denominator=12)
PLACES = st.lists(AMOUNT.filter(bool), max_size=5).map(
    lambda amounts: [Balance(f"R{n}", amount) for n, amount in enumerate(amounts)]
)


@given(PLACES, AMOUNT)
def test_what_is_taken_is_the_amount_and_never_more_than_a_place_has(places, amount):
    taken = rules.take(places, amount)
    there = {place.location: place.on_hand for place in places}
    assert sum((part.on_hand for part in taken), Fraction(0)) == min(amount, sum(there.values()))
    assert all(0 < part.on_hand <= there[part.location] for part in taken)


@given(st.lists(st.tuples(AMOUNT, st.booleans()), max_size=5), AMOUNT)
def test_available_is_what_is_free_and_not_restricted(places, allocated):
    """In total: the unrestricted stock less the allocations; nothing of a restricted place."""
    shown = rules.available(places, allocated)
    open_stock = sum((amount for amount, restricted in places if not restricted), Fraction(0))
    assert sum(shown, Fraction(0)) == max(open_stock - allocated, 0)
    for (amount, restricted), available in zip(places, shown, strict=True):
        assert 0 <= available <= (0 if restricted else amount)


@given(AMOUNT, st.dictionaries(st.sampled_from(["O1", "O2", "O3"]), AMOUNT))
def test_what_is_free_for_an_order_leaves_the_others_their_share(on_hand, allocated):
    others = sum((amount for order, amount in allocated.items() if order != "O1"), Fraction(0))
    assert rules.free(on_hand, allocated, "O1") == max(on_hand - others, 0)
    assert rules.free(on_hand, allocated) == max(on_hand - others - allocated.get("O1", 0), 0)
