"""What owners publish is taken once, whether it comes as events or has to be asked for."""

import threading
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from syncproof import contracts
from syncproof import model as m
from syncproof.errors import UnusableAnswer
from syncproof.integration.database import Database
from syncproof.integration.feeds import POLL_SECONDS, ChangePoll, EventFeed
from syncproof.integration.store import Store
from tests.unit.integration.plant import Owner, Posted, master_event, material

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def owner() -> Owner:
    return Owner("erp")


@pytest.fixture
def feed(owner, store) -> EventFeed:
    return EventFeed(owner, store, lambda cursor, events: store.keep("erp", cursor, events, ["mes"]))


def test_each_event_is_taken_once(owner, feed, store):
    owner.publish(master_event(material("M")))
    feed.step()
    owner.publish(master_event(material("N")))
    feed.step()
    assert [event["data"]["id"] for _, event in store.open("mes")] == ["M", "N"]
    assert store.cursor("erp") == "2"


def test_a_source_that_lost_its_state_is_read_from_its_beginning(owner, feed, store):
    """Its cursor is smaller than ours, so its events are others than those that we know."""
    owner.publish(*(master_event(material(f"M{n}")) for n in range(3)))
    feed.step()
    owner.forget()
    owner.publish(master_event(material("N")))
    feed.step()
    feed.step()
    assert [event["data"]["id"] for _, event in store.open("mes")][-1] == "N"


def test_what_comes_after_everything_was_forgotten_is_dropped(owner, feed, store, monkeypatch):
    """A poll that was under way during a reset must not bring the old cursor back."""
    answer = owner.await_published

    def slow(after, seconds):
        page = answer(after, 0)
        store.database.clear()
        return page

    owner.publish(master_event(material("M")))
    monkeypatch.setattr(owner, "await_published", slow)
    feed.step()
    assert store.cursor("erp") is None
    assert store.open("mes") == []


@pytest.mark.parametrize("thing", [[1], {"id": "1", "type": "t", "subject": "s"}, {"id": 1, "data": {}}])
def test_what_is_no_event_is_not_passed_over(owner, feed, store, thing):
    """Trouble is said; going on would lose whatever it was."""
    owner.publish(thing)
    with pytest.raises(UnusableAnswer, match="no event"):
        feed.step()
    assert store.cursor("erp") is None


# asking for changes


@pytest.fixture
def polled() -> Posted:
    return Posted("tryton")


def poll_of(polled: Posted, store: Store, **owners: str) -> ChangePoll:
    def take(cursor, events):
        store.keep("tryton", cursor, events, ["mes"])

    return ChangePoll("tryton", polled, store, take, owners, lambda: NOW, threading.Event())


def seen(store: Store) -> list[tuple[str, str, str]]:
    return [(event["type"], event["subject"], event["sequence"]) for _, event in store.open("mes")]


def test_records_become_events_that_keep_their_contract(polled, store):
    """Decimals have no exponent, instants an offset; the contracts are the judge."""
    quantity = m.Quantity(value=Decimal("1E+3"), unit="KGM")
    polled.records = [material("M"), m.ProductionOrder(id="O", item="M", quantity=quantity, site="EAST")]
    poll_of(polled, store).look()
    events = [event for _, event in store.open("mes")]
    assert [contracts.explain("event", event) for event in events] == [[], []]
    assert contracts.explain("material", events[0]["data"]) == []
    assert contracts.explain("order", events[1]["data"]) == []
    assert events[1]["data"]["quantity"]["value"] == "1000"


def test_a_record_that_comes_again_unchanged_is_no_news(polled, store):
    """Not even to a process that was started anew."""
    polled.records = [material("M")]
    poll_of(polled, store).look()
    poll_of(polled, store).look()
    assert len(seen(store)) == 1


def test_a_record_that_changed_is_news_with_the_next_number(polled, store):
    """The numbers go on after a restart: a receiver would take a smaller one for an old state."""
    polled.records = [m.ProductionOrder(id="O", item="M", quantity=m.Quantity(value=Decimal(1), unit="KGM"), site="E")]
    poll_of(polled, store).look()
    polled.records = [m.ProductionOrder(id="O", item="M", quantity=m.Quantity(value=Decimal(2), unit="KGM"), site="E")]
    poll_of(polled, store).look()
    assert seen(store) == [("org.syncproof.order.v1", "order/O", f"{n:012d}") for n in (1, 2)]


def test_what_somebody_else_owns_is_no_news_from_here(polled, store):
    """The system has it from us: giving it back would be an echo in its name."""
    polled.records = [material("M"), m.Equipment(id="E", revision="A", equipment_class="MIX")]
    poll_of(polled, store, material="tryton", equipment="mes").look()
    assert [subject for _, subject, _ in seen(store)] == ["material/M"]


def test_a_look_that_cannot_be_stored_is_made_again(polled, tmp_path):
    """News and the note that they are known are stored together or not at all."""
    store = Store(Database(str(tmp_path / "s")))
    polled.records = [material("M")]
    broken = poll_of(polled, store)
    broken._take = lambda *_: (_ for _ in ()).throw(RuntimeError)
    with pytest.raises(RuntimeError):
        broken.look()
    poll_of(polled, store).look()
    assert len(seen(store)) == 1


def test_a_system_is_asked_less_often_while_nothing_happens(polled, store, monkeypatch):
    """Asking costs the system time in which it could work; news brings the short pause back."""
    poll, pauses = poll_of(polled, store), []
    monkeypatch.setattr(poll._stop, "wait", pauses.append)
    for _ in range(6):
        poll.step()
    polled.records = [material("M")]
    poll.step()
    assert pauses[0] < pauses[3] == pauses[5] > pauses[6] == POLL_SECONDS
