"""The life of production orders."""

import unicodedata

import pytest

from tests.unit.simulators.bench import CUTOVER, ROSE, bom, codes, master, pieces, revisions, routing


def test_an_order_is_created_with_audit_and_event(erp):
    answer = erp.create()
    assert (answer["http"], answer["status"], answer["key"]) == (201, "accepted", "O1")
    (event,) = erp.audit("order", "O1")
    assert (event["field"], event["old"], event["new"], event["actor"], event["reason"]) == (
        "status", None, "Created", "planner", "test")  # fmt: skip
    (told,) = erp.told("order")
    assert told == erp.order()
    assert (told["status"], told["pinned"], told["produced"], told["quantity"]) == (
        "Created", False, "0", pieces("100"))  # fmt: skip


def test_an_order_number_is_used_once(erp):
    erp.create()
    again = erp.create(quantity=pieces("7"))
    assert (again["http"], codes(again)) == (409, ["order_exists"])
    assert erp.order()["quantity"] == pieces("100")


@pytest.mark.parametrize("spelled", [" O-Ä1 ", unicodedata.normalize("NFD", "O-Ä1")])
def test_an_order_number_has_one_normal_form_on_write_and_lookup(erp, spelled):
    assert erp.create(spelled)["key"] == "O-Ä1"
    assert erp.order(spelled)["id"] == "O-Ä1"
    assert codes(erp.create("O-Ä1")) == ["order_exists"]
    assert erp.order("o-ä1") is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"item": "SAND"}, "unknown_item"),
        ({"site": "SOUTH"}, "unknown_site"),
        ({"quantity": pieces("0")}, "quantity_invalid"),
        ({"quantity": pieces("-1")}, "quantity_invalid"),
        ({"quantity": {"value": "1", "unit": "BX"}}, "conversion_missing"),
        ({"variant": "VIOLET"}, "unknown_variant"),
        ({"quantity": {"value": 1.5, "unit": "C62"}}, "schema"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_with_what_would(erp, fields, code):
    answer = erp.create(**fields)
    assert (answer["http"], codes(answer)) == (422, [code])
    assert len(answer["reasons"][0]["message"].split()) > 4
    assert erp.order() is None
    assert erp.audit("order", "O1", outcome="refused")


def test_a_variant_of_another_item_is_refused(erp):
    erp.introduce(*ROSE)
    assert codes(erp.create(item="OIL", quantity={"value": "1", "unit": "KGM"}, variant="ROSE")) == [
        "variant_mismatch"]  # fmt: skip


def test_the_rule_of_order_numbers_is_kept_if_there_is_one(erp):
    rule = master("identity", "order", min_length=2, max_length=4, alphabet="O123", case="upper")
    erp.introduce(rule)
    assert erp.create("o1")["key"] == "O1"
    assert codes(erp.create("X9")) == ["identity_format"]


def test_bulk_creation_passes_the_same_rules(erp):
    good = {"id": "O1", "item": "CREAM", "quantity": pieces("5"), "site": "EAST"}
    results = erp.bulk("/orders", good, {**good, "id": "O2", "item": "SAND"}, good, by="planner")
    assert [result["status"] for result in results] == ["accepted", "refused", "refused"]
    assert [codes(result) for result in results] == [[], ["unknown_item"], ["order_exists"]]
    assert erp.order("O2") is None


@pytest.mark.parametrize("user", ["viewer", "warehouse", "operator"])
def test_only_planners_plan(erp, user):
    answer = erp.post("/orders", by=user, id="O1", item="CREAM", quantity=pieces("1"), site="EAST")
    assert (answer["http"], codes(answer)) == (403, ["forbidden"])


def test_release_needs_every_driving_revision_in_effect(erp):
    new = [bom(key="B2"), routing(key="R2")]
    erp.introduce(master("material", "MILK", description="MILK", base_unit="C62",
                         structure={"bom": "B2", "routing": "R2"}))  # fmt: skip
    erp.create(item="MILK")
    early = erp.release()
    assert (early["http"], codes(early)) == (409, ["no_effective_revision"] * 2)
    assert erp.order()["status"] == "Created"
    erp.introduce(*new, at=CUTOVER)
    assert codes(erp.release()) == ["no_effective_revision"] * 2
    erp.time(CUTOVER)
    assert erp.release()["status"] == "accepted"
    assert erp.order()["status"] == "Released"


def test_release_pins_nothing(erp):
    erp.place()
    erp.introduce(bom("B", oil="12"), at=CUTOVER)
    assert revisions(erp.order())["bom"] == "B A"
    erp.time(CUTOVER)
    assert revisions(erp.order())["bom"] == "B B"
    assert not erp.order()["pinned"]


def test_every_change_of_status_is_told_and_audited(erp):
    erp.place()
    erp.complete()
    assert erp.post("/orders/close", by="planner", order="O1")["status"] == "accepted"
    life = ["Created", "Released", "Running", "Completed", "Closed"]
    assert [order["status"] for order in erp.told("order")] == life
    assert [event["new"] for event in erp.audit("order", "O1", field="status")] == life


def test_an_order_is_not_closed_before_all_operations_are_completed(erp):
    erp.place()
    erp.complete(op_nos=("10",))
    answer = erp.post("/orders/close", by="planner", order="O1")
    assert (answer["http"], codes(answer)) == (409, ["order_incomplete"])
    assert "20" in answer["reasons"][0]["message"]
    erp.complete(op_nos=("20",))
    assert erp.post("/orders/close", by="planner", order="O1")["status"] == "accepted"


def test_an_order_that_never_started_is_not_closed(erp):
    erp.place()
    assert codes(erp.post("/orders/close", by="planner", order="O1")) == ["order_incomplete"]


@pytest.mark.parametrize(
    ("before", "verb"),
    [("cancel", "release"), ("cancel", "cancel"), ("cancel", "close"), ("run", "cancel"), ("run", "release")],
)
def test_an_order_is_in_one_status_and_only_moves_on_from_it(erp, before, verb):
    erp.place()
    if before == "cancel":
        erp.post("/orders/cancel", by="planner", order="O1")
    else:
        erp.complete(op_nos=("10",))
    answer = erp.post(f"/orders/{verb}", by="planner", order="O1")
    assert (answer["http"], codes(answer)) == (409, ["order_state"])


@pytest.mark.parametrize("verb", ["release", "close", "cancel"])
def test_an_unknown_order_is_refused(erp, verb):
    answer = erp.post(f"/orders/{verb}", by="planner", order="O9")
    assert (answer["http"], codes(answer)) == (404, ["unknown_order"])


def test_a_switch_of_the_variant_switches_every_dependent_master(erp):
    erp.introduce(*ROSE)
    erp.place()
    answer = erp.post("/orders/variant", by="planner", order="O1", variant="ROSE")
    assert answer["status"] == "accepted"
    assert revisions(erp.order()) == {
        "bom": "ROSE-B A", "routing": "ROSE-R A", "recipe": "REC A", "label": "ROSE-L A",
        "test_specification": "ROSE-S A"}  # fmt: skip
    assert erp.told("order")[-1]["variant"] == "ROSE"
    assert erp.audit("order", "O1", field="variant", old=None, new="ROSE")
    assert erp.post("/orders/variant", by="planner", order="O1", variant=None)["status"] == "accepted"
    assert revisions(erp.order())["bom"] == "B A"


def test_a_change_that_rests_on_an_outdated_version_of_the_order_is_refused(erp):
    """Otherwise the later of two planners would undo what the earlier did, without having seen it."""
    erp.introduce(*ROSE)
    erp.create()
    seen = erp.get("/orders", id="O1")["version"]
    assert erp.get("/orders", id="O1")["version"] == seen
    erp.post("/orders/release", by="planner", order="O1")
    answer = erp.post("/orders/variant", by="planner", order="O1", variant="ROSE", seen=seen)
    assert (answer["http"], codes(answer)) == (409, ["stale"])
    assert erp.order()["variant"] is None
    now = erp.get("/orders", id="O1")["version"]
    assert erp.post("/orders/variant", by="planner", order="O1", variant="ROSE", seen=now)["status"] == "accepted"


def test_a_started_order_keeps_its_variant(erp):
    erp.introduce(*ROSE)
    erp.place()
    erp.started("O1", *erp.order()["revision_set"])
    answer = erp.post("/orders/variant", by="planner", order="O1", variant="ROSE")
    assert (answer["http"], codes(answer)) == (409, ["order_state"])
    assert erp.order()["variant"] is None


def test_a_released_order_is_not_switched_to_a_variant_that_is_not_in_effect(erp):
    erp.introduce(*ROSE, at=CUTOVER)
    erp.place()
    answer = erp.post("/orders/variant", by="planner", order="O1", variant="ROSE")
    assert (answer["http"], codes(answer)) == (409, ["no_effective_revision"])


def test_one_decision_can_be_exchanged(new_erp):
    """The seam: another release gate, and nothing else, decides otherwise."""
    lax = new_erp(release_gate=lambda _ctx, _order: [])
    lax.create(item="OIL", quantity={"value": "1", "unit": "KGM"})
    assert lax.release()["status"] == "accepted"
