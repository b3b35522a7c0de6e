"""The outbox: an ordered feed that wakes who waits for it."""

import asyncio
import time

import pytest

from syncproof.simulators.__main__ import load
from syncproof.simulators.chassis.outbox import Outbox
from syncproof.simulators.chassis.state import State
from tests.unit.simulators.bench import Bench, material


def add(state: State, outbox: Outbox) -> None:
    with state.transaction():
        state.execute("insert into outbox (body) values ('{}')")
        outbox.fresh = True


def test_the_cursor_goes_on_where_the_last_answer_ended(plain):
    plain.submit(material("NEW1"))
    page = plain.get("/outbox")
    assert [e["subject"] for e in page["events"]] == ["material/NEW1"]
    plain.submit(material("NEW2"))
    rest = plain.get("/outbox", after=str(page["cursor"]))
    assert [e["subject"] for e in rest["events"]] == ["material/NEW2"]
    assert plain.get("/outbox", after=str(rest["cursor"])) == {"cursor": 2, "events": [], "http": 200}


def test_a_cursor_from_before_a_reset_is_answered_with_the_present_one(plain):
    assert plain.get("/outbox", after="99")["cursor"] == 0


def test_the_events_of_one_subject_are_numbered_without_gaps(plain):
    for revision in ("A", "B"):
        plain.submit({**material("NEW"), "revision": revision})
    plain.submit(material("OTHER"))
    events = plain.get("/outbox")["events"]
    assert [(e["subject"], e["sequence"]) for e in events] == [
        ("material/NEW", "000000000001"), ("material/NEW", "000000000002"), ("material/OTHER", "000000000001"),
    ]  # fmt: skip
    assert len({e["id"] for e in events}) == 3


def test_who_waits_is_woken_at_once():
    async def wait() -> float:
        state = State()
        outbox = Outbox(state)
        waiting = asyncio.create_task(outbox.wait(0, 20))
        await asyncio.sleep(0)
        started = time.perf_counter()
        add(state, outbox)
        outbox.announce()
        assert len((await waiting)["events"]) == 1
        return time.perf_counter() - started

    assert asyncio.run(wait()) < 10  # it would have waited for 20


def test_without_an_event_the_answer_comes_when_the_time_is_over():
    async def wait() -> dict:
        return await Outbox(State()).wait(0, 0.01)

    assert asyncio.run(wait()) == {"cursor": 0, "events": []}


def test_a_number_that_is_none_is_refused(plain):
    assert plain.get("/outbox", after="first")["http"] == 422


@pytest.mark.parametrize("query", [{"after": 2**63}, {"after": "x"}, {"wait": "nan"}, {"wait": "inf"}])
def test_a_cursor_that_cannot_be_is_refused(query):
    """And does not break the system that is asked."""
    answer = Bench(load("qms")).get("/outbox", **query)
    assert (answer["http"], answer["reasons"][0]["code"]) == (422, "schema")


def test_the_result_of_an_event_names_only_what_is_an_id():
    """A number is given back by nobody as the id of an event."""
    bench = Bench(load("qms"))
    result = bench.deliver("order", "order/X", {}, id=5)
    assert (result["event_id"], result["status"]) == (None, "rejected")
