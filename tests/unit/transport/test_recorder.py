"""What a replay asks and the record does not hold is noted, whoever catches the error."""

from datetime import UTC, datetime

import pytest

from syncproof.errors import EvidenceError, MisuseError
from syncproof.patience import Counted
from syncproof.transport.player import Player, ReplayMismatch
from syncproof.transport.recorder import MISMATCH, Sent


def sent():
    return Sent("erp", "GET", "http://erp/x", {}, b"", datetime.now(UTC))


@pytest.fixture
def replaying(recorder, sink):
    """A recorder that plays an empty record back, in the second step of a scenario."""
    recorder.player = Player([], lambda _: None)
    sink.scenario, sink.step = "a", 2
    return recorder


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda recorder: recorder.play(sent()), "erp was asked GET http://erp/x, which the record does not hold"),
        (lambda recorder: recorder.now(), "the record holds no other 'now' of this scenario"),
        (lambda recorder: recorder.patience(1), "the record holds no other 'rounds' of this scenario"),
        (lambda recorder: recorder.wait(lambda: True, 1), "the record holds no other 'looks' of this scenario"),
    ],
    ids=["an exchange", "a time", "the looks of a check", "the looks of a step"],
)
def test_what_the_record_does_not_hold_is_noted(replaying, sink, ask, message):
    """A step or a clean-up may catch the error, and the scenario pass."""
    with pytest.raises(ReplayMismatch):
        ask(replaying)
    assert sink.events == [{"type": MISMATCH, "scenario": "a", "step": 2, "message": message}]


def test_a_body_that_was_changed_is_noted(recorder, sink):
    """It is an error of the record, and no answer."""

    def changed(_name):
        raise EvidenceError("the body x was changed")

    response = {"status": 200, "headers": {}, "body_sha": "x"}
    request = {"method": "GET", "url": "http://erp/x", "headers": {}, "body_sha": None}
    exchange = {"type": "exchange", "scenario": None, "system": "erp", "request": request, "response": response}
    exchange |= {"id": "main-x1", "error": None, "started": "2026-01-02T03:04:05Z", "ms": 1}
    recorder.player = Player([exchange], changed)
    with pytest.raises(EvidenceError):
        recorder.play(sent())
    assert [event["message"] for event in sink.events] == ["the body x was changed"]


def test_a_run_has_nothing_to_play(recorder):
    """It asks its systems."""
    with pytest.raises(MisuseError, match="this is a run, not a replay"):
        recorder.play(sent())


def test_the_looks_of_a_check_that_broke_down_come_back(recorder, sink):
    """It has no event of its own that could hold them."""
    sink.scenario = "a"
    patience = recorder.patience(1)
    patience.rounds = 3
    recorder.broken_off(patience)
    recorder.player = Player(sink.events, lambda _: None)
    again = recorder.patience(1)
    assert isinstance(again, Counted)
    assert [again.again() for _ in range(3)] == [True, True, False]
