"""Delivers what came to one consumer, in order, until it has answered.

A consumer that is down holds up nobody but itself. What comes after an event waits for it, whatever its
subject: an order must be there before what was consumed for it.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from syncproof.errors import NotSupported, Untranslatable, UnusableAnswer
from syncproof.integration.store import Answer, Event, Store, kind_of
from syncproof.ports import Outcome, Posting, Synchronised

STATUS = {"accepted": "accepted", "staged": "staged", "refused": "rejected"}
POSTED = frozenset({"master", "lot", "disposition", "order", "fact"})
"""Kinds that are posted to a system that takes no events."""
IDLE_SECONDS = 5.0
PAUSE_SECONDS = 10.0
"""How long a pause waits for the delivery that is under way."""

Batch = list[tuple[int, Event]]
Carry = Callable[[str, Event], Sequence[Event]]
"""(consumer, event) -> the events that reach it."""


def as_it_is(_consumer: str, event: Event) -> Sequence[Event]:
    """Policy ``carry``: an event arrives once and unchanged."""
    return (event,)


Arrange = Callable[[str, Batch], Batch]
"""(consumer, events under way with their numbers) -> the same as they arrive together."""


def in_order(_consumer: str, batch: Batch) -> Batch:
    """Policy ``arrange``: events arrive in the order in which they were stored."""
    return batch


class Offers(Protocol):
    """How events are offered to a system. The answers come as they are given: what has been answered is
    settled even if the system then breaks off."""

    def __call__(self, batch: Batch) -> Iterator[list[Answer]]: ...


def offers_to(name: str, system: Any) -> Offers | None:
    """How this system takes things: as events, one by one, or not at all (None)."""
    if "synchronised.deliver" in system.capabilities:
        return _events(name, system)
    if "feed.post" in system.capabilities:
        return _posts(system)
    return None


def _events(name: str, system: Synchronised) -> Offers:
    def offer(batch: Batch) -> Iterator[list[Answer]]:
        outcomes = system.deliver(*(event for _, event in batch))
        _insist_on_answers(name, batch, outcomes)
        yield [_answer(seq, outcome) for (seq, _), outcome in zip(batch, outcomes, strict=True)]

    return offer


def _insist_on_answers(name: str, batch: Batch, outcomes: Sequence[Outcome]) -> None:
    """A call that was refused as a whole (no token, no role) says nothing about the events in it."""
    for outcome in outcomes:
        if outcome.status == "refused" and outcome.key is None:
            raise UnusableAnswer(f"{name} does not let us deliver: {'; '.join(outcome.reasons)}")
    if len(outcomes) != len(batch):
        raise UnusableAnswer(f"{name} was offered {len(batch)} events and answered {len(outcomes)}")


def _posts(system: Posting) -> Offers:
    def offer(batch: Batch) -> Iterator[list[Answer]]:
        for seq, event in batch:
            yield [_post(system, seq, event)]

    return offer


def _post(system: Posting, seq: int, event: Event) -> Answer:
    kind = kind_of(event)
    if kind not in POSTED:
        return Answer(seq, "skipped")
    try:
        return _answer(seq, system.post(kind, event["data"]))
    except NotSupported as error:
        return Answer(seq, "skipped", (str(error),))
    except Untranslatable as error:  # the same next time, and what comes after it must not wait for ever
        return Answer(seq, "rejected", (f"untranslatable: {error}",))


def _answer(seq: int, outcome: Outcome) -> Answer:
    return Answer(seq, STATUS[outcome.status], outcome.reasons)


class Delivery:
    """One consumer. ``on_answers`` is called after answers of it are stored."""

    def __init__(self, name: str, offer: Offers, store: Store, on_answers: Callable[[], None]) -> None:
        self.name = name
        self.carry: Carry = as_it_is
        self.arrange: Arrange = in_order
        self._offer = offer
        self._store = store
        self._on_answers = on_answers
        self._under_way = threading.Lock()
        self._paused = False

    def pause(self) -> None:
        """Lets things queue up; when this returns, nothing is under way any more."""
        self._paused = True
        if self._under_way.acquire(timeout=PAUSE_SECONDS):
            self._under_way.release()

    def go_on(self) -> None:
        """Ends a pause."""
        self._paused = False
        self._store.database.wake()

    def step(self) -> None:
        """Waits for something, then delivers what is there."""
        self._await_something()
        with self._under_way:
            batch = [] if self._paused else self._store.open(self.name)
            carried = [(seq, each) for seq, event in batch for each in self.carry(self.name, event)]
            carried = self.arrange(self.name, carried) if carried else carried
            for answers in self._offer(carried) if carried else ():
                self._store.settle(self.name, answers)
            if lost := {seq for seq, _ in batch} - {seq for seq, _ in carried}:
                self._store.settle(self.name, [Answer(seq, "accepted") for seq in sorted(lost)])
        if batch:
            self._on_answers()

    def _await_something(self) -> None:
        """What came between looking and waiting is seen here, because storing needs the same lock."""
        with self._store.database.changed:
            if self._paused or not self._store.waiting(self.name):
                self._store.database.changed.wait(IDLE_SECONDS)
