"""Material over HTTP: what is consumed, produced, scrapped, and what is refused."""

import pytest

EXPIRY = "2027-02-01T12:00:00Z"


def kg(value):
    return {"value": value, "unit": "KGM"}


def consumed(mes):
    return [m["quantity"]["value"] for m in mes.read("/batch-records", order="O1")["materials"]]


def left(mes, lot="L1"):
    quantity = mes.read("/lots", id=lot)["quantity"]
    return f"{quantity['value']} {quantity['unit']}"


# consumption


def test_a_consumption_is_in_the_batch_record_and_taken_from_the_lot(running):
    assert running.consume("2.5") == "accepted"
    assert left(running) == "497.5 KGM"
    (actual,) = running.read("/batch-records", order="O1")["materials"]
    assert actual == {
        "order_id": "O1", "op_no": "10", "item": "OIL", "lot": "L1", "quantity": kg("2.5"), "use": "Consumed",
        "explanation": None, "at": "2027-02-01T12:00:00Z", "by": "operator",
    }  # fmt: skip


@pytest.mark.parametrize(("scope", "target"), [("lot", "L1"), ("item", "OIL"), ("location", "RACK-1")])
def test_a_hold_of_any_scope_blocks_consumption_until_it_is_released(running, scope, target):
    running.hold(scope, target)
    assert running.consume("1") == "lot_restricted"
    running.hold(scope, target, "UnRestricted")
    assert running.consume("1") == "accepted"


def test_each_lot_that_must_not_be_consumed_is_refused_for_its_own_reason(running):
    running.lot("WAX-1", of="WAX")
    running.lot("OLD", expiry=EXPIRY)
    running.lot("SMALL", quantity=kg("5"))
    assert running.consume("1", "NONE") == "unknown_lot"
    assert running.consume("1", "WAX-1") == "lot_item"
    assert running.consume("1", "OLD") == "lot_expired"
    assert running.consume("5.001", "SMALL") == "insufficient"
    assert running.consume("5", "SMALL") == "accepted"
    assert consumed(running) == ["5"]


def test_what_is_not_in_the_bom_is_refused(running):
    running.lot("WAX-1", of="WAX")
    assert running.consume("1", "WAX-1", item="WAX") == "not_in_bom"


def test_an_approved_alternate_counts_by_its_ratio_against_the_requirement_of_the_original(mes):
    alternates = [{"item": "OIL-2", "ratio": "2"}]
    mes.release(mes.make.bom("B", substitution="approved", alternates=alternates))
    mes.order()
    mes.lot()
    mes.lot("ALT", of="OIL-2")
    mes.start("10")
    assert mes.consume("4") == "accepted"
    assert mes.consume("12.001", "ALT", item="OIL-2") == "unexplained_discrepancy"
    assert mes.consume("12", "ALT", item="OIL-2") == "accepted"
    assert mes.consume("0.001") == "unexplained_discrepancy"


def test_an_alternate_of_another_revision_does_not_count(running):
    alternates = [{"item": "OIL-2"}]
    running.release(running.make.bom("B", substitution="approved", alternates=alternates))
    running.lot("ALT", of="OIL-2")
    assert running.consume("1", "ALT", item="OIL-2") == "not_in_bom"


@pytest.mark.parametrize(
    ("tolerance", "quantity", "outcome"),
    [
        ("0", "10", "accepted"),
        ("0", "10.001", "unexplained_discrepancy"),
        ("0.05", "10.05", "accepted"),
        ("0.05", "10.0501", "unexplained_discrepancy"),
    ],
)
def test_more_than_required_within_the_tolerance_needs_no_explanation(mes, tolerance, quantity, outcome):
    mes.release(mes.make.master("uom", "OIL", base_unit="KGM", tolerance=tolerance))
    mes.order()
    mes.lot()
    mes.start("10")
    assert mes.consume(quantity) == outcome


def test_consumptions_add_up_and_an_excess_is_accepted_with_an_explanation(running):
    assert running.consume("6") == "accepted"
    assert running.consume("6") == "unexplained_discrepancy"
    assert running.consume("6", explanation="spillage, DEV-1") == "accepted"
    materials = running.read("/batch-records", order="O1")["materials"]
    assert [m["explanation"] for m in materials] == [None, "spillage, DEV-1"]


def test_other_units_are_converted_exactly_and_a_lot_can_be_used_up(mes):
    sixth = {"from_unit": "BX", "numerator": 5, "denominator": 3}
    mes.release(mes.make.master("uom", "OIL", base_unit="KGM", conversions=[sixth]))
    mes.order()
    mes.lot(quantity=kg("10"))
    mes.start("10")
    box = {"value": "1", "unit": "BX"}
    assert mes.consume(box) == "accepted"
    assert left(mes) == "8.333 KGM"
    assert [mes.consume(box) for _ in range(5)] == ["accepted"] * 5
    assert left(mes) == "0 KGM"
    mes.lot("L2")
    assert mes.consume("0.001", "L2") == "unexplained_discrepancy"


