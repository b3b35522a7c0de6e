"""Lots: what restricts them, and what other systems tell of them."""

import pytest

from tests.unit.simulators.bench import LOT_RULE, codes, kg


def use(plain, lot="L1", *, bulk=False):
    if bulk:
        (answer,) = plain.bulk("/uses", {"lot": lot}, by="operator")
        return answer
    return plain.post("/uses", by="operator", lot=lot)


def disposition(plain, lot="L1"):
    item = plain.get("/lots", id=lot)["item"]
    return item and item["disposition"]


@pytest.fixture
def stocked(plain):
    plain.lot("L1", expiry="2027-06-01T00:00:00Z")
    return plain


@pytest.mark.parametrize("bulk", [False, True])
@pytest.mark.parametrize(("scope", "target"), [("lot", "L1"), ("item", "OIL"), ("location", "RACK-1")])
def test_a_hold_of_lot_item_or_location_stops_every_use_until_it_is_released(stocked, scope, target, bulk):
    assert use(stocked, bulk=bulk)["status"] == "accepted"
    stocked.hold(scope, target)
    assert disposition(stocked) == "Restricted"
    refused = use(stocked, bulk=bulk)
    assert (refused["status"], codes(refused)) == ("refused", ["lot_restricted"])
    assert target in refused["reasons"][0]["message"]
    stocked.hold(scope, target, "UnRestricted")
    assert disposition(stocked) == "UnRestricted"
    assert use(stocked, bulk=bulk)["status"] == "accepted"


def test_holds_of_different_scope_are_released_apart(stocked):
    stocked.hold("lot", "L1")
    stocked.hold("item", "OIL")
    stocked.hold("lot", "L1", "UnRestricted")
    assert disposition(stocked) == "Restricted"
    assert len(use(stocked)["reasons"]) == 1


def test_a_hold_of_something_else_restricts_nothing(stocked):
    for scope, target in (("lot", "L2"), ("item", "FAT"), ("location", "RACK-2"), ("location", "OIL")):
        stocked.hold(scope, target)
    assert disposition(stocked) == "UnRestricted"


@pytest.mark.parametrize(
    ("now", "expected"), [("2027-05-31T23:59:59.999999Z", "UnRestricted"), ("2027-06-01T00:00:00Z", "Restricted")]
)
def test_expiry_is_the_first_instant_of_no_use(stocked, now, expected):
    stocked.time(now)
    assert disposition(stocked) == expected
    assert codes(use(stocked)) == ([] if expected == "UnRestricted" else ["lot_expired"])


def test_a_lot_that_was_received_restricted_is_so_until_its_first_release(plain):
    plain.lot("L1", disposition="Restricted")
    assert disposition(plain) == "Restricted"
    plain.hold("lot", "L1", "UnRestricted")
    assert disposition(plain) == "UnRestricted"


def test_an_unknown_lot_is_unknown(plain):
    assert disposition(plain) is None
    answer = use(plain)
    assert (answer["http"], codes(answer)) == (404, ["unknown_lot"])


def test_a_lot_is_found_in_any_spelling_once_its_rule_says_so(plain):
    plain.introduce(LOT_RULE)
    plain.lot("LOT-Ä1")
    for spelling in ("lot-ä1", " LOT-Ä1 ", "LOT-A\u03081"):
        assert plain.get("/lots", id=spelling)["item"]["id"] == "LOT-Ä1"


def test_a_hold_may_come_before_its_lot(plain):
    plain.hold("lot", "L1")
    plain.lot("L1")
    assert disposition(plain) == "Restricted"


def test_the_audit_trail_shows_hold_and_release_under_lot_and_hold(stocked):
    stocked.hold("lot", "L1")
    stocked.hold("lot", "L1", "UnRestricted")
    for domain in ("lot", "hold"):
        found = [(e["old"], e["new"]) for e in stocked.audit(domain, "L1", field="disposition")]
        assert found == [("UnRestricted", "Restricted"), ("Restricted", "UnRestricted")]


@pytest.mark.parametrize("kind", ["consumption", "disposal", "shipment", "sample"])
def test_what_is_used_up_elsewhere_is_no_longer_here(stocked, kind):
    more = {"order_id": "O1", "op_no": "10", "to": "X"}
    stocked.fact(kind, lot="L1", item="OIL", quantity=kg("49.999"), at="2027-02-01T12:00:00Z", **more)
    assert stocked.get("/lots", id="L1")["item"]["quantity"] == kg("0.001")
    stocked.fact(kind, lot="L1", item="OIL", quantity=kg("1"), at="2027-02-01T12:00:00Z", **more)
    assert stocked.get("/lots", id="L1")["item"]["quantity"] == kg("0")


def test_a_move_of_all_that_is_left_changes_the_location_and_a_part_does_not(stocked):
    for quantity, location in (("49.9", "RACK-1"), ("50", "RACK-2")):
        stocked.fact("movement", lot="L1", item="OIL", quantity=kg(quantity), to="RACK-2", at="2027-02-01T12:00:00Z")
        assert stocked.get("/lots", id="L1")["item"]["location"] == location
    stocked.hold("location", "RACK-2")
    assert disposition(stocked) == "Restricted"


def test_facts_about_unknown_lots_are_taken_without_complaint(plain):
    result = plain.fact(
        "consumption", lot="L9", item="OIL", quantity=kg("1"), order_id="O1", op_no="10", at="2027-02-01T12:00:00Z"
    )
    assert result["status"] == "accepted"
