"""A consumer gets everything, in order, until it has answered."""

import threading

import pytest

from syncproof.errors import SystemUnavailable, UnusableAnswer
from syncproof.integration.delivery import Delivery, offers_to
from tests.unit.integration.plant import Consumer, Posted, event, master_event, material


@pytest.fixture
def delivery(store):
    def make(system) -> Delivery:
        return Delivery(system.name, offers_to(system.name, system), store, lambda: None)

    return make


def publish(store, *ids: str, to: str) -> None:
    store.keep("erp", "1", [master_event(material(id)) for id in ids], [to])


def test_what_came_goes_out_in_one_batch_and_in_order(store, delivery):
    mes = Consumer("mes")
    publish(store, "M", "N", to="mes")
    delivery(mes).step()
    assert [each["data"]["id"] for each in mes.taken] == ["M", "N"]
    assert mes.calls == 1
    assert store.open("mes") == []


def test_nothing_is_settled_by_a_system_that_is_down(store, delivery):
    mes = Consumer("mes")
    publish(store, "M", "N", to="mes")
    mes.down = True
    with pytest.raises(SystemUnavailable):
        delivery(mes).step()
    mes.down = False
    delivery(mes).step()
    assert [each["data"]["id"] for each in mes.taken] == ["M", "N"]


def test_events_whose_answer_was_lost_are_sent_again_with_the_same_ids(store, delivery):
    """The receiver can know them by their ids."""
    mes = Consumer("mes")
    publish(store, "M", to="mes")
    mes.silent = 1
    with pytest.raises(SystemUnavailable):
        delivery(mes).step()
    delivery(mes).step()
    assert len(mes.ids) == 2
    assert len(set(mes.ids)) == 1


def test_a_call_that_is_refused_as_a_whole_settles_no_event(store, delivery):
    """A missing role says nothing of the events: once it is granted, they must still be there."""
    mes = Consumer("mes")
    publish(store, "M", to="mes")
    mes.forbidden = True
    with pytest.raises(UnusableAnswer, match="forbidden: no role"):
        delivery(mes).step()
    assert len(store.open("mes")) == 1


def test_each_answer_is_kept_with_its_event(store, delivery):
    mes = Consumer("mes")
    mes.staging, mes.rejecting = {"M"}, {"N"}
    publish(store, "M", "N", "O", to="mes")
    delivery(mes).step()
    standings = [store.standing("mes", ("material", id, "A")) for id in "MNO"]
    assert [standing.status for standing in standings] == ["staged", "rejected", "accepted"]
    assert standings[1].reasons == ("why: so",)


def test_what_was_posted_before_a_break_is_not_posted_again(store, delivery):
    """Such a system knows no event ids, so each answer is settled before the next post."""
    tryton = Posted("tryton")
    publish(store, "M", "N", "O", to="tryton")
    tryton.breaks_at = "N"
    with pytest.raises(SystemUnavailable):
        delivery(tryton).step()
    delivery(tryton).step()
    assert [id for _, id in tryton.posts] == ["M", "N", "O"]


def test_what_a_posted_system_has_no_use_for_is_skipped(store, delivery):
    """Neither kinds that it is never posted nor what it says that it does not support."""
    tryton = Posted("tryton")
    activation = event("activation", "activation/C", {"id": "C"}, source="integration")
    recipe = event("master", "recipe/R", {"domain": "recipe", "id": "R", "revision": "A"})
    store.keep("erp", "1", [activation, recipe, master_event(material("M"))], ["tryton"])
    delivery(tryton).step()
    assert tryton.posts == [("master", "M")]
    assert store.open("tryton") == []


def test_a_paused_consumer_gets_nothing_and_then_everything(store, delivery):
    mes = Consumer("mes")
    paused = delivery(mes)
    paused.pause()
    publish(store, "M", to="mes")
    waiting = threading.Thread(target=paused.step)
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    assert mes.taken == []
    paused.go_on()
    waiting.join(5)
    assert len(mes.taken) == 1


def test_when_a_pause_begins_nothing_is_under_way_any_more(store, delivery):
    """A scenario that pauses a system can rely on what the system knows from then on."""
    mes, entered, leave = Consumer("mes"), threading.Event(), threading.Event()
    deliver = mes.deliver

    def slow(*events):
        entered.set()
        leave.wait(5)
        return deliver(*events)

    mes.deliver = slow
    publish(store, "M", to="mes")
    running = delivery(mes)
    thread = threading.Thread(target=running.step)
    thread.start()
    assert entered.wait(5)
    pausing = threading.Thread(target=running.pause)
    pausing.start()
    pausing.join(0.05)
    assert pausing.is_alive()
    leave.set()
    pausing.join(5)
    assert store.open("mes") == []
    thread.join(5)


def test_a_system_that_takes_nothing_has_no_delivery():
    mes = Consumer("mes")
    mes.capabilities = frozenset({"master.material"})
    assert offers_to("mes", mes) is None


def test_what_is_carried_in_place_of_an_event_is_what_arrives(store, delivery):
    """A message in transit can be lost or doubled; what is lost is not sent for ever."""
    mes = Consumer("mes")
    publish(store, "M", "N", to="mes")
    lossy = delivery(mes)
    lossy.carry = lambda consumer, one: () if one["data"]["id"] == "M" else (one, one)
    lossy.step()
    assert [each["data"]["id"] for each in mes.taken] == ["N", "N"]
    assert store.open("mes") == []


def test_events_arrive_in_the_order_in_which_they_are_arranged(store, delivery):
    mes = Consumer("mes")
    publish(store, "M", "N", to="mes")
    turned = delivery(mes)
    turned.arrange = lambda consumer, batch: batch[::-1]
    turned.step()
    assert [each["data"]["id"] for each in mes.taken] == ["N", "M"]
    assert store.open("mes") == []


def test_what_cannot_be_told_to_a_system_is_rejected_and_holds_up_nothing(store, delivery):
    """It would be the same for ever; the next event arrives."""
    tryton = Posted("tryton")
    publish(store, "M", "N", "O", to="tryton")
    tryton.cannot_be_told = {"N"}
    delivery(tryton).step()
    assert tryton.posts == [("master", "M"), ("master", "O")]
    assert store.open("tryton") == []
    standing = store.standing("tryton", ("material", "N", "A"))
    assert (standing.status, standing.reasons) == ("rejected", ("untranslatable: material: no field `quantity`",))
