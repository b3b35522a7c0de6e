"""Goods receipt, and lots that other systems tell of."""

import unicodedata

import pytest

from tests.unit.simulators.bench import CUTOVER, LOT_RULE, codes, kg, master, oil_uom


def test_a_goods_receipt_is_on_stock_audited_and_told(wms):
    answer = wms.receive("L1", "7.50")
    assert (answer["http"], answer["status"], answer["key"]) == (201, "accepted", "L1")
    assert wms.stock() == {"RACK-1": ("7.5", "7.5")}
    (event,) = wms.audit("lot", "L1")
    assert (event["field"], event["old"], event["new"], event["actor"], event["reason"]) == (
        "quantity", None, "7.50 KGM", "warehouse", "test")  # fmt: skip
    (told,) = wms.told("lot")
    assert told == wms.get("/lots", id="L1")["item"]
    assert (told["item"], told["quantity"], told["location"], told["disposition"], told["expiry"]) == (
        "OIL", {"value": "7.50", "unit": "KGM"}, "RACK-1", "UnRestricted", None)  # fmt: skip


def test_a_lot_number_is_given_once(wms):
    wms.receive()
    again = wms.receive(value="7")
    assert (again["http"], codes(again)) == (409, ["lot_exists"])
    assert wms.stock() == {"RACK-1": ("50", "50")}


@pytest.mark.parametrize("spelled", ["lä-1", " LÄ-1 ", unicodedata.normalize("NFD", "LÄ-1")])
def test_a_lot_number_has_one_normal_form_on_write_and_lookup(wms, spelled):
    wms.introduce(LOT_RULE)
    assert wms.receive(spelled)["key"] == "LÄ-1"
    assert codes(wms.receive("LÄ-1")) == ["lot_exists"]
    assert wms.get("/lots", id=spelled)["item"]["id"] == "LÄ-1"
    assert wms.stock(spelled)


@pytest.mark.parametrize("key", ["L", "L23456789", "L_1"])
def test_a_lot_number_that_breaks_the_rule_is_kept_out_whatever_else_is_wrong(wms, key):
    wms.introduce(LOT_RULE)
    answer = wms.receive(key, item="SAND")
    assert (answer["http"], codes(answer)) == (422, ["identity_format"])
    assert wms.get("/lots", id=key)["item"] is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"item": "SAND"}, "unknown_item"),
        ({"site": "SOUTH"}, "unknown_site"),
        ({"value": "0"}, "quantity_invalid"),
        ({"unit": "LTR"}, "conversion_missing"),
        ({"expiry": "2027-02-30T00:00:00Z"}, "instant_invalid"),
        ({"disposition": "Quarantine"}, "schema"),
    ],
)
def test_a_receipt_that_makes_no_sense_is_refused(wms, fields, code):
    answer = wms.receive(**fields)
    assert (answer["http"], codes(answer)) == (422, [code])
    assert wms.get("/lots", id="L1")["item"] is None
    assert wms.told("lot") == []


def test_a_lot_of_an_item_that_is_not_in_effect_yet_can_come_in(wms):
    wms.introduce(master("material", "CLAY", description="CLAY", base_unit="KGM"), at=CUTOVER)
    assert wms.receive(item="CLAY")["status"] == "accepted"
    assert wms.stock() == {"RACK-1": ("50", "50")}


def test_a_lot_may_be_received_restricted(wms):
    wms.receive(disposition="Restricted")
    assert wms.stock() == {"RACK-1": ("50", "0")}
    assert codes(wms.act("shipments")) == ["lot_restricted"]


def test_stock_is_kept_in_the_base_unit_as_it_was_at_receipt(wms):
    """A later change of the conversion re-scales nothing that is there already."""
    wms.receive(value="30", unit="BX")
    wms.introduce(oil_uom("B", 1, 2), at="2027-02-01T12:00:00Z")
    assert wms.get("/stock", lot="L1")["items"] == [
        {"lot": "L1", "location": "RACK-1", "on_hand": "10", "available": "10", "unit": "KGM"}
    ]


def test_bulk_receipts_pass_the_same_rules(wms):
    good = {"id": "L1", "item": "OIL", "quantity": kg("5"), "site": "EAST", "location": "RACK-1"}
    results = wms.bulk("/lots", good, {**good, "id": "L2", "item": "SAND"}, good, by="warehouse")
    assert [codes(result) for result in results] == [[], ["unknown_item"], ["lot_exists"]]


@pytest.mark.parametrize("user", ["viewer", "planner", "operator", "inspector"])
def test_only_the_warehouse_receives(wms, user):
    answer = wms.post("/lots", by=user, id="L1", item="OIL", quantity=kg("1"), site="EAST", location="R")
    assert (answer["http"], codes(answer)) == (403, ["forbidden"])


def test_a_receipt_without_a_reason_is_refused(wms):
    body = {"id": "L1", "item": "OIL", "quantity": kg("1"), "site": "EAST", "location": "R"}
    answer = wms.post("/lots", by="warehouse", reason=None, **body)
    assert (answer["http"], codes(answer)) == (422, ["reason_missing"])


def test_a_lot_that_execution_made_is_on_stock(wms):
    assert wms.lot("P1", "CREAM", "60", "C62")["status"] == "accepted"
    assert wms.stock("P1") == {"RACK-1": ("60", "60")}
    assert wms.told("lot") == []


def test_more_of_a_lot_that_is_known_adds_to_what_is_there(wms):
    """Execution reports 60 and later 100 in all; 10 were shipped in between and stay so."""
    wms.lot("P1", "CREAM", "60", "C62")
    wms.act("shipments", "10", "P1", unit="C62")
    wms.lot("P1", "CREAM", "90", "C62")
    assert wms.stock("P1") == {"RACK-1": ("90", "90")}
    wms.lot("P1", "CREAM", "40", "C62")
    assert wms.stock("P1") == {"RACK-1": ("40", "40")}


def test_a_lot_in_a_unit_that_cannot_be_converted_is_rejected(wms):
    result = wms.lot(unit="LTR")
    assert (result["status"], codes(result)) == ("rejected", ["conversion_missing"])
