"""Change control: complete requests, approvals by different people, one promotion."""

import pytest

from syncproof.contracts import explain
from tests.unit.simulators.bench import START, bom, codes, label, ref
from tests.unit.simulators.qms.conftest import DATE


def test_a_complete_request_is_a_draft_of_its_author(qms):
    assert qms.request()["status"] == "accepted"
    change = qms.change()
    assert (change["status"], change["author"], change["approvals"]) == ("draft", "engineer", [])
    assert change["members"] == [ref(bom("B"))]
    assert explain("change", change) == []
    assert qms.told("change") == []


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"rationale": " "}, "rationale_missing"),
        ({"rationale": None}, "rationale_missing"),
        ({"impact": []}, "impact_missing"),
        ({"impact": ["routing"]}, "impact_incomplete"),
        ({"members": []}, "members_missing"),
        ({"effectivity": None}, "effective_date_missing"),
        ({"effectivity": {}}, "effective_date_missing"),
        ({"effectivity": {"instant": DATE, "local": "2027-03-10T06:00:00"}}, "effective_date_missing"),
        ({"effectivity": {"instant": "2027-13-10T06:00:00Z"}}, "schema"),
        ({"effectivity": {"local": "2027-02-30T06:00:00"}}, "instant_invalid"),
        ({"by": "release"}, "forbidden"),
        ({"reason": None}, "reason_missing"),
        ({"backs_out": "C9"}, "unknown_change"),
    ],
    ids=str,
)
def test_an_incomplete_request_is_refused_for_what_it_lacks(qms, missing, code):
    answer = qms.request(**missing)
    assert (answer["status"], codes(answer)) == ("refused", [code])
    assert qms.change() is None
    assert qms.audit("change", "C1", outcome="refused")


def test_the_impact_may_name_more_than_what_changes(qms):
    assert qms.request(impact=["bom", "routing", "label"])["status"] == "accepted"


def test_a_change_is_requested_once(qms):
    qms.request()
    again = qms.request(rationale="another")
    assert (again["http"], codes(again)) == (409, ["change_exists"])
    assert qms.change()["rationale"] == "better yield"


@pytest.mark.parametrize(
    ("effectivity", "code"),
    [
        ({"instant": "2027-02-01T11:59:59Z"}, ["effective_date_past"]),
        ({"instant": START}, []),
        ({"local": "2027-02-01T12:00:00"}, ["effective_date_past"]),  # 11:00 UTC in Berlin
        ({"local": "2027-02-01T13:00:00"}, []),
    ],
    ids=str,
)
def test_a_date_that_has_passed_at_any_site_is_refused(qms, effectivity, code):
    assert codes(qms.request(effectivity=effectivity)) == code


def test_first_revisions_may_have_a_past_date_and_mixed_ones_may_not(qms):
    new = ref(label("NEW"))
    past = {"instant": "2026-01-01T00:00:00Z"}
    assert qms.request("C1", impact=["label"], members=[new], effectivity=past)["status"] == "accepted"
    mixed = qms.request("C2", impact=["label", "bom"], members=[new, ref(bom("B"))], effectivity=past)
    assert codes(mixed) == ["effective_date_past"]


# approvals


@pytest.fixture
def draft(qms):
    qms.request()
    return qms


def test_both_approvals_by_two_people_make_it_approved(draft):
    draft.approve()
    assert draft.change()["status"] == "draft"
    draft.approve("production_approver", "production")
    change = draft.change()
    assert change["status"] == "approved"
    assert [(a["user"], a["role"]) for a in change["approvals"]] == [
        ("qa", "quality_approver"), ("production", "production_approver"),
    ]  # fmt: skip
    found = {(e["actor"], e["new"]) for e in draft.audit("change", "C1", action="approve")}
    assert found == {("qa", "quality_approver"), ("production", "production_approver")}


def test_an_approval_needs_the_role_it_names(draft):
    for by in ("operator", "production", "engineer"):
        answer = draft.approve("quality_approver", by)
        assert (answer["http"], codes(answer)) == (403, ["forbidden"])
    assert draft.change()["approvals"] == []


