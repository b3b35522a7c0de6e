"""What execution and warehouse report, and what planning makes of it."""

import pytest

from tests.unit.simulators.bench import CUTOVER, bom, codes, kg, master, oil_uom, pieces, ref, required, revisions


def test_the_first_start_pins_the_revisions_for_good(erp):
    erp.place()
    refs = erp.order()["revision_set"]
    erp.introduce(bom("B", oil="12"), at=CUTOVER)
    erp.time(CUTOVER)
    assert erp.started("O1", *refs)["status"] == "accepted"
    later = [ref(bom("B")) if each["domain"] == "bom" else each for each in refs]
    erp.started("O1", *later, op_no="20", at=CUTOVER)
    order = erp.order()
    assert (order["status"], order["pinned"], revisions(order)["bom"]) == ("Running", True, "B A")
    assert erp.audit("order", "O1", field="revision_set")[0]["new"].startswith("bom B rev A")


def test_requirements_of_a_started_order_stay_as_they_were_at_its_start(erp):
    """Neither the pinned bom nor the unit rules, which are not in the set, change under the batch."""
    erp.introduce(bom("B", oil="30", unit="BX"))
    erp.place()
    erp.started("O1", *erp.order()["revision_set"])
    erp.introduce(bom("C", oil="60", unit="BX"), oil_uom("B", 1, 2), at=CUTOVER)
    erp.create("O2")
    erp.time(CUTOVER)
    assert required(erp.get("/requirements", order="O1"))["OIL"] == "10 KGM"
    assert required(erp.get("/requirements", order="O2"))["OIL"] == "30 KGM"


def test_requirements_follow_the_revision_in_effect_until_the_start(erp):
    erp.create(quantity=pieces("250"))
    assert required(erp.get("/requirements", order="O1")) == {"OIL": "25 KGM", "BOX": "250 C62"}
    erp.introduce(bom("B", oil="12.5"), at=CUTOVER)
    erp.time(CUTOVER)
    assert required(erp.get("/requirements", order="O1"))["OIL"] == "31.25 KGM"


def test_requirements_that_cannot_be_computed_are_a_conflict_with_its_reason(erp):
    erp.create(item="OIL", quantity=kg("1"))
    answer = erp.get("/requirements", order="O1")
    assert (answer["http"], codes(answer)) == (409, ["no_effective_revision"])
    assert erp.get("/requirements", order="O9")["http"] == 404


def test_partial_outputs_and_scrap_add_up(erp):
    erp.place()
    for value in ("5", "3", "0.5"):
        erp.fact("output", order_id="O1", item="CREAM", lot="P1", quantity=pieces(value))
    erp.fact("scrap", order_id="O1", item="CREAM", lot="P1", quantity=pieces("2"))
    erp.fact("scrap", order_id="O1", item="BOX", lot="B1", quantity=pieces("4"))
    order = erp.order()
    assert (order["produced"], order["scrapped"]) == ("8.5", "2")
    assert [event["new"] for event in erp.audit("order", "O1", field="produced")] == ["5", "8", "8.5"]


def test_output_in_another_unit_is_counted_exactly_in_the_unit_of_the_order(erp):
    """Three times a third of a box is one box."""
    erp.introduce(master("uom", "CREAM", base_unit="C62", conversions=[{"from_unit": "BX", "numerator": 3}]))
    erp.place(quantity={"value": "10", "unit": "BX"})
    for _ in range(3):
        erp.fact("output", order_id="O1", item="CREAM", lot="P1", quantity=pieces("1"))
    assert erp.order()["produced"] == "1"


def test_a_fact_that_is_delivered_twice_counts_once(erp):
    erp.place()
    fact = {"kind": "output", "order_id": "O1", "item": "CREAM", "lot": "P1", "quantity": pieces("5")}
    statuses = [erp.deliver("fact", "fact/output", fact, id="same")["status"] for _ in range(2)]
    assert statuses == ["accepted", "duplicate"]
    assert erp.order()["produced"] == "5"


