"""A change is activated everywhere or nowhere, and never rewrites history."""

from datetime import UTC, datetime, timedelta

import pytest

from syncproof import contracts
from syncproof.integration.gate import Gate
from syncproof.integration.store import Answer
from tests.unit.integration.plant import change, master_event, material

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ZONES = {"EAST": "Europe/Berlin", "WEST": "America/New_York"}
SYSTEMS = ("erp", "mes", "wms")
M = material("M")


class Bench:
    """A gate with two consumers."""

    def __init__(self, store, changes) -> None:
        self.store = store
        self.changes = changes
        self.now = NOW
        self.activated: list[tuple[dict, datetime]] = []
        self.takers = {"material": SYSTEMS}
        self.trouble: str | None = None
        self.gate = Gate(
            store, changes, ZONES, lambda: self.now, lambda domain: self.takers.get(domain, ()),
            keeps_staged=frozenset({"mes"}), troubles=lambda _: self.trouble,
            activate=lambda event, _, start: self.activated.append((event, start)),
        )  # fmt: skip

    def publish(self, *masters) -> None:
        self.store.keep("erp", "1", map(master_event, masters), SYSTEMS)

    def answer(self, system: str, status: str) -> None:
        self.store.settle(system, [Answer(seq, status, ("why: so",)) for seq, _ in self.store.open(system)])

    def accept(self, *masters) -> None:
        self.publish(*masters)
        for system in ("mes", "wms"):
            self.answer(system, "accepted")

    def promote(self, id: str, *masters, **effectivity: str) -> None:
        self.changes.note(change(id, *masters, **effectivity)["data"])
        self.gate.look()

    @property
    def effectivity(self) -> dict:
        return self.activated[-1][0]["data"]["effectivity"]


@pytest.fixture
def bench(store, changes) -> Bench:
    return Bench(store, changes)


def test_a_change_waits_until_every_system_has_every_member(bench):
    bench.publish(M)
    bench.promote("C", M)
    assert bench.changes.why("C") == [
        "material M rev A at mes: not delivered yet",
        "material M rev A at wms: not delivered yet",
    ]
    bench.answer("mes", "accepted")
    bench.gate.look()
    assert not bench.activated
    bench.answer("wms", "accepted")
    bench.gate.look()
    assert len(bench.activated) == 1
    assert bench.changes.why("C") == []


def test_a_member_that_nobody_published_keeps_the_change_waiting(bench):
    """Not the owner either: what is not there cannot be activated."""
    bench.promote("C", M)
    assert [reason.rpartition(": ")[2] for reason in bench.changes.why("C")] == ["not published by its owner yet"] * 3


def test_a_member_that_no_system_takes_keeps_the_change_waiting(bench):
    """*Every one of no systems* would be true, and wrong."""
    bench.takers = {}
    bench.accept(M)
    bench.promote("C", M)
    assert not bench.activated
    assert "no system takes" in bench.changes.why("C")[0]


def test_a_change_is_activated_once(bench):
    bench.accept(M)
    bench.promote("C", M)
    bench.gate.look()
    bench.promote("C", M)
    assert len(bench.activated) == 1


def test_the_activation_keeps_its_contract(bench):
    bench.accept(M)
    bench.promote("C", M)
    event = bench.activated[0][0]
    assert contracts.explain("event", event) == []
    assert contracts.explain("activation", event["data"]) == []


def test_an_activation_that_cannot_be_stored_leaves_the_change_pending(bench):
    """Otherwise a process that dies in between would never activate it."""
    bench.accept(M)
    activate, bench.gate._activate = bench.gate._activate, lambda *_: (_ for _ in ()).throw(RuntimeError)
    with pytest.raises(RuntimeError):
        bench.promote("C", M)
    bench.gate._activate = activate
    bench.gate.look()
    assert len(bench.activated) == 1


def test_why_a_change_waits_is_said_in_the_systems_own_words(bench):
    bench.publish(M)
    bench.answer("mes", "staged")
    bench.trouble = "wms is down"
    bench.promote("C", M)
    assert bench.changes.why("C") == [
        "material M rev A at mes: staged: why: so",
        "material M rev A at wms: not delivered yet (wms is down)",
    ]


# offering again