def test_a_role_that_approves_nothing_is_refused(draft):
    assert codes(draft.approve("operator", "operator")) == ["role_invalid"]


def test_nobody_approves_a_change_of_their_own(qms):
    qms.request(by="multi")
    for role in ("quality_approver", "production_approver"):
        answer = qms.approve(role, "multi")
        assert (answer["http"], codes(answer)) == (409, ["segregation_of_duties"])
    assert qms.change()["approvals"] == []


def test_nobody_approves_twice_even_in_another_role(draft):
    assert draft.approve("quality_approver", "multi2")["status"] == "accepted"
    assert codes(draft.approve("production_approver", "multi2")) == ["segregation_of_duties"]
    assert draft.change()["status"] == "draft"


def test_two_people_of_one_role_are_no_two_roles(draft):
    draft.approve("quality_approver", "qa")
    draft.approve("quality_approver", "qa2")
    assert codes(draft.promote()) == ["approvals_missing"]


def test_an_unknown_change_cannot_be_acted_on(qms):
    for answer in (qms.approve(), qms.promote(), qms.review()):
        assert (answer["http"], codes(answer)) == (404, ["unknown_change"])
    assert qms.change() is None


# promotion


@pytest.mark.parametrize("approvals", [(), ("quality_approver",), ("production_approver",)])
def test_a_promotion_needs_both_approvals(draft, approvals):
    by = {"quality_approver": "qa", "production_approver": "production"}
    for role in approvals:
        draft.approve(role, by[role])
    answer = draft.promote()
    assert (answer["http"], codes(answer)) == (409, ["approvals_missing"])
    assert draft.told("change") == []
    assert draft.change()["status"] == "draft"


def test_a_promotion_publishes_the_change_with_its_approvals(draft):
    draft.approve_both()
    assert draft.promote()["status"] == "accepted"
    (published,) = draft.told("change")
    assert (published["status"], len(published["approvals"])) == ("promoted", 2)
    assert explain("change", published) == []
    (event,) = draft.audit("change", "C1", action="promote")
    assert (event["actor"], event["old"], event["new"], event["reason"]) == ("release", "approved", "promoted", "test")


def test_only_a_release_manager_promotes_and_never_the_author(qms):
    qms.request(by="multi")
    qms.approve_both()
    assert codes(qms.promote("qa")) == ["forbidden"]
    assert codes(qms.promote("multi")) == ["segregation_of_duties"]
    assert qms.promote("release")["status"] == "accepted"


def test_a_promoted_change_is_neither_approved_nor_promoted_again(draft):
    draft.approve_both()
    draft.promote()
    for answer in (draft.promote(), draft.approve("quality_approver", "qa2")):
        assert (answer["http"], codes(answer)) == (409, ["change_state"])
    assert len(draft.told("change")) == 1


def test_a_change_is_active_once_it_is_activated_and_its_date_has_come(draft):
    draft.approve_both()
    draft.promote()
    draft.deliver("master", "bom/B", bom("B", oil="11"), "erp")
    activation = {
        "change_id": "C1", "members": [ref(bom("B"))], "effectivity": {"instant": DATE},
        "approvals": draft.change()["approvals"],
    }  # fmt: skip
    assert draft.deliver("activation", "activation/C1", activation, "integration")["status"] == "accepted"
    draft.time("2027-03-10T05:59:59Z")
    assert draft.change()["status"] == "promoted"
    draft.time(DATE)
    assert draft.change()["status"] == "active"


def test_a_back_out_names_a_promoted_change_and_is_approved_like_any_other(draft):
    assert codes(draft.request("C2", backs_out="C1", members=[ref(bom())])) == ["change_state"]
    draft.approve_both()
    draft.promote()
    assert draft.request("C2", backs_out="C1", members=[ref(bom())])["status"] == "accepted"
    assert codes(draft.promote(key="C2")) == ["approvals_missing"]
    assert draft.change("C2")["backs_out"] == "C1"
