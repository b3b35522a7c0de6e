"""Puts the parts together: feeds, deliveries, gate, schedule, and the threads they run in."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from syncproof.integration.changes import Changes
from syncproof.integration.database import Database
from syncproof.integration.delivery import Delivery, offers_to
from syncproof.integration.drift import Drift
from syncproof.integration.feeds import ChangePoll, EventFeed, Publishing
from syncproof.integration.gate import Gate
from syncproof.integration.schedule import ScheduledActivator
from syncproof.integration.store import Event, Member, Store, kind_of
from syncproof.integration.worker import Worker
from syncproof.ports import ChangeFeed

Adapter = Any
WATCH_SECONDS = 1.0
STOP_SECONDS = 1.0
OWN = "integration"
"""Source of the events that are made here."""


class Hub:
    """``connect(name)`` makes a new adapter of a system: every thread has one of its own."""

    def __init__(
        self,
        names: Iterable[str],
        connect: Callable[[str], Adapter],
        database: Database,
        zones: Mapping[str, str],
        owners: Mapping[str, str],
    ) -> None:
        self.database = database
        self.changes = Changes(database)
        self._names = list(names)
        self._owners = owners
        self._store = Store(database)
        self._stop = threading.Event()
        self._frozen: datetime | None = None
        readers = {name: connect(name) for name in self._names}
        self._capabilities = {name: reader.capabilities for name, reader in readers.items()}
        self.drift = Drift(readers, owners, self.takers)
        self.schedule = ScheduledActivator(self.changes, self._having("feed.activate", connect), self.now)
        self.gate = Gate(
            self._store, self.changes, zones, self.now, self.takers,
            keeps_staged=frozenset(self._having("staging", lambda name: name)),
            troubles=self._trouble, activate=self._activate,
        )  # fmt: skip
        self.controls: dict[tuple[str, str], Callable[[Hub, dict[str, Any]], dict[str, Any] | None]] = {}
        """More of the control plane: method and path, and what is done."""
        self.deliveries = {d.name: d for d in self._deliveries(connect)}
        self._delivering = {name: self._worker(f"to {name}", d.step) for name, d in self.deliveries.items()}
        self._others = [*self._feeding(connect), self._worker("gate", self._watch), *self._activating()]

    def _having(self, capability: str, make: Callable[[str], Any]) -> dict[str, Any]:
        return {name: make(name) for name in self._names if capability in self._capabilities[name]}

    def _worker(self, name: str, step: Callable[[], None]) -> Worker:
        return Worker(name, step, self._stop)

    def _deliveries(self, connect: Callable[[str], Adapter]) -> Iterable[Delivery]:
        for name in self._names:
            offer = offers_to(name, connect(name))
            if offer is not None:
                yield Delivery(name, offer, self._store, self._look)

    def _feeding(self, connect: Callable[[str], Adapter]) -> Iterable[Worker]:
        for name in self._names:
            feed = self._feed(name, connect(name))
            if feed is not None:
                yield self._worker(f"from {name}", feed.step)

    def _feed(self, name: str, adapter: Adapter) -> EventFeed | ChangePoll | None:
        def take(cursor: str, events: Sequence[Event]) -> None:
            self.take(name, cursor, events)

        if isinstance(adapter, Publishing):
            return EventFeed(adapter, self._store, take)
        if isinstance(adapter, ChangeFeed):
            return ChangePoll(name, adapter, self._store, take, self._owners, self.now, self._stop)
        return None

    def _activating(self) -> list[Worker]:
        return [self._worker("schedule", self.schedule.step)] if self._having("feed.activate", str) else []

    # --- life --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Starts a thread for every feed and every consumer, and one that looks at what waits."""
        for worker in (*self._delivering.values(), *self._others):
            worker.start()

    def stop(self) -> None:
        """Ends the work; what is under way has a second to end."""
        self._stop.set()
        self.database.wake()
        for worker in self._delivering.values():
            worker.join(STOP_SECONDS)

    # --- business time -----------------------------------------------------------------------------

    def now(self) -> datetime:
        """Business time."""
        return self._frozen or datetime.now(UTC)

    def set_clock(self, now: datetime | None) -> None:
        """Moves business time; what becomes due is put into effect before this returns."""
        self._frozen = now
        self.schedule.run_due(at_once=True)

    # --- flow --------------------------------------------------------------------------------------

    def takers(self, domain: str) -> list[str]:
        """The systems that hold masters of a domain."""
        return [name for name, held in self._capabilities.items() if f"master.{domain}" in held]

    def take(self, name: str, cursor: str, events: Sequence[Event]) -> None:
        """Stores what a system published; a promoted change waits from then on. What waits is looked at
        before anybody is woken: a change that can be activated now reaches its consumers in one call with
        its activation."""
        changes = [event["data"] for event in events if kind_of(event) == "change"]
        with self.database.transaction():
            self._store.keep(name, cursor, events, self.deliveries)
            for change in changes:
                self.changes.note(change)
            self.gate.look()

    def _watch(self) -> None:
        """Looks at what waits now and then; after all that could change it, it is looked at at once."""
        self._look()
        self._stop.wait(WATCH_SECONDS)

    def _look(self) -> None:
        with self.database.transaction():  # one at a time: an activation is made once
            self.gate.look()

    def _activate(self, event: Event, members: list[Member], start: datetime) -> None:
        self.schedule.plan(members, start)
        self._store.add(OWN, event, list(self.deliveries))

    def _trouble(self, system: str) -> str | None:
        worker = self._delivering.get(system)
        return worker.trouble if worker else f"{system} takes nothing"
