"""The whole flow, with systems that are only memory."""

from datetime import UTC, datetime

import pytest

from syncproof.integration.database import Database
from syncproof.integration.hub import Hub
from syncproof.integration.store import kind_of
from syncproof.patience import poll
from tests.unit.integration.plant import Consumer, Owner, Posted, change, master_event, material

ZONES = {"EAST": "Europe/Berlin"}
M = material("M")


class Plant:
    """erp and qms publish, mes takes, tryton is posted to."""

    def __init__(self, state: str = ":memory:") -> None:
        self.erp, self.qms = Owner("erp"), Owner("qms")
        self.mes, self.tryton = Consumer("mes"), Posted("tryton")
        self.systems = {s.name: s for s in (self.erp, self.qms, self.mes, self.tryton)}
        self.state = state
        self.hub = self.start()

    def start(self) -> Hub:
        self.hub = Hub(self.systems, self.systems.__getitem__, Database(self.state), ZONES, {"material": "erp"})
        self.hub.start()
        return self.hub


@pytest.fixture
def plant(tmp_path):
    plant = Plant(str(tmp_path / "state.sqlite"))
    yield plant
    plant.hub.stop()


def kinds(system: Consumer) -> list[str]:
    return [kind_of(event) for event in system.taken]


def reached(condition) -> bool:
    return poll(condition, within=5)


def test_a_promoted_change_reaches_every_system_after_its_members(plant):
    """The owner is told of the activation too, though not of its own master."""
    plant.erp.publish(master_event(M))
    plant.qms.publish(change("C", M))
    assert reached(lambda: "activation" in kinds(plant.mes) and "activation" in kinds(plant.erp))
    assert kinds(plant.mes)[-1] == "activation"
    assert set(kinds(plant.mes)) == {"master", "change", "activation"}
    assert "master" not in kinds(plant.erp)
    assert reached(lambda: "activation" in kinds(plant.qms))


def test_where_there_are_no_effective_dates_the_clock_activates(plant):
    """What is due is in effect when the clock has been set."""
    plant.erp.publish(master_event(M))
    plant.qms.publish(change("C", M))
    plant.hub.set_clock(datetime(2027, 3, 10, 5, 59, tzinfo=UTC))
    assert reached(lambda: plant.hub.changes.is_initial([("material", "M", "A")]) is False)
    assert plant.tryton.active == []
    plant.hub.set_clock(datetime(2027, 3, 10, 6, tzinfo=UTC))
    assert plant.tryton.active == [M.ref]


def test_a_consumer_that_is_down_holds_up_nobody_else(plant):
    plant.mes.down = True
    plant.erp.publish(master_event(M))
    assert reached(lambda: "master" in kinds(plant.qms))
    plant.mes.down = False
    assert reached(lambda: "master" in kinds(plant.mes))


def test_after_a_restart_nothing_is_lost_and_nothing_comes_twice(plant):
    plant.mes.down = True
    plant.erp.publish(master_event(M))
    plant.qms.publish(change("C", M))
    assert reached(lambda: "change" in kinds(plant.erp))
    plant.hub.stop()
    plant.mes.down = False
    plant.start()
    assert reached(lambda: "activation" in kinds(plant.mes))
    plant.erp.publish(master_event(material("N")))
    assert reached(lambda: kinds(plant.mes)[-1] == "master")
    for system in (plant.mes, plant.qms, plant.erp):
        assert len(set(system.ids)) == len(system.ids)


def test_a_staged_member_comes_right_when_what_it_waits_for_arrives(plant):
    plant.mes.staging = {"M"}
    plant.erp.publish(master_event(M))
    plant.qms.publish(change("C", M))
    assert reached(lambda: any("staged" in why for why in plant.hub.changes.why("C")))
    plant.mes.staging.clear()
    plant.erp.publish(master_event(material("N")))
    assert reached(lambda: "activation" in kinds(plant.mes))


def test_a_system_that_refuses_what_it_cannot_take_yet_is_asked_again(plant):
    plant.tryton.refusing = {"M"}
    plant.erp.publish(master_event(M))
    plant.qms.publish(change("C", M))
    assert reached(lambda: any("tryton: rejected" in why for why in plant.hub.changes.why("C")))
    plant.tryton.refusing = set()
    plant.erp.publish(master_event(material("N")))
    assert reached(lambda: "activation" in kinds(plant.mes))


def test_what_is_made_at_a_polled_system_comes_to_all_others():
    plant = Plant()
    plant.hub.stop()
    hub = Hub(plant.systems, plant.systems.__getitem__, Database(), ZONES, {"material": "tryton"})
    hub.start()
    plant.tryton.records = [M]
    assert reached(lambda: kinds(plant.mes) == ["master"])
    assert plant.tryton.posts == []
    hub.stop()


def test_after_a_reset_everything_is_read_again(plant):
    plant.erp.publish(master_event(M))
    assert reached(lambda: len(plant.mes.taken) == 1)
    plant.hub.database.clear()
    assert reached(lambda: len(plant.mes.taken) == 2)
