"""Holds and releases: who may, of what, and how the others are told."""

import pytest

from tests.unit.simulators.bench import LOT_RULE, codes


@pytest.fixture
def stocked(qms):
    qms.lot("L1")
    return qms


@pytest.mark.parametrize("bulk", [False, True])
@pytest.mark.parametrize(("scope", "target"), [("lot", "L1"), ("item", "OIL"), ("location", "RACK-1")])
def test_a_hold_restricts_at_once_and_is_told_to_the_others(stocked, scope, target, bulk):
    if bulk:
        body = {"scope": scope, "target": target, "disposition": "Restricted"}
        (answer,) = stocked.bulk("/dispositions", body, by="qa", reason="contaminated")
    else:
        answer = stocked.decide(scope, target, reason="contaminated")
    assert (answer["status"], answer["key"]) == ("accepted", target)
    assert stocked.disposition() == "Restricted"
    assert stocked.told("disposition") == [
        {
            "scope": scope, "target": target, "disposition": "Restricted", "reason": "contaminated", "by": "qa",
            "at": "2027-02-01T12:00:00Z",
        }
    ]  # fmt: skip


def test_the_audit_trail_of_the_lot_shows_hold_and_release_with_who_when_and_why(stocked):
    stocked.decide("lot", "L1", reason="suspicion")
    stocked.time("2027-02-01T13:00:00Z")
    stocked.decide("lot", "L1", "UnRestricted", reason="cleared")
    assert stocked.disposition() == "UnRestricted"
    found = [
        (e["old"], e["new"], e["actor"], e["at"], e["reason"]) for e in stocked.audit("lot", "L1", field="disposition")
    ]
    assert found == [
        ("UnRestricted", "Restricted", "qa", "2027-02-01T12:00:00Z", "suspicion"),
        ("Restricted", "UnRestricted", "qa", "2027-02-01T13:00:00Z", "cleared"),
    ]


def test_an_inspector_may_restrict_and_only_an_approver_releases(stocked):
    assert stocked.decide("lot", "L1", by="inspector")["status"] == "accepted"
    refused = stocked.decide("lot", "L1", "UnRestricted", by="inspector")
    assert (refused["http"], codes(refused)) == (403, ["forbidden"])
    assert stocked.disposition() == "Restricted"
    assert stocked.decide("lot", "L1", by="warehouse")["http"] == 403


def test_a_hold_without_a_reason_is_refused(stocked):
    assert codes(stocked.decide("lot", "L1", reason=None)) == ["reason_missing"]
    assert stocked.disposition() == "UnRestricted"
    assert stocked.told("disposition") == []


@pytest.mark.parametrize(("scope", "target", "code"), [("lot", "L9", "unknown_lot"), ("item", "X", "unknown_item")])
def test_a_hold_of_something_unknown_is_refused(stocked, scope, target, code):
    answer = stocked.decide(scope, target)
    assert (answer["http"], codes(answer)) == (404, [code])


@pytest.mark.parametrize("wrong", [{"scope": "pallet"}, {"disposition": "Free"}])
def test_only_known_scopes_and_dispositions_are_taken(stocked, wrong):
    body = {"scope": "lot", "target": "L1", "disposition": "Restricted", **wrong}
    assert codes(stocked.post("/dispositions", by="qa", **body)) == ["schema"]


def test_a_lot_is_held_in_any_spelling(qms):
    qms.introduce(LOT_RULE)
    qms.lot("LOT-1")
    assert qms.decide("lot", " lot-1 ")["status"] == "accepted"
    assert qms.disposition("LOT-1") == "Restricted"
    assert qms.told("disposition")[0]["target"] == "LOT-1"


def test_the_events_of_one_target_are_numbered_and_scopes_kept_apart(stocked):
    stocked.decide("lot", "L1")
    stocked.decide("item", "OIL")
    stocked.decide("lot", "L1", "UnRestricted")
    events = [e for e in stocked.get("/outbox")["events"] if e["type"] == "org.syncproof.disposition.v1"]
    assert [(e["subject"], int(e["sequence"])) for e in events] == [
        ("hold/lot/L1", 1), ("hold/item/OIL", 1), ("hold/lot/L1", 2),
    ]  # fmt: skip
