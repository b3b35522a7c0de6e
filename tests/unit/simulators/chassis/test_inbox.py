"""Events from other systems: understood or rejected, applied once, in order, always with a receipt."""

import pytest

from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.masters import Verdict
from tests.unit.simulators.bench import bom, codes, label, master, material, oil_uom

LABEL = master("label", "L2", item="CREAM", artwork_hash="x", market="EU")


def offer(plain, **changes):
    """The result of an event with something changed in it."""
    event = {
        "specversion": "1.0", "id": "E1", "source": "urn:syncproof:qms", "type": "org.syncproof.master.v1",
        "subject": "label/L2", "time": "2027-02-01T12:00:00Z", "sequence": f"{1:012d}",
        "dataschema": "urn:syncproof:contract:label:1.0.0", "data": LABEL, **changes,
    }  # fmt: skip
    return plain._write("/inbox", "integration", event)["results"][0]


def receipt(plain, subject: str) -> dict:
    return plain.get("/receipts", subject=subject)["items"][-1]


def test_an_accepted_event_leaves_a_receipt_with_source_hash_and_time(plain):
    result = plain.arrive(LABEL, id="E1")
    kept = receipt(plain, "label/L2")
    assert (result["event_id"], result["status"]) == ("E1", "accepted")
    assert kept == {
        "event_id": "E1", "source": "urn:syncproof:qms", "type": "org.syncproof.master.v1", "subject": "label/L2",
        "payload_hash": plain.states("label", "L2")["A"]["content_hash"], "at": "2027-02-01T12:00:00Z",
        "status": "accepted", "reasons": [],
    }  # fmt: skip


def test_a_list_of_events_has_one_result_each_in_order(plain):
    events = [
        {
            "specversion": "1.0", "id": f"E{n}", "source": "urn:syncproof:qms", "type": "org.syncproof.master.v1",
            "subject": "label/L2", "time": "2027-02-01T12:00:00Z", "sequence": f"{n:012d}", "data": data,
        }
        for n, data in ((1, LABEL), (2, {**LABEL, "revision": "B", "artwork_hash": ""}))
    ]  # fmt: skip
    results = plain._write("/inbox", "integration", events)["results"]
    assert [(r["event_id"], r["status"]) for r in results] == [("E1", "accepted"), ("E2", "rejected")]


