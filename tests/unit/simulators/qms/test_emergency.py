"""The governed exception path: authority that ends, and a review by somebody else."""

import pytest

from tests.unit.simulators.bench import START, codes

UNTIL = "2027-02-01T13:00:00Z"


@pytest.fixture
def urgent(qms):
    """An emergency change that nobody approved."""
    assert qms.request(emergency=True, effectivity={"instant": START})["status"] == "accepted"
    return qms


def test_within_its_authority_an_emergency_change_is_promoted_without_approvals(urgent):
    urgent.grant()
    urgent.time("2027-02-01T12:59:59Z")
    assert urgent.promote()["status"] == "accepted"
    change = urgent.change()
    assert (change["status"], change["review"]) == ("promoted", None)
    assert change["review_due"] == "2027-02-04T12:59:59Z"
    (used,) = change["approvals"]
    assert (used["user"], used["role"]) == ("release", "emergency_authority")
    assert UNTIL in used["meaning"]
    assert urgent.told("change")[0]["approvals"] == [used]
    assert urgent.audit("change", "C1", action="promote", actor="release", outcome="accepted")
    assert urgent.audit("change", "C1", action="use of authority", actor="release")


def test_without_authority_nothing_is_promoted(urgent):
    assert codes(urgent.promote()) == ["authority_missing"]
    urgent.grant("qa2")
    assert codes(urgent.promote()) == ["authority_missing"]
    assert urgent.change()["status"] == "draft"


def test_an_authority_is_over_at_the_instant_it_names(urgent):
    urgent.grant()
    urgent.time(UNTIL)
    answer = urgent.promote()
    assert (codes(answer), urgent.change()["review_due"]) == (["authority_expired"], None)
    assert urgent.told("change") == []


def test_an_authority_opens_nothing_for_an_ordinary_change(qms):
    qms.request()
    qms.grant()
    assert codes(qms.promote()) == ["approvals_missing"]


def test_nobody_promotes_an_emergency_change_of_their_own(qms):
    qms.request(by="multi", emergency=True)
    qms.grant("multi")
    assert codes(qms.promote("multi")) == ["segregation_of_duties"]


def test_an_emergency_change_with_all_approvals_needs_no_authority_but_a_review(urgent):
    urgent.approve_both()
    assert urgent.promote()["status"] == "accepted"
    assert urgent.change()["review_due"] is not None
    assert {a["role"] for a in urgent.change()["approvals"]} == {"quality_approver", "production_approver"}


def test_a_past_date_is_allowed_in_an_emergency(qms):
    assert qms.request(emergency=True, effectivity={"instant": "2027-02-01T11:00:00Z"})["status"] == "accepted"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"by": "release"}, "forbidden"),
        ({"user": "nobody"}, "unknown_user"),
        ({"user": "qa"}, "segregation_of_duties"),
        ({"until": START}, "validity_past"),
        ({"until": "soon"}, "instant_invalid"),
    ],
    ids=str,
)
def test_an_authority_is_granted_by_quality_to_somebody_else_for_a_time_to_come(qms, wrong, code):
    assert codes(qms.grant(**wrong)) == [code]


def test_a_grant_stands_in_the_audit_trail_of_the_user(qms):
    qms.grant()
    (event,) = qms.audit("session", "release")
    assert (event["actor"], event["new"]) == ("qa", UNTIL)


# review


@pytest.fixture
def promoted(urgent):
    urgent.grant()
    assert urgent.promote()["status"] == "accepted"
    return urgent


def test_another_person_concludes_the_review(promoted):
    assert promoted.review()["status"] == "accepted"
    assert promoted.change()["review"] == "justified"
    (event,) = promoted.audit("change", "C1", action="review")
    assert (event["actor"], event["new"]) == ("qa", "justified")


def test_who_used_the_authority_does_not_review(promoted):
    assert codes(promoted.review("release")) == ["forbidden"]


def test_neither_author_nor_promoter_reviews_even_with_the_role(qms):
    qms.request("C1", by="multi", emergency=True)
    qms.grant("release")
    qms.promote(key="C1")
    assert codes(qms.review("multi", "C1")) == ["segregation_of_duties"]
    qms.request("C2", emergency=True)
    qms.grant("multi")
    assert qms.promote("multi", "C2")["status"] == "accepted"
    assert codes(qms.review("multi", "C2")) == ["segregation_of_duties"]


def test_a_review_is_made_once_and_only_of_a_promoted_emergency_change(promoted):
    promoted.review()
    assert codes(promoted.review("qa2", conclusion="other")) == ["change_state"]
    assert promoted.change()["review"] == "justified"
    promoted.request("C2")
    assert codes(promoted.review(key="C2")) == ["change_state"]
    promoted.request("C3", emergency=True)
    assert codes(promoted.review(key="C3")) == ["change_state"]
