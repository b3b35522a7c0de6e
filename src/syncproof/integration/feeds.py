"""Reads what owners publish: by long poll where there are events, else by asking for changes."""

import threading
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

import msgspec

from syncproof import model
from syncproof.errors import SystemUnavailable, UnusableAnswer
from syncproof.integration.backoff import Backoff
from syncproof.integration.store import Store
from syncproof.ports import ChangeFeed

LONG_POLL_SECONDS = 20.0
POLL_SECONDS = 0.25
"""How often a system without events is asked; a fifth of a second keeps its SLA within reach."""


@runtime_checkable
class Publishing(Protocol):
    """A system with an outbox that can be waited on."""

    name: str

    def await_published(self, after: int, seconds: float) -> tuple[int, list[dict[str, Any]]]: ...


class EventFeed:
    """Long-polls one outbox."""

    def __init__(self, system: Publishing, store: Store, consumers: list[str], stop: threading.Event) -> None:
        self._system = system
        self._store = store
        self._consumers = consumers
        self._stop = stop

    def run(self) -> None:
        backoff = Backoff(self._stop)
        while not self._stop.is_set():
            try:
                self._take(int(self._store.cursor(self._system.name) or 0))
                backoff.reset()
            except (SystemUnavailable, UnusableAnswer):
                backoff.wait()

    def _take(self, after: int) -> None:
        cursor, events = self._system.await_published(after, LONG_POLL_SECONDS)
        if cursor < after:  # its state was reset: begin again
            cursor, events = self._system.await_published(0, 0)
        if events:
            self._store.keep(self._system.name, str(cursor), events, self._consumers)


class ChangePoll:
    """Asks a system without events what changed, and makes the events for it."""

    def __init__(
        self,
        name: str,
        system: ChangeFeed,
        store: Store,
        consumers: list[str],
        stop: threading.Event,
        now: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._system = system
        self._store = store
        self._consumers = consumers
        self._stop = stop
        self._now = now
        self._known: dict[str, bytes] = {}

    def run(self) -> None:
        backoff = Backoff(self._stop)
        while not self._stop.is_set():
            try:
                self.take()
                backoff.reset()
                self._stop.wait(POLL_SECONDS)
            except (SystemUnavailable, UnusableAnswer):
                backoff.wait()

    def take(self) -> None:
        """One look; records that come again unchanged make no second event."""
        cursor, records = self._system.changes(self._store.cursor(self._name))
        events = [self._event(record) for record in records if self._is_new(record)]
        if events or cursor != self._store.cursor(self._name):
            self._store.keep(self._name, cursor, events, self._consumers)

    def _is_new(self, record: model.AnyMaster | model.ProductionOrder) -> bool:
        revision = getattr(record, "revision", "")
        key, content = f"{type(record).__name__}/{record.id}/{revision}", msgspec.json.encode(record)
        if self._known.get(key) == content:
            return False
        self._known[key] = content
        return True

    def _event(self, record: model.AnyMaster | model.ProductionOrder) -> dict[str, Any]:
        domain = "order" if isinstance(record, model.ProductionOrder) else record.domain
        now = self._now().isoformat()
        return {
            "specversion": "1.0",
            "id": str(uuid.uuid4()),
            "source": f"urn:syncproof:{self._name}",
            "type": f"org.syncproof.{'order' if domain == 'order' else 'master'}.v1",
            "subject": f"{domain}/{record.id}",
            "time": now,
            "dataschema": f"urn:syncproof:contract:{domain}:1.0.0",
            "datacontenttype": "application/json",
            "sequence": f"{self._number():012d}",
            "data": msgspec.to_builtins(record),
        }

    def _number(self) -> int:
        self._last = getattr(self, "_last", 0) + 1
        return self._last
