"""A defect is on or off within a running system, and is seen to make a difference or none."""

import pytest

from syncproof.defects.base import Defect, Variation
from syncproof.defects.switch import Switchboard
from syncproof.simulators.chassis.errors import Refused, refuse


class Doubled(Defect):
    id, policy = "D", "amount"

    def replacement(self, original, value):
        return 2 * original(value)


class Lenient(Defect):
    id, policy = "L", "guard"

    def replacement(self, original):
        return None


class Broken(Defect):
    id, policy = "B", "amount"

    def replacement(self, original, value):
        return value.missing


class Piecewise(Defect):
    id, policy = "P", "amount"

    def replacement(self, original, value):
        yield from [original(value)]


class Kept(Defect):
    id, policy = "K", "audit"

    def replacement(self, original):
        return None


class Reordered(Variation):
    id, policy = "R", "members"

    def replacement(self, original):
        return dict(reversed(original().items()))


class Later(Variation):
    id, policy, shows = "T", "members", False

    def replacement(self, original):
        return original()


@pytest.fixture
def board():
    return Switchboard({one.id: one() for one in (Doubled, Lenient, Broken, Piecewise, Kept, Reordered, Later)})


def add_one(value):
    return value + 1


def guard():
    refuse("no", "it is not allowed")


def test_a_policy_that_no_defect_replaces_stays_itself(board):
    assert board.exchange("other", add_one) is add_one


def test_a_defect_acts_only_while_it_is_on(board):
    amount = board.exchange("amount", add_one)
    assert amount(1) == 2
    board.turn_on("D")
    assert amount(1) == 4
    assert board.turn_off().told() == {"calls": 1, "differences": 1, "crashes": []}
    assert amount(1) == 2


def test_a_defect_of_another_policy_does_nothing_here(board):
    amount = board.exchange("amount", add_one)
    board.turn_on("L")
    assert amount(1) == 2
    assert board.turn_off().calls == 0


def test_calls_that_give_what_they_gave_before_make_no_difference(board):
    amount = board.exchange("amount", lambda value: 0)
    board.turn_on("D")
    amount(7)
    assert board.turn_off().told() == {"calls": 1, "differences": 0, "crashes": []}


def test_a_refusal_that_is_left_out_is_a_difference(board):
    held = board.exchange("guard", guard)
    with pytest.raises(Refused):
        held()
    board.turn_on("L")
    assert held() is None
    assert board.turn_off().differences == 1


def test_a_crash_is_kept_in_words_and_goes_on(board):
    amount = board.exchange("amount", add_one)
    board.turn_on("B")
    with pytest.raises(AttributeError):
        amount(1)
    assert "AttributeError" in board.turn_off().crashes[0]


def test_what_is_made_piece_by_piece_is_compared_as_a_whole(board):
    amount = board.exchange("amount", lambda value: iter([value]))
    board.turn_on("P")
    assert len(amount(1)) == 1
    assert board.turn_off().calls == 1


def test_a_policy_that_does_something_is_not_asked_twice(board):
    done = []
    audit = board.exchange("audit", lambda: done.append(1))
    board.turn_on("K")
    audit()
    assert done == []
    assert board.turn_off().told() == {"calls": 1, "differences": None, "crashes": []}


def test_each_defect_begins_with_an_empty_record(board):
    amount = board.exchange("amount", add_one)
    board.turn_on("D")
    amount(1)
    board.turn_on("D")
    assert board.turn_off().calls == 0


def test_a_variation_may_change_what_equality_does_not_see(board):
    members = board.exchange("members", lambda: {"a": 1, "b": 2})
    board.turn_on("R")
    assert list(members()) == ["b", "a"]
    assert board.turn_off().differences == 1


def test_that_a_variation_takes_its_time_cannot_be_seen_in_a_value(board):
    members = board.exchange("members", lambda: {"a": 1})
    board.turn_on("T")
    members()
    assert board.turn_off().told() == {"calls": 1, "differences": None, "crashes": []}
