"""Pending changes and the schedule."""

from datetime import UTC, datetime, timedelta

from tests.unit.integration.plant import change, material

T = datetime(2027, 3, 10, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
A, B = ("bom", "X", "A"), ("bom", "X", "B")


def test_only_a_promoted_change_waits(changes):
    """A draft that is told of earlier does not hide its promotion."""
    changes.note(change("C", material("M"), status="draft")["data"])
    assert changes.pending() == []
    changes.note(change("C", material("M"))["data"])
    assert [each["id"] for each in changes.pending()] == ["C"]


def test_an_active_change_waits_for_nothing(changes):
    changes.note(change("C", material("M"))["data"])
    assert changes.why("C") == ["change C has just come in"]
    changes.explain("C", ["mes lacks it"])
    assert changes.why("C") == ["mes lacks it"]
    changes.activated("C", [("material", "M", "A")])
    assert changes.why("C") == []
    assert changes.pending() == []


def test_a_change_is_initial_until_a_revision_of_one_of_its_masters_was_active(changes):
    assert changes.is_initial([A])
    changes.activated("C", [A])
    assert not changes.is_initial([("bom", "Y", "A"), B])


def due(changes, now):
    return [entry.member for entry in changes.due(now)]


def put(changes, now):
    for entry in changes.due(now):
        changes.put_into_effect(entry)


def test_nothing_is_due_before_its_instant(changes):
    changes.plan("tryton", A, T)
    assert due(changes, T - MINUTE) == []
    assert due(changes, T) == [A]


def test_of_several_due_revisions_only_the_latest_is_put_into_effect(changes):
    """A clock that jumps over two dates does not activate the first of them."""
    changes.plan("tryton", B, T + MINUTE)
    changes.plan("tryton", A, T)
    assert due(changes, T + 2 * MINUTE) == [B]


def test_what_is_in_effect_is_not_due_again(changes):
    changes.plan("tryton", A, T)
    put(changes, T)
    assert due(changes, T + MINUTE) == []


def test_a_back_out_puts_the_old_revision_into_effect_again(changes):
    for member, at in ((A, T), (B, T + MINUTE), (A, T + 2 * MINUTE)):
        changes.plan("tryton", member, at)
        put(changes, at)
    assert changes.due(T + 3 * MINUTE) == []
    changes.plan("tryton", B, T + MINUTE)  # late, for a date that has gone by
    assert due(changes, T + 3 * MINUTE) == []


def test_a_clock_that_goes_back_takes_nothing_out_of_effect(changes):
    """Each scenario sets business time back to its start; what earlier ones put into effect stays, or every
    scenario would cost as much as all before it."""
    for member, at in ((A, T), (B, T + MINUTE)):
        changes.plan("tryton", member, at)
        put(changes, at)
    assert due(changes, T) == []
    assert due(changes, T + MINUTE) == []


def test_of_two_revisions_for_one_instant_the_later_planned_counts(changes):
    changes.plan("tryton", A, T)
    changes.plan("tryton", B, T)
    assert due(changes, T) == [B]