@pytest.mark.parametrize(
    ("envelope", "code"),
    [
        ({"type": "org.syncproof.master.v9"}, "unsupported_event_version"),
        ({"type": "org.syncproof.riddle.v1"}, "unsupported_event_version"),
        ({"type": "com.example.master.v1"}, "unsupported_event_version"),
        ({"dataschema": "urn:syncproof:contract:label:2.0.0"}, "unsupported_event_version"),
        ({"specversion": "2.0"}, "schema"),
        ({"data": {**LABEL, "market": 3}}, "schema"),
        ({"data": {**LABEL, "surprise": 1}}, "schema"),
        ({"data": "text"}, "schema"),
        ({"sequence": "one"}, "schema"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_fully_understood_is_rejected_with_a_receipt_and_changes_nothing(plain, envelope, code):
    result = offer(plain, **envelope)
    assert (result["status"], codes(result)) == ("rejected", [code])
    kept = receipt(plain, "label/L2")
    assert kept["status"] == "rejected"
    assert kept["reasons"][0].startswith(code)
    assert plain.states("label", "L2") == {}
    assert plain.audit("label", "L2", outcome="refused", actor="integration")


def test_an_event_without_an_id_is_rejected_with_a_receipt(plain):
    assert offer(plain, id="")["status"] == "rejected"
    assert receipt(plain, "label/L2")["event_id"] == ""


def test_the_same_event_twice_has_one_effect(plain):
    plain.arrive(LABEL, id="E1")
    again = plain.arrive(LABEL, id="E1")
    assert again["status"] == "duplicate"
    assert plain.receipts("label/L2") == ["accepted", "duplicate"]
    assert len(plain.audit("label", "L2")) == 1


def test_a_staged_event_is_answered_with_what_it_waits_for_and_accepted_once_that_has_come(plain):
    early = {**LABEL, "item": "NEW"}
    assert plain.arrive(early, id="E1")["status"] == "staged"
    again = plain.arrive(early, id="E1")
    assert (again["status"], codes(again)) == ("staged", ["unknown_item"])
    plain.submit(material("NEW"))
    assert plain.states("label", "L2")["A"]["status"] == "draft"
    assert plain.receipts("label/L2") == ["staged", "duplicate", "accepted"]
    assert plain.arrive(early, id="E1")["status"] == "accepted"
    assert plain.receipts("label/L2").count("accepted") == 1


def test_a_rejected_event_may_be_offered_again(plain):
    """Its fault may have been that something came too late."""
    early = bom("B", unit="CT")
    assert plain.arrive(early, id="E1")["status"] == "rejected"
    plain.arrive({**oil_uom("B"), "conversions": [{"from_unit": "CT", "numerator": 1, "denominator": 1}]})
    assert plain.arrive(early, id="E1")["status"] == "accepted"


def test_a_master_counts_only_from_the_system_of_record_of_its_domain(plain):
    result = plain.deliver("master", "label/L2", LABEL, source="mes")
    assert (result["status"], codes(result)) == ("rejected", ["not_system_of_record"])


def test_another_content_of_an_accepted_revision_is_rejected(plain):
    result = plain.arrive({**label(), "market": "US"})
    assert (result["status"], codes(result)) == ("rejected", ["revision_exists"])


def test_the_audit_trail_names_revision_and_error_of_a_rejection(plain):
    plain.arrive({**bom("B"), "lines": []})
    (event,) = plain.audit("bom", "B", outcome="refused")
    assert (event["revision"], event["actor"]) == ("B", "integration")
    assert event["errors"] == ["bom_incomplete: bom B has no lines; give at least one component"]


# order of states


def order(status: str) -> dict:
    quantity = {"value": "1", "unit": "C62"}
    return {"id": "O1", "item": "CREAM", "quantity": quantity, "site": "EAST", "status": status}


def test_an_older_state_does_not_undo_a_newer_one(plain):
    plain.deliver("order", "order/O1", order("Released"), "erp", sequence=f"{7:012d}")
    stale = plain.deliver("order", "order/O1", order("Created"), "erp", sequence=f"{6:012d}")
    assert (stale["status"], codes(stale)) == ("duplicate", ["stale_sequence"])
    assert plain.app.instance.state.get("order", "O1")["status"] == "Released"
    assert plain.receipts("order/O1") == ["accepted", "duplicate"]
    plain.deliver("order", "order/O1", order("Closed"), "erp", sequence=f"{8:012d}")
    assert plain.app.instance.state.get("order", "O1")["status"] == "Closed"


def test_each_subject_is_numbered_for_itself(plain):
    plain.deliver("order", "order/O1", order("Released"), "erp", sequence=f"{7:012d}")
    other = {**order("Created"), "id": "O2"}
    assert plain.deliver("order", "order/O2", other, "erp", sequence=f"{1:012d}")["status"] == "accepted"


def test_masters_are_revisions_not_states_and_may_come_in_any_order(plain):
    plain.arrive(label() | {"revision": "C"}, sequence=f"{7:012d}")
    assert plain.arrive(label() | {"revision": "B"}, sequence=f"{6:012d}")["status"] == "accepted"


def test_what_a_rejected_event_did_before_it_was_rejected_is_undone(new_plain):
    def half(ctx, data):
        ctx.state.put("order", data["id"], data)
        return Verdict("rejected", (Reason("no", "not this one"),))

    plain = new_plain(apply_order=half)
    assert plain.deliver("order", "order/O1", order("Created"), "erp")["status"] == "rejected"
    assert plain.app.instance.state.get("order", "O1") is None


def test_a_change_request_is_noted(plain):
    change = {
        "id": "C1", "rationale": "r", "impact": ["bom"], "members": [], "status": "promoted",
        "effectivity": {"instant": None, "local": None},
    }  # fmt: skip
    assert plain.deliver("change", "change/C1", change, "qms")["status"] == "accepted"
    assert plain.audit("change", "C1")[0]["new"] == "promoted"
