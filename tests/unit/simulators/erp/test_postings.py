"""Goods issues and transfer postings."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.erp.rules.postings import open_issues
from tests.unit.simulators.bench import codes, kg, pieces


@pytest.fixture
def stocked(erp):
    """An order is released and 50 kg of OIL are there."""
    erp.place()
    erp.lot()
    return erp


def issue(erp, value="1", order="O1", lot="L1", item="OIL", unit="KGM", by="warehouse"):
    quantity = {"value": value, "unit": unit}
    return erp.post("/issues", by=by, order_id=order, item=item, lot=lot, quantity=quantity, op_no="10")


def transfer(erp, value="1", lot="L1", to="RACK-2"):
    return erp.post("/transfers", by="warehouse", lot=lot, to=to, quantity=kg(value))


def test_a_goods_issue_is_audited_with_what_may_be_issued_before_and_after(stocked):
    assert issue(stocked, "12.5")["status"] == "accepted"
    (event,) = stocked.audit("lot", "L1", action="issue")
    assert (event["field"], event["old"], event["new"], event["actor"]) == ("issuable", "50", "37.5", "warehouse")


def test_the_same_units_are_not_issued_to_two_orders(stocked):
    stocked.place("O2")
    assert issue(stocked, "30")["status"] == "accepted"
    answer = issue(stocked, "20.001", order="O2")
    assert (answer["http"], codes(answer)) == (409, ["insufficient"])
    assert issue(stocked, "20", order="O2")["status"] == "accepted"


def test_what_was_issued_and_then_consumed_is_not_counted_twice(stocked):
    issue(stocked, "30")
    stocked.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity=kg("30"))
    assert codes(issue(stocked, "20.1")) == ["insufficient"]
    assert issue(stocked, "20")["status"] == "accepted"


def test_what_the_warehouse_issued_cannot_be_issued_again(stocked):
    stocked.fact("issue", order_id="O1", item="OIL", lot="L1", quantity=kg("45"))
    assert codes(issue(stocked, "6")) == ["insufficient"]


def test_an_issue_in_another_unit_is_converted_exactly(stocked):
    """150 boxes of a third of a kilogram are all of it; one more is not there."""
    assert codes(issue(stocked, "151", unit="BX")) == ["insufficient"]
    assert issue(stocked, "150", unit="BX")["status"] == "accepted"


@pytest.mark.parametrize("path", ["single", "bulk"])
@pytest.mark.parametrize(("scope", "target"), [("lot", "L1"), ("item", "OIL"), ("location", "RACK-1")])
def test_a_hold_blocks_issue_and_transfer(stocked, scope, target, path):
    stocked.hold(scope, target)
    if path == "single":
        answers = [issue(stocked), transfer(stocked)]
    else:
        item = {"order_id": "O1", "item": "OIL", "lot": "L1", "quantity": kg("1"), "to": "RACK-2"}
        answers = [stocked.bulk(verb, item, by="warehouse")[0] for verb in ("/issues", "/transfers")]
    assert [codes(answer) for answer in answers] == [["lot_restricted"]] * 2
    stocked.hold(scope, target, "UnRestricted")
    assert [issue(stocked)["status"], transfer(stocked)["status"]] == ["accepted"] * 2


def test_an_expired_lot_is_neither_issued_nor_transferred(erp):
    erp.place()
    erp.lot(expiry="2027-02-01T12:00:00Z")
    assert codes(issue(erp)) == codes(transfer(erp)) == ["lot_expired"]


@pytest.mark.parametrize(
    ("fields", "http", "code"),
    [
        ({"lot": "L9"}, 404, "unknown_lot"),
        ({"order": "O9"}, 404, "unknown_order"),
        ({"item": "FAT"}, 409, "lot_item"),
        ({"lot": "W1", "item": "WAX"}, 409, "not_in_bom"),
        ({"value": "0"}, 422, "quantity_invalid"),
        ({"unit": "LTR"}, 422, "conversion_missing"),
        ({"order": "O2"}, 409, "order_state"),
        ({"by": "planner"}, 403, "forbidden"),
    ],
)
def test_an_issue_that_is_wrong_is_refused(stocked, fields, http, code):
    stocked.create("O2")
    stocked.lot("W1", "WAX")
    answer = issue(stocked, **fields)
    assert (answer["http"], codes(answer)) == (http, [code])
    assert stocked.get("/lots", id="L1")["item"]["quantity"] == kg("50")
    assert not stocked.audit("lot", "L1", action="issue")


def test_an_approved_alternate_may_be_issued(stocked):
    stocked.lot("F1", "FAT")
    assert issue(stocked, lot="F1", item="FAT")["status"] == "accepted"


def test_no_more_is_transferred_than_is_there(stocked):
    issue(stocked, "30")
    assert codes(transfer(stocked, "20.5")) == ["insufficient"]
    assert codes(transfer(stocked, "0")) == ["quantity_invalid"]
    assert transfer(stocked, "20")["status"] == "accepted"
    assert stocked.audit("lot", "L1", field="transfer", old="RACK-1", new="RACK-2")


def test_a_lot_is_found_by_any_spelling(stocked):
    assert issue(stocked, lot=" L1 ")["key"] == "L1"
    assert codes(issue(stocked, item="BOX", lot="L1")) == ["lot_item"]
    stocked.lot("B1", "BOX", "3", "C62")
    assert stocked.post("/issues", by="warehouse", order_id="O1", item=" BOX", lot="B1",
                        quantity=pieces("3"))["status"] == "accepted"  # fmt: skip


POSTING = st.tuples(st.sampled_from(["O1", "O2", "O3"]), st.fractions(0, 10))


@given(st.lists(POSTING), st.lists(POSTING))
def test_open_issues_are_counted_order_by_order(issued, consumed):
    expected = sum(
        max(Fraction(0), sum((a for o, a in issued if o == name), Fraction(0))
            - sum((a for o, a in consumed if o == name), Fraction(0)))
        for name in ("O1", "O2", "O3")
    )  # fmt: skip
    assert open_issues(issued, consumed) == expected


@pytest.mark.parametrize("issued_by", ["planning", "the warehouse"])
def test_an_order_that_material_was_issued_to_is_not_cancelled(stocked, issued_by):
    if issued_by == "planning":
        issue(stocked, "12.5")
    else:
        stocked.fact("issue", order_id="O1", item="OIL", lot="L1", quantity=kg("12.5"))
    answer = stocked.post("/orders/cancel", by="planner", order="O1")
    assert (answer["http"], codes(answer)) == (409, ["material_issued"])
    assert stocked.order()["status"] == "Released"


def test_material_of_one_operation_is_not_posted_to_another(stocked):
    """OIL is used at operation 10; an issue that names no operation is judged by the order alone."""
    quantity = kg("1")
    post = {"order_id": "O1", "item": "OIL", "lot": "L1", "quantity": quantity}
    assert codes(stocked.post("/issues", by="warehouse", **post, op_no="20")) == ["not_of_operation"]
    assert stocked.post("/issues", by="warehouse", **post)["status"] == "accepted"