def test_a_quantity_that_the_warehouse_tells_replaces_the_balance(mes):
    mes.release(mes.make.master("uom", "OIL", base_unit="KGM", conversions=[{"from_unit": "BX", "numerator": 3}]))
    mes.order()
    mes.lot(quantity=kg("9"))
    mes.start("10")
    assert mes.consume("1") == "accepted"
    mes.lot(quantity={"value": "2", "unit": "BX"})
    assert mes.consume("6.001") == "insufficient"
    assert mes.consume({"value": "1", "unit": "BX"}) == "accepted"
    assert left(mes) == "1 BX"
    assert mes.consume("1") == "accepted"
    assert left(mes) == "2 KGM"


@pytest.mark.parametrize(
    ("quantity", "code"),
    [
        ({"value": "0", "unit": "KGM"}, "quantity_invalid"),
        ({"value": "-1", "unit": "KGM"}, "quantity_invalid"),
        ({"value": "1", "unit": "LTR"}, "conversion_missing"),
        ({"value": "1e1", "unit": "KGM"}, "schema"),
        ({"value": 1, "unit": "KGM"}, "schema"),
    ],
)
def test_a_quantity_that_means_nothing_is_refused(running, quantity, code):
    body = {"order_id": "O1", "item": "OIL", "lot": "L1", "quantity": quantity, "reason": "work"}
    answer = running.post("/consumptions", body)
    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["code"] == code


def test_nothing_is_booked_on_a_batch_or_operation_that_has_not_started(mes):
    mes.order()
    mes.lot()
    assert mes.consume("1") == "order_not_started"
    assert mes.produce() == "order_not_started"
    mes.start("10")
    assert mes.consume("1", op_no="20") == "operation_not_started"
    assert mes.consume("1", op_no="99") == "operation_unknown"
    assert mes.consume("1", op_no=None) == "accepted"


def test_material_is_consumed_at_the_operation_that_uses_it(mes):
    mes.release(mes.make.bom("B", op_no="20"), at="2027-01-15T00:00:00Z")
    mes.order()
    mes.lot()
    mes.run("10")
    mes.start("20")
    assert mes.consume("1", op_no="10") == "not_of_operation"
    assert mes.consume("1", op_no="20") == "accepted"
    assert mes.consume("1", op_no=None) == "accepted"
    assert consumed(mes) == ["1", "1"]


def test_output_is_told_before_the_lot_that_it_made(running):
    """A ledger that books output into stock would else have received the lot already, and count it twice."""
    running.produce("P1", "40")
    told = [(e["data"].get("kind"), e["subject"]) for e in running.get("/outbox", after="0").json()["events"]][-2:]
    assert told == [("output", "order/O1"), (None, "lot/P1")]


def test_a_new_conversion_leaves_what_was_booked_as_it_was(mes):
    """10 kg are required; 2 boxes of 3 kg were consumed, so 4 kg are open, also when a box becomes 4 kg."""
    boxes = [{"from_unit": "BX", "numerator": 3}]
    mes.release(mes.make.master("uom", "OIL", base_unit="KGM", conversions=boxes))
    mes.order()
    mes.lot()
    mes.start("10")
    assert mes.consume({"value": "2", "unit": "BX"}) == "accepted"
    more = [{"from_unit": "BX", "numerator": 4}]
    mes.release(mes.make.master("uom", "OIL", "B", base_unit="KGM", conversions=more), at="2027-02-02T00:00:00Z")
    mes.at("2027-02-02T00:00:00Z")
    assert mes.consume("4.001") == "unexplained_discrepancy"
    assert mes.consume("4") == "accepted"
    assert left(mes) == "490 KGM"


def test_a_lot_is_found_by_any_spelling_of_its_identifier(running):
    rule = {"min_length": 1, "max_length": 20, "alphabet": "L1P", "case": "upper"}
    running.release(running.make.master("identity", "lot", **rule))
    assert running.consume("1", " l1 ") == "accepted"
    assert running.read("/genealogy", lot="l1")["lot"] == "L1"


# the on-demand call


def test_every_consumption_asks_the_quality_system_about_its_lot(running):
    running.consume("1")
    running.consume("1")
    assert running.asked == [("qms/eligibility", {"lot": "L1"})] * 2


def test_the_no_of_the_quality_system_blocks_before_any_event_has_come(running):
    running.eligible["L1"] = {"eligible": False, "reasons": ["on hold"]}
    assert running.consume("1") == "lot_restricted"
    assert left(running) == "500 KGM"


