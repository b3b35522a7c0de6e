"""A record answers what it was asked before, in the order of each scenario, and nothing else."""

import pytest

from syncproof.transport.player import Player, ReplayMismatch

GET = {"method": "GET", "url": "http://erp/items/1", "headers": {}, "body_sha": None}


LANDSCAPE = {
    "type": "landscape_opened",
    "users": {
        "erp": {name: {"stand_in": f"<redacted:{name}>"} for name in ("viewer", "qa")},
        "mes": {"planner": {"stand_in": "<redacted:viewer>"}},
    },
}
"""The planner of the MES has the viewer's password."""


def exchange(scenario, status=200, body="b", request=GET, error=None):
    response = None if status is None else {"status": status, "headers": {"X": "y"}, "body_sha": body}
    return {
        "type": "exchange",
        "id": "main-x1",
        "scenario": scenario,
        "system": "erp",
        "request": request,
        "response": response,
        "error": error,
        "started": "2026-01-02T03:04:05.000006Z",
        "ms": 12.5,
    }


def player(*events):
    return Player(events, lambda name: None if name is None else f"body {name}".encode())


def test_the_same_request_gets_its_answers_in_their_order():
    """Polling asks the same again and again."""
    play = player(exchange("a", body="1"), exchange("b", body="other"), exchange("a", body="2"))
    found = [play.answer("a", "erp", GET) for _ in range(2)]
    assert [one.body for one in found] == [b"body 1", b"body 2"]
    assert (found[0].status, found[0].headers, found[0].seconds) == (200, {"X": "y"}, 0.0125)
    assert found[0].started.isoformat() == "2026-01-02T03:04:05.000006+00:00"


def test_no_answer_stays_no_answer():
    """With the words of the run."""
    found = player(exchange("a", status=None, error="no answer within 5 s")).answer("a", "erp", GET)
    assert (found.status, found.body, found.error) == (None, b"", "no answer within 5 s")


@pytest.mark.parametrize(
    ("scenario", "system", "request_", "message"),
    [
        (
            "a",
            "erp",
            GET | {"url": "http://erp/items/2"},
            "which the record does not hold; it holds GET http://erp/items/1",
        ),
        ("a", "erp", GET | {"body_sha": "x"}, "with another body, or more often"),
        ("b", "erp", GET, "which the record does not hold"),
        ("a", "mes", GET, "mes was asked GET http://erp/items/1, which the record does not hold"),
    ],
)
def test_what_was_not_asked_has_no_answer(scenario, system, request_, message):
    """The nearest that is on record is named."""
    with pytest.raises(ReplayMismatch, match=message.replace("?", r"\?")):
        player(exchange("a")).answer(scenario, system, request_)


def test_nothing_is_answered_more_often_than_it_was():
    """A verdict must not rest on an answer that was not there."""
    play = player(exchange("a"))
    play.answer("a", "erp", GET)
    with pytest.raises(ReplayMismatch, match="more often, than the record holds"):
        play.answer("a", "erp", GET)


def test_inputs_come_back_in_the_order_of_their_scenario():
    """Host times, and the looks of each wait."""
    play = player(
        {"type": "input", "scenario": "a", "name": "now", "value": "one"},
        {"type": "input", "scenario": "b", "name": "now", "value": "two"},
        {"type": "input", "scenario": "a", "name": "now", "value": "three"},
        {"type": "check", "scenario": "a", "rounds": 7},
        {"type": "check", "scenario": "a"},
    )
    assert [play.next_input("a", "now") for _ in range(2)] == ["one", "three"]
    assert play.next_input("a", "rounds") == 7
    with pytest.raises(ReplayMismatch, match="no other 'rounds'"):
        play.next_input("a", "rounds")


def get(**headers):
    return GET | {"headers": {name.replace("_", "-"): value for name, value in headers.items()}}


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"Authorization": "Bearer <redacted:viewer>"}, {"Authorization": "Bearer <redacted:qa>"}),
        ({"Authorization": "Basic <redacted:planner>"}, {"Authorization": "Basic <redacted:viewer>"}),
        ({"Authorization": "<redacted:authorization>"}, {"Authorization": "Bearer <redacted:qa>"}),
        ({}, {"Authorization": "Bearer <redacted:qa>"}),
        ({"X-Api-Key": "<redacted:viewer>"}, {"X-Api-Key": "<redacted:qa>"}),
        ({"Authorization": "Basic <redacted:viewer>"}, {"Authorization": "Basic <redacted:planner>"}),
    ],
    ids=["another", "by password", "nobody known", "nobody", "in another header", "shared password"],
)
def test_an_answer_is_given_only_to_the_user_who_got_it(then, now):
    """Who may do what is what many verdicts are about."""
    asked = get(**now)
    with pytest.raises(ReplayMismatch, match="on record it is .* \\(exchange main-x1\\)"):
        player(LANDSCAPE, exchange("a", request=GET | {"headers": then})).answer("a", "erp", asked)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"Authorization": "Bearer <redacted:viewer>"}, {"Authorization": "Bearer <redacted:viewer>"}),
        ({"Authorization": "Bearer <redacted:viewer>"}, {"Authorization": "Bearer <redacted:token>"}),
        ({"Authorization": "Bearer unknown-x"}, {"Authorization": "<redacted:authorization>"}),
        ({"Date": "then"}, {"Date": "now"}),
    ],
    ids=["the same", "a token that the system gave out", "nobody known", "no user at all"],
)
def test_what_is_no_secret_of_a_user_may_be_written_otherwise(then, now):
    """A token that a system gave out is known to the run, and not at replay."""
    play = player(LANDSCAPE, exchange("a", request=GET | {"headers": then}))
    assert play.answer("a", "erp", GET | {"headers": now}).status == 200


def test_a_body_that_is_not_in_the_pack_is_not_an_empty_one():
    """An answer without a body has none."""
    lost = Player([exchange("a", body="gone"), exchange("a", body=None)], lambda _: None)
    with pytest.raises(ReplayMismatch, match="the body of an answer is not in the pack: exchanges/gone"):
        lost.answer("a", "erp", GET)
    assert lost.answer("a", "erp", GET).body == b""