def test_an_order_is_completed_by_exactly_the_operations_of_its_routing(erp):
    erp.place()
    erp.complete(op_nos=("10",))
    erp.fact("completed", order_id="O1", op_no="99", at=CUTOVER)
    assert erp.order()["status"] == "Running"
    erp.complete(op_nos=("20",))
    assert erp.order()["status"] == "Completed"


def test_an_order_whose_routing_is_not_known_here_is_never_taken_for_completed(erp):
    erp.place()
    erp.started("O1")
    erp.fact("completed", order_id="O1", op_no="10", at=CUTOVER)
    assert erp.order()["status"] == "Running"


def test_a_start_before_the_release_is_taken_and_noted_as_a_discrepancy(erp):
    erp.create()
    assert erp.started("O1", *erp.order()["revision_set"])["status"] == "accepted"
    assert erp.order()["status"] == "Running"
    (noted,) = erp.audit("order", "O1", action="discrepancy")
    assert "Created" in noted["errors"][0]


def test_what_planning_has_ended_stays_ended(erp):
    erp.place()
    erp.post("/orders/cancel", by="planner", order="O1")
    erp.started("O1")
    assert erp.order()["status"] == "Cancelled"
    assert erp.audit("order", "O1", action="discrepancy")


def test_a_fact_of_an_order_that_planning_never_made_is_rejected(erp):
    result = erp.started("O9")
    assert (result["status"], codes(result)) == ("rejected", ["unknown_order"])


def test_a_fact_in_a_unit_that_cannot_be_converted_is_rejected_with_its_reason(erp):
    erp.place()
    result = erp.fact("output", order_id="O1", item="CREAM", lot="P1", quantity={"value": "1", "unit": "CT"})
    assert (result["status"], codes(result)) == ("rejected", ["conversion_missing"])
    assert erp.get("/confirmations", order="O1")["items"] == []


def test_the_confirmations_of_an_order_are_kept_as_they_came(erp):
    erp.place()
    erp.complete(op_nos=("10",))
    assert [fact["kind"] for fact in erp.get("/confirmations", order="O1")["items"]] == ["started", "completed"]


@pytest.mark.parametrize(("unit", "used", "left"), [("KGM", "10", "40 KGM"), ("BX", "30", "40 KGM")])
def test_consumption_takes_from_the_lot_whatever_its_unit(erp, unit, used, left):
    erp.place()
    erp.lot()
    erp.fact("consumption", order_id="O1", item="OIL", lot="L1", quantity={"value": used, "unit": unit})
    quantity = erp.get("/lots", id="L1")["item"]["quantity"]
    assert f"{quantity['value']} {quantity['unit']}" == left


def test_a_whole_move_in_the_warehouse_changes_the_location_of_the_lot(erp):
    erp.lot()
    erp.fact("movement", lot="L1", to="RACK-2", quantity=kg("50"))
    assert erp.get("/lots", id="L1")["item"]["location"] == "RACK-2"


def test_genealogy_is_what_execution_reported_over_all_levels(erp):
    """O1 makes P1 of L1 and L2, O2 makes K1 of P1; of a lot that nobody reported there is none."""
    erp.place("O1")
    erp.place("O2")
    for order, lot, item in (("O1", "L1", "OIL"), ("O1", "L2", "OIL"), ("O2", "P1", "CREAM")):
        erp.fact("consumption", order_id=order, item=item, lot=lot, quantity=kg("1") if item == "OIL" else pieces("1"))
    for order, lot in (("O1", "P1"), ("O2", "K1")):
        erp.fact("output", order_id=order, item="CREAM", lot=lot, quantity=pieces("1"))
    assert erp.get("/genealogy", lot="K1")["item"] == {"lot": "K1", "inputs": ["L1", "L2", "P1"], "outputs": []}
    assert erp.get("/genealogy", lot="L1")["item"] == {"lot": "L1", "inputs": [], "outputs": ["K1", "P1"]}
    assert erp.get("/genealogy", lot="L9")["item"] == {"lot": "L9", "inputs": [], "outputs": []}
