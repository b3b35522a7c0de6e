"""Policies are the seam: one exchanged decision changes that decision and nothing else."""

import pytest

from tests.unit.simulators.bench import APPROVALS, START, bom, label, master, material, ref


def test_the_hold_guard_can_be_exchanged_alone(new_plain):
    lenient = new_plain(hold_guard=lambda _ctx, _lot: None)
    lenient.lot("L1")
    lenient.hold("lot", "L1")
    assert lenient.post("/uses", by="operator", lot="L1")["status"] == "accepted"
    assert lenient.get("/lots", id="L1")["item"]["disposition"] == "Restricted"


def test_the_activation_gate_can_be_exchanged_alone(new_plain):
    hasty = new_plain(activation_gate=lambda _ctx, _activation: [])
    orphan = bom("B")
    orphan["lines"][1] = {**orphan["lines"][1], "item": "SPICE"}
    hasty.arrive(orphan)
    hasty.activate(ref(orphan), change="C1", instant=START)
    assert hasty.effective("bom", "B") == "B"


def test_deduplication_can_be_exchanged_alone(new_plain):
    forgetful = new_plain(deduplication=lambda _ctx, _event: [])
    event = {"kind": "consumption", "lot": "L1", "item": "OIL", "quantity": {"value": "1", "unit": "KGM"}}
    more = {"order_id": "O1", "op_no": "10", "at": START}
    forgetful.lot("L1", value="10")
    for _ in range(2):
        forgetful.deliver("fact", "fact/1", {**event, **more}, id="E1")
    assert forgetful.get("/lots", id="L1")["item"]["quantity"]["value"] == "8"


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ("ownership", lambda _ctx, _domain: None),
        ("role_guard", lambda _ctx, _needed: None),
        ("reason_guard", lambda _reason: None),
        ("bulk_checks", ()),
    ],
)
def test_each_guard_of_a_write_can_be_exchanged_alone(new_plain, policy, answer):
    foreign = {"data": master("label", "L9", item="CREAM", artwork_hash="x", market="EU")}
    own = {"data": material("NEW")}

    def outcomes(system) -> tuple[str, ...]:
        return (
            system.bulk("/masters", foreign, by="engineer")[0]["status"],
            system.bulk("/masters", own, by="viewer")[0]["status"],
            system.bulk("/masters", own, by="engineer", reason=None)[0]["status"],
        )

    changed = {
        "ownership": ("accepted", "refused", "refused"),
        "role_guard": ("refused", "accepted", "refused"),
        "reason_guard": ("refused", "refused", "accepted"),
        "bulk_checks": ("refused", "accepted", "accepted"),
    }
    assert outcomes(new_plain()) == ("refused", "refused", "refused")
    assert outcomes(new_plain(**{policy: answer})) == changed[policy]


def test_a_validator_of_one_domain_can_be_exchanged_alone(new_plain):
    system = new_plain()
    rules = system.app.instance.system.rules
    careless = new_plain(validators={**rules.validators, "bom": lambda _ctx, _master: ()})
    assert careless.arrive({**bom("B"), "lines": []})["status"] == "accepted"
    assert careless.arrive({**label(), "revision": "B", "artwork_hash": ""})["status"] == "rejected"


def test_the_approval_rule_can_be_exchanged_alone(new_plain):
    lax = new_plain(approvals=lambda _activation: [])
    lax.arrive(bom("B", oil="11"))
    data = {
        "change_id": "C1",
        "members": [ref(bom("B"))],
        "effectivity": {"instant": START},
        "approvals": APPROVALS[:1],
    }
    assert lax.deliver("activation", "activation/C1", data, "integration")["status"] == "accepted"


def test_silence_of_the_audit_trail_can_be_exchanged_alone(new_plain):
    mute = new_plain(audit=lambda _ctx, _event: None)
    assert mute.submit(material("NEW"))["status"] == "accepted"
    assert mute.audit("material", "NEW") == []