def test_a_staged_member_is_offered_again_when_something_was_accepted_there(bench):
    bench.publish(M)
    bench.answer("mes", "staged")
    bench.promote("C", M)
    assert bench.store.open("mes") == []
    bench.publish(material("N"))
    bench.answer("mes", "accepted")
    bench.gate.look()
    assert [event["data"]["id"] for _, event in bench.store.open("mes")] == ["M"]


def test_a_staged_member_is_not_offered_again_for_nothing(bench):
    """Staged twice in a row, nothing new: the system is left alone."""
    bench.publish(M, material("N"))
    (first, _), (second, _) = bench.store.open("mes")
    bench.store.settle("mes", [Answer(first, "staged"), Answer(second, "accepted")])
    bench.promote("C", M)
    bench.answer("mes", "staged")
    bench.gate.look()
    assert bench.store.open("mes") == []


@pytest.mark.parametrize(("system", "offered"), [("mes", 0), ("wms", 1)])
def test_only_where_nothing_is_staged_a_refused_member_is_offered_again(bench, system, offered):
    """mes keeps in staging what may still come right, so its no is a no; wms has no such place."""
    bench.publish(M)
    bench.answer(system, "rejected")
    bench.promote("C", M)
    bench.publish(material("N"))
    bench.answer(system, "accepted")
    bench.gate.look()
    assert len(bench.store.open(system)) == offered


# dates


def test_a_future_date_is_passed_on_as_it_was_stated(bench):
    bench.accept(M)
    bench.promote("C", M, local="2027-03-28T02:30:00")
    assert bench.effectivity == {"local": "2027-03-28T02:30:00"}


def test_an_initial_load_keeps_its_past_date(bench):
    bench.accept(M)
    bench.promote("C", M, instant="2027-01-01T00:00:00+00:00")
    assert bench.effectivity == {"instant": "2027-01-01T00:00:00+00:00"}


def test_a_date_that_went_by_while_the_change_was_waiting_becomes_now(bench):
    """What was in effect yesterday stays what was in effect yesterday."""
    bench.accept(M, material("M", "B"))
    bench.promote("C", M)
    bench.promote("D", material("M", "B"), instant="2027-03-01T11:59:59+00:00")
    assert bench.effectivity == {"instant": NOW.isoformat()}


@pytest.mark.parametrize(("local", "stamped"), [("2027-03-01T06:59:59", True), ("2027-03-01T07:00:01", False)])
def test_a_local_date_has_gone_by_when_it_has_at_the_last_site(bench, local, stamped):
    """Noon UTC is 13:00 in Berlin and 07:00 in New York."""
    bench.accept(M, material("M", "B"))
    bench.promote("C", M)
    bench.promote("D", material("M", "B"), local=local)
    assert ("instant" in bench.effectivity) is stamped


def test_a_date_that_is_now_is_not_late(bench):
    bench.accept(M, material("M", "B"))
    bench.promote("C", M)
    bench.promote("D", material("M", "B"), instant="2027-03-01T13:00:00+01:00")
    assert bench.effectivity == {"instant": "2027-03-01T13:00:00+01:00"}


def test_where_there_are_no_sites_the_first_sites_date_counts(bench):
    """02:30 does not exist in Berlin on that day: it is read with the offset before the change."""
    bench.accept(M)
    bench.promote("C", M, local="2027-03-28T02:30:00")
    assert bench.activated[-1][1] == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_change_that_cannot_be_read_holds_up_no_other(bench):
    bench.accept(M)
    bench.changes.note({"id": "BAD", "status": "promoted", "members": [], "effectivity": {}})
    bench.promote("C", M)
    assert len(bench.activated) == 1
    assert "cannot be read" in bench.changes.why("BAD")[0]


def test_late_means_late_at_the_time_of_activation(bench):
    bench.accept(M)
    bench.promote("C", M)
    bench.publish(material("M", "B"))
    bench.promote("D", material("M", "B"), instant="2027-03-01T12:00:10+00:00")
    bench.now = NOW + timedelta(seconds=20)
    for system in ("mes", "wms"):
        bench.answer(system, "accepted")
    bench.gate.look()
    assert bench.effectivity == {"instant": bench.now.isoformat()}
