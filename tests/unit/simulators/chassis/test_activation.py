"""Activation: approved, complete, at once, and only once."""

import pytest

from tests.unit.simulators.bench import APPROVALS, START, bom, codes, material, recipe, ref, routing

NEXT = (recipe("B"), routing("B"), bom("B", oil="11"))
MEMBERS = [ref(each) for each in NEXT]


def offer(plain, members, approvals=APPROVALS, change="C1", at=START, **envelope):
    data = {"change_id": change, "members": members, "effectivity": {"instant": at}, "approvals": approvals}
    return plain.deliver("activation", f"activation/{change}", data, "integration", **envelope)


def in_effect(plain):
    return [plain.effective(domain, key) for domain, key in (("recipe", "REC"), ("routing", "R"), ("bom", "B"))]


@pytest.fixture
def ready(plain):
    """All members of the next revision are accepted."""
    for each in NEXT:
        plain.arrive(each)
    return plain


def test_all_members_take_effect_together(ready):
    assert offer(ready, MEMBERS)["status"] == "accepted"
    assert in_effect(ready) == ["B", "B", "B"]
    state = ready.states("bom", "B")["B"]
    assert (state["change_id"], state["approvals"], state["effective_from"]) == ("C1", APPROVALS, START)


def test_the_audit_trail_of_each_member_names_the_change(ready):
    offer(ready, MEMBERS)
    for member in MEMBERS:
        (event,) = ready.audit(member["domain"], member["id"], change_id="C1")
        assert (event["field"], event["new"], event["revision"]) == ("effective_from", START, "B")


QA, PRODUCTION = APPROVALS


@pytest.mark.parametrize(
    "approvals",
    [[], [QA], [PRODUCTION], [QA, {**PRODUCTION, "user": "qa"}], [QA, {**PRODUCTION, "role": "engineer"}]],
    ids=["none", "one", "the other", "one person", "another role"],
)
def test_an_activation_without_its_approvals_is_rejected(ready, approvals):
    result = offer(ready, MEMBERS, approvals)
    assert (result["status"], codes(result)) == ("rejected", ["approvals_missing"])
    assert in_effect(ready) == ["A", "A", "A"]


def test_an_emergency_authority_stands_in_for_the_approvals(ready):
    used = [{"user": "release", "role": "emergency_authority", "meaning": "used", "at": START}]
    assert offer(ready, MEMBERS, used)["status"] == "accepted"
    assert in_effect(ready) == ["B", "B", "B"]


@pytest.mark.parametrize("missing", range(3))
def test_nothing_of_a_change_takes_effect_while_a_member_is_missing(plain, missing):
    for place, each in enumerate(NEXT):
        if place != missing:
            plain.arrive(each)
    result = offer(plain, MEMBERS)
    assert (result["status"], codes(result)[-1]) == ("staged", "member_not_accepted")
    assert in_effect(plain) == ["A", "A", "A"]
    plain.arrive(NEXT[missing])
    assert in_effect(plain) == ["B", "B", "B"]
    assert plain.receipts("activation/C1") == ["staged", "accepted"]


def test_nothing_takes_effect_while_a_member_is_only_staged(plain):
    orphan = bom("B")
    orphan["lines"][1] = {**orphan["lines"][1], "item": "SPICE"}
    plain.arrive(orphan)
    result = offer(plain, [ref(orphan)])
    assert result["status"] == "staged"
    assert "is staged here" in result["reasons"][0]["message"]
    assert plain.effective("bom", "B") == "A"
    plain.arrive(material("SPICE", "C62"))
    assert plain.effective("bom", "B") == "B"


def test_a_staged_activation_that_comes_again_says_what_is_missing_still(plain):
    offer(plain, MEMBERS, id="E1")
    plain.arrive(NEXT[0])
    again = offer(plain, MEMBERS, id="E1")
    assert (again["status"], len(again["reasons"])) == ("staged", 2)


def test_a_change_is_activated_once(ready):
    """A second activation of one change would make it the later one of two."""
    offer(ready, MEMBERS)
    offer(ready, [ref(bom())], change="C2")
    assert ready.effective("bom", "B") == "A"
    assert offer(ready, MEMBERS)["status"] == "accepted"
    assert ready.effective("bom", "B") == "A"


def test_a_revision_may_be_activated_again_by_another_change(ready):
    """That is what a back-out is."""
    offer(ready, MEMBERS)
    offer(ready, [ref(bom())], change="C2", at="2027-03-01T00:00:00Z")
    assert ready.effective("bom", "B") == "B"
    ready.time("2027-03-01T00:00:00Z")
    states = ready.states("bom", "B")
    assert (states["A"]["status"], states["A"]["change_id"]) == ("effective", "C2")
    assert (states["B"]["status"], states["B"]["change_id"]) == ("superseded", "C1")
    assert ready.effective("bom", "B", at="2027-02-28T23:59:59Z") == "B"