@pytest.mark.parametrize("answer", [None, {"surprise": 1}])
def test_no_answer_refuses_the_consumption_and_is_audited(running, answer):
    running.eligible["L1"] = answer
    assert running.consume("1") == "eligibility_unconfirmed"
    assert consumed(running) == []
    last = running.read("/audit", domain="lot", id="L1")[-1]
    assert last["outcome"] == "refused"
    assert last["errors"][0].startswith("eligibility_unconfirmed: ")
    running.eligible.clear()
    assert running.consume("1") == "accepted"


def test_without_a_quality_system_in_the_configuration_nothing_is_consumed(running, monkeypatch):
    monkeypatch.undo()
    assert running.consume("1") == "eligibility_unconfirmed"


# bulk


def test_each_item_of_a_bulk_passes_the_rules_of_a_single_one(running):
    running.lot("L2")
    running.hold("lot", "L2")
    items = [
        {"order_id": "O1", "item": "OIL", "lot": lot, "quantity": kg(quantity)}
        for lot, quantity in (("L1", "6"), ("L2", "1"), ("L1", "6"), ("L1", "4"))
    ]
    results = running.post("/consumptions/bulk", {"items": items, "reason": "work"}).json()["results"]
    assert [r["status"] for r in results] == ["accepted", "refused", "refused", "accepted"]
    assert [r["reasons"][0]["code"] for r in results[1:3]] == ["lot_restricted", "unexplained_discrepancy"]
    assert [r["code_http"] for r in results] == [201, 409, 409, 201]
    assert left(running) == "490 KGM"
    assert len(running.asked) == 4


# output


def test_output_makes_a_lot_that_is_told_to_the_others(running, broken):
    assert running.produce("P1", "60") == "accepted"
    assert running.produce("P1", "40") == "accepted"
    lots = running.published("lot")
    assert [lot["quantity"]["value"] for lot in lots] == ["60", "100"]
    assert not broken("lot", lots[-1])
    assert running.read("/lots", id="P1")["item"] == "CREAM"
    assert running.read("/orders", id="O1")["produced"] == "100"


def test_output_of_another_item_or_into_a_lot_of_another_origin_is_refused(running):
    assert running.produce(item="WAX") == "output_item"
    assert running.produce("L1") == "lot_exists"
    running.lot("SHELF", of="CREAM", quantity={"value": "5", "unit": "C62"})
    assert running.produce("SHELF") == "lot_exists"
    running.produce("P1")
    running.order("O2")
    running.start("10", "O2")
    assert running.produce("P1", order_id="O2") == "lot_exists"


def test_a_produced_lot_keeps_the_identity_rule_of_lots(running):
    rule = {"min_length": 3, "max_length": 5, "alphabet": "P123", "case": "upper"}
    running.release(running.make.master("identity", "lot", **rule))
    assert running.produce("P1") == "identity_format"
    assert running.produce("P*1") == "identity_format"
    assert running.produce("p12") == "accepted"
    assert running.read("/lots", id="P12")["id"] == "P12"


def test_a_hold_of_its_item_restricts_a_produced_lot_from_the_start(running):
    running.hold("item", "CREAM")
    running.produce()
    assert running.read("/lots", id="P1")["disposition"] == "Restricted"


# scrap


def test_scrap_of_product_and_component_is_booked_and_a_lot_is_reduced(running):
    body = {"order_id": "O1", "item": "CREAM", "quantity": {"value": "3", "unit": "C62"}}
    assert running.write("/scraps", **body) == "accepted"
    assert running.write("/scraps", order_id="O1", item="OIL", lot="L1", quantity=kg("2")) == "accepted"
    assert running.write("/scraps", order_id="O1", item="WAX", quantity=kg("2")) == "not_in_bom"
    assert running.write("/scraps", order_id="O1", item="OIL", lot="L1", quantity=kg("999")) == "insufficient"
    assert left(running) == "498 KGM"
    assert [lot["quantity"]["value"] for lot in running.published("lot")] == ["498"]
    assert running.read("/orders", id="O1")["scrapped"] == "3"


# facts


def test_every_booking_is_a_fact_that_keeps_its_contract(running, broken):
    running.consume("1", explanation="why")
    running.produce()
    running.write("/scraps", order_id="O1", item="OIL", quantity=kg("1"))
    facts = running.published("fact")[1:]
    assert [f["kind"] for f in facts] == ["consumption", "output", "scrap"]
    assert [broken("fact", f) for f in facts] == [[], [], []]
    assert facts[0]["explanation"] == "why"
    assert all(f["order_id"] == "O1" and f["by"] == "operator" for f in facts)
