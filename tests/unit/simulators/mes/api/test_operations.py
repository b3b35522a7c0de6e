"""Operations over HTTP: who may start and complete what, when, on what, with which label."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BEFORE, CUTOVER = "2027-03-10T05:59:59Z", "2027-03-10T06:00:00Z"


def label(revision="A", id="LBL"):
    return {"domain": "label", "id": id, "revision": revision}


# orders


@pytest.mark.parametrize(
    ("status", "code"),
    [("Created", "order_not_released"), ("Cancelled", "order_cancelled"), ("Closed", "order_closed")],
)
def test_an_order_that_is_not_released_or_was_ended_is_neither_dispatched_nor_started(mes, status, code):
    mes.order(status=status)
    answer = mes.get("/dispatch", order="O1")
    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["code"] == code
    assert mes.start("10") == code


def test_an_order_cancelled_while_it_runs_goes_no_further(running):
    running.order(status="Cancelled")
    assert running.complete("10") == "order_cancelled"
    assert running.consume("1") == "order_cancelled"
    assert running.produce() == "order_cancelled"


def test_an_unknown_order_is_404(mes):
    body = {"order": "NONE", "op_no": "10", "equipment": "MIXER-1", "reason": "work"}
    answer = mes.post("/operations/start", body)
    assert answer.status_code == 404
    assert answer.json()["reasons"][0]["code"] == "unknown_order"
    assert mes.get("/dispatch", order="NONE").status_code == 404


def test_an_order_with_a_gap_in_its_revision_set_is_an_orphan_that_is_not_dispatched(mes):
    mes.release(mes.make.item("GEL", "C62", structure={"bom": "NONE", "routing": "R"}))
    mes.order(item="GEL")
    answer = mes.get("/dispatch", order="O1")
    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["code"] == "no_effective_revision"
    assert mes.start("10") == "no_effective_revision"


# sequence


def test_operations_run_in_the_sequence_of_the_routing_and_once(running):
    assert running.start("20") == "sequence_violation"
    assert running.start("10") == "operation_state"
    assert running.complete("20") == "operation_state"
    assert running.complete("10") == "accepted"
    assert running.complete("10") == "operation_state"
    assert running.start("20") == "accepted"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=st.lists(st.tuples(st.sampled_from(["start", "complete"]), st.sampled_from(["10", "20", "25"]))))
def test_no_series_of_requests_executes_out_of_sequence_or_a_ghost(mes, requests):
    mes.count += 1
    order = f"S{mes.count}"
    mes.order(order)
    for verb, n in requests:
        getattr(mes, verb)(n, order)
    record = mes.read("/batch-records", order=order)
    runs = record["operations"] if record else []
    assert [run["op_no"] for run in runs] == ["10", "20"][: len(runs)]
    assert all(run["completed_at"] for run in runs[:-1])


def test_a_ghost_operation_is_refused_whether_or_not_another_revision_has_it(running):
    running.release(running.make.recipe("B", ("10", "25")), running.make.routing("B", ("10", "25")), at=CUTOVER)
    running.complete("10")
    assert running.start("25", unit="FILLER-1") == "operation_unknown"
    running.at(CUTOVER)
    assert running.start("25", unit="FILLER-1") == "operation_unknown"
    assert running.start("20") == "accepted"


# what drives a batch


def cutover(mes):
    make = mes.make
    mes.release(
        make.recipe("B", ("10", "25", "30")), make.routing("B", ("10", "25", "30")), make.bom("B", "11"),
        at=CUTOVER, change="C-B",
    )  # fmt: skip


def test_a_running_batch_keeps_its_pinned_set_across_a_cutover(mes):
    cutover(mes)
    mes.at(BEFORE)
    mes.order()
    mes.start("10")
    mes.at(CUTOVER)
    mes.complete("10")
    mes.run("20", "30")
    assert mes.set() == dict.fromkeys(["bom", "routing", "recipe", "label", "test_specification"], "A")
    assert [run["op_no"] for run in mes.read("/batch-records", order="O1")["operations"]] == ["10", "20", "30"]
    assert mes.read("/requirements", order="O1")[0]["quantity"] == {"value": "10", "unit": "KGM"}


def test_an_order_that_has_not_started_before_the_cutover_uses_the_new_set(mes):
    cutover(mes)
    mes.at(BEFORE)
    mes.order()
    assert list(mes.statuses()) == ["10", "20", "30"]
    mes.at(CUTOVER)
    assert list(mes.statuses()) == ["10", "25", "30"]
    assert mes.start("10") == "accepted"
    assert mes.set() == {"bom": "B", "routing": "B", "recipe": "B", "label": "A", "test_specification": "A"}
    changes = mes.read("/batch-records", order="O1")["changes"]
    assert changes["bom B rev B"] == "C-B"
    assert changes["label LBL rev A"] == "C-INITIAL"


def test_a_back_out_does_not_point_a_running_batch_back(mes):
    cutover(mes)
    mes.at(CUTOVER)
    mes.order()
    mes.start("10")
    make = mes.make
    mes.release(make.recipe("A"), make.routing("A"), make.bom("A"), at="2027-03-11T06:00:00Z")
    mes.at("2027-03-12T00:00:00Z")
    assert mes.set()["routing"] == "B"
    mes.order("O2")
    mes.start("10", "O2")
    assert mes.set("O2")["routing"] == "A"


def test_an_activation_that_reaches_back_before_the_start_does_not_rewrite_a_running_batch(running):
    running.release(running.make.bom("B", "11"), running.make.routing("B", ("10", "20")))
    running.order("O2")
    assert running.read("/requirements", order="O2")[0]["quantity"]["value"] == "11"
    assert running.read("/requirements", order="O1")[0]["quantity"]["value"] == "10"
    assert list(running.statuses()) == ["10", "20", "30"]


def test_units_and_intermediates_of_a_running_batch_are_those_of_its_start(mes):
    box = {"value": "1", "unit": "BX"}
    for revision, factor, at in (("A", 10, mes.make.INITIAL), ("B", 20, CUTOVER)):
        conversion = [{"from_unit": "BX", "numerator": factor}]
        mes.release(mes.make.master("uom", "OIL", revision, base_unit="KGM", conversions=conversion), at=at)
    mes.order()
    mes.lot()
    mes.start("10")
    mes.at(CUTOVER)
    assert mes.consume(box) == "accepted"
    assert mes.read("/lots", id="L1")["quantity"]["value"] == "490"
    mes.order("O2")
    mes.start("10", "O2")
    assert mes.consume(box, order_id="O2") == "unexplained_discrepancy"


def test_an_order_event_after_the_start_does_not_switch_the_variant_of_a_batch(running):
    make = running.make
    running.release(
        make.routing("A", ("10", "20"), id="R-2"),
        make.master("variant", "ROSE", base_item="CREAM", structure={**make.STRUCTURE, "routing": "R-2"}),
    )
    running.order(variant="ROSE")
    assert running.read("/batch-records", order="O1")["variant"] is None
    assert running.read("/orders", id="O1")["variant"] is None
    assert {r["id"] for r in running.read("/orders", id="O1")["revision_set"] if r["domain"] == "routing"} == {"R"}
    assert list(running.statuses()) == ["10", "20", "30"]


def test_an_order_of_a_variant_is_driven_by_the_masters_of_the_variant(mes):
    make = mes.make
    mes.release(
        make.routing("A", ("10", "20"), id="R-2"), make.bom("A", "20", id="B-2"),
        make.master("variant", "ROSE", base_item="CREAM", structure={**make.STRUCTURE, "routing": "R-2", "bom": "B-2"}),
    )  # fmt: skip
    mes.order(variant="ROSE")
    assert list(mes.statuses()) == ["10", "20"]
    assert mes.read("/requirements", order="O1")[0]["quantity"]["value"] == "20"
    mes.start("10")
    ids = {ref["domain"]: ref["id"] for ref in mes.read("/batch-records", order="O1")["revision_set"]}
    assert ids == {**make.STRUCTURE, "routing": "R-2", "bom": "B-2"}


def test_each_site_starts_by_its_own_wall_clock(mes):
    mes.release(mes.make.bom("B", "11"), local="2027-03-10T00:00:00")
    mes.at("2027-03-10T00:00:00Z")
    for site, revision in (("EAST", "B"), ("WEST", "A")):
        mes.order(f"O-{site}", site=site)
        mes.start("10", f"O-{site}")
        assert mes.set(f"O-{site}")["bom"] == revision


# equipment


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"qualified": False}, "equipment_unqualified"),
        ({"eligible_items": ["GEL"]}, "equipment_not_eligible"),
        ({"equipment_class": "FILLER"}, "equipment_class"),
        ({"eligible_items": ["CREAM"]}, "accepted"),
    ],
)
def test_a_start_is_refused_on_equipment_that_does_not_fit(mes, fields, code):
    mes.release(mes.make.master("equipment", "M-2", **{"equipment_class": "MIXER", **fields}))
    mes.order()
    assert mes.start("10", unit="M-2") == code


def test_a_start_is_refused_on_equipment_that_is_down_unknown_not_in_effect_or_not_named(mes):
    mes.order()
    mes.write("/equipment/state", equipment="MIXER-1", state="down")
    assert mes.start("10") == "equipment_down"
    assert mes.start("10", unit="NONE") == "equipment_unknown"
    mes.release(mes.make.equipment("M-3", "MIXER"), at="2027-12-01T00:00:00Z")
    assert mes.start("10", unit="M-3") == "equipment_unknown"
    assert mes.write("/operations/start", order="O1", op_no="10") == "equipment_missing"


# labels


def test_packaging_starts_only_with_the_label_in_effect_now_even_in_a_batch_that_began_before(mes):
    mes.release(mes.make.label("B"), at=CUTOVER, change="C-LABEL")
    mes.at(BEFORE)
    mes.order()
    mes.run("10", "20")
    assert mes.start("30", label=label("B")) == "label_version"
    mes.at(CUTOVER)
    assert mes.start("30", label=label("A")) == "label_version"
    assert mes.start("30") == "label_version"
    assert mes.start("30", label=label("B", id="OTHER")) == "label_version"
    assert mes.start("30", label=label("B")) == "accepted"
    record = mes.read("/batch-records", order="O1")
    assert mes.set()["label"] == "B"
    assert record["changes"]["label LBL rev B"] == "C-LABEL"
    assert "label LBL rev A" not in record["changes"]
    assert record["operations"][-1]["label"] == label("B")


def test_other_operations_take_no_label(mes):
    mes.order()
    assert mes.start("10", label=label("A")) == "label_not_applicable"


@pytest.mark.parametrize(("returned", "outcome"), [(6, "accepted"), (4, "accepted"), (3, "label_reconciliation")])
def test_packaging_ends_only_with_reconciled_labels(mes, returned, outcome):
    mes.order()
    mes.run("10", "20")
    mes.start("30", label=label())
    assert mes.complete("30") == "label_reconciliation"
    counts = {"issued": 110, "used": 100, "destroyed": 4, "returned": returned}
    assert mes.complete("30", labels=counts) == outcome


def test_the_tolerance_is_that_of_the_label_version_used(mes):
    mes.order()
    mes.run("10", "20")
    mes.start("30", label=label())
    mes.release(mes.make.label("B", tolerance=50), at=CUTOVER)
    mes.at(CUTOVER)
    counts = {"issued": 110, "used": 100, "destroyed": 0, "returned": 0}
    assert mes.complete("30", labels=counts) == "label_reconciliation"


# completion


@pytest.mark.parametrize("evidence", [None, {}, {"signature": " "}, {"other": "x"}])
def test_an_operation_ends_only_with_all_its_evidence(running, evidence):
    assert running.complete("10", evidence=evidence) == "evidence_missing"
    assert running.statuses()["10"] == "Running"


def test_evidence_is_kept_in_the_batch_record(running):
    running.complete("10", evidence={"signature": "J. Doe"})
    (run,) = running.read("/batch-records", order="O1")["operations"]
    assert run["evidence"] == {"signature": "J. Doe"}


# what others learn, and who may


def test_facts_of_start_and_end_keep_the_contract_and_carry_the_pinned_set(running, broken):
    running.complete("10")
    started, completed = running.published("fact")
    assert not broken("fact", started)
    assert not broken("fact", completed)
    assert started["kind"] == "started"
    assert {(r["domain"], r["revision"]) for r in started["revision_set"]} == set(running.set().items())
    assert (completed["kind"], completed["op_no"], completed["by"]) == ("completed", "10", "operator")


def test_only_an_operator_executes_and_the_refusal_is_audited(mes):
    mes.order()
    body = {"order": "O1", "op_no": "10", "equipment": "MIXER-1", "reason": "work"}
    assert mes.post("/operations/start", body, "viewer").status_code == 403
    last = mes.read("/audit", domain="order", id="O1")[-1]
    assert (last["outcome"], last["actor"]) == ("refused", "viewer")
    assert mes.start("10", reason="") == "reason_missing"


def test_a_refused_start_changes_nothing_and_is_audited_with_its_reason(mes):
    mes.order()
    mes.start("20")
    assert mes.read("/batch-records", order="O1") is None
    assert mes.published("fact") == []
    last = mes.read("/audit", domain="order", id="O1")[-1]
    assert last["outcome"] == "refused"
    assert last["errors"][0].startswith("sequence_violation: ")
