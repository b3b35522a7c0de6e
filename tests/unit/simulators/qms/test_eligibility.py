"""The on-demand question whether a lot may be used, and its log."""

from tests.unit.simulators.bench import codes


def ask(qms, lot="L1", caller="mes", token="integration"):
    headers = {"Authorization": f"Bearer {token}", "X-Caller": caller}
    return qms.client.get("/eligibility", params={"lot": lot}, headers=headers).json()


def test_a_lot_that_may_be_used_is_eligible(qms):
    qms.lot("L1")
    assert ask(qms) == {"lot": "L1", "eligible": True, "reasons": [], "checked_at": "2027-02-01T12:00:00Z"}


def test_a_held_or_expired_lot_is_not_and_the_answer_says_why(qms):
    qms.lot("L1", expiry="2027-02-01T12:00:00Z")
    qms.decide("item", "OIL")
    answer = ask(qms)
    assert (answer["eligible"], codes(answer)) == (False, ["lot_restricted", "lot_expired"])


def test_who_asked_and_what_was_answered_is_logged_in_order(qms):
    qms.lot("L1")
    ask(qms)
    qms.decide("lot", "L1")
    qms.time("2027-02-01T12:00:05Z")
    ask(qms, " L1 ")
    assert qms.get("/eligibility-checks", lot="L1")["items"] == [
        {"lot": "L1", "asked_by": "mes", "at": "2027-02-01T12:00:00Z", "eligible": True},
        {"lot": "L1", "asked_by": "mes", "at": "2027-02-01T12:00:05Z", "eligible": False},
    ]


def test_only_the_integration_may_ask_in_another_name(qms):
    qms.lot("L1")
    ask(qms, token="viewer")
    assert qms.get("/eligibility-checks", lot="L1")["items"][0]["asked_by"] == "viewer"


def test_an_unknown_lot_is_no_eligible_one(qms):
    answer = ask(qms, "L9")
    assert (answer["status"], codes(answer)) == ("refused", ["unknown_lot"])
