"""Systems without effective dates are switched when the time has come."""

from datetime import UTC, datetime, timedelta

import pytest

from syncproof import model as m
from syncproof.integration.schedule import ScheduledActivator
from tests.unit.integration.plant import Posted

T = datetime(2027, 3, 10, 6, tzinfo=UTC)
A, B = ("bom", "X", "A"), ("bom", "X", "B")


class Bench:
    def __init__(self, changes) -> None:
        self.tryton = Posted("tryton")
        self.now = T - timedelta(days=1)
        self.schedule = ScheduledActivator(changes, {"tryton": self.tryton}, lambda: self.now)

    @property
    def active(self) -> list[str]:
        return [ref.revision for ref in self.tryton.active]


@pytest.fixture
def bench(changes) -> Bench:
    return Bench(changes)


def test_a_revision_is_activated_when_its_instant_comes_and_not_before(bench):
    bench.schedule.plan([A], T)
    bench.schedule.run_due()
    assert bench.active == []
    bench.now = T
    bench.schedule.run_due()
    assert bench.tryton.active == [m.MasterRef(domain="bom", id="X", revision="A")]


def test_it_is_activated_once(bench):
    bench.schedule.plan([A], T)
    bench.now = T
    for _ in range(3):
        bench.schedule.run_due()
    assert bench.active == ["A"]


def test_a_refused_activation_stays_due(bench):
    """A system that says no has not switched: noting it as done would hide a drift for ever."""
    bench.schedule.plan([A], T)
    bench.now = T
    bench.tryton.refuses_activation = True
    bench.schedule.run_due()
    bench.tryton.refuses_activation = False
    bench.schedule.run_due()
    assert bench.active == []  # not before a while
    bench.schedule.run_due(at_once=True)
    assert bench.active == ["A"]


def test_only_masters_that_the_system_holds_are_planned(bench):
    bench.schedule.plan([("recipe", "R", "A"), A], T)
    bench.now = T
    bench.schedule.run_due()
    assert [ref.domain for ref in bench.tryton.active] == ["bom"]
