"""Reads what owners publish: by long poll where there are events, else by asking for changes."""

import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

import msgspec

from syncproof import model
from syncproof.contracts import dialect
from syncproof.errors import UnusableAnswer
from syncproof.integration.store import Event, Store
from syncproof.model.wire import plain
from syncproof.ports import Change, ChangeFeed

LONG_POLL_SECONDS = 20.0
POLL_SECONDS, LONGEST_POLL_SECONDS, SLOWER = 0.2, 0.8, 1.5
"""How often a system without events is asked: soon after news, less often while nothing happens, so that
asking does not use up the time in which it could work; the usual SLA stays within reach."""
NAMES = uuid.UUID("b9f5a3ce-6d0c-4b0b-9c0c-5d2f4b1b7a11")
"""Namespace of the ids of events that are made here: the same record has the same id after a restart."""
TEXTS = ("id", "type", "subject")

Record = Change
Take = Callable[[str, Sequence[Event]], None]
"""Stores events of a system with the cursor after them."""


RECORDS: dict[type, str] = {model.ProductionOrder: "order", model.MaterialLot: "lot"}
"""Records that are no masters, and the kind of their events."""


def domain_of(record: Record) -> str:
    """The domain of a master, or what stands for it."""
    return RECORDS.get(type(record)) or record.domain  # type: ignore[union-attr]


@runtime_checkable
class Publishing(Protocol):
    """A system with an outbox that can be waited on."""

    name: str

    def await_published(self, after: int, seconds: float) -> tuple[int, list[dict[str, Any]]]:
        """The next cursor, and the events since one; waits for some, at most so many seconds."""


class EventFeed:
    """Long-polls one outbox."""

    def __init__(self, system: Publishing, store: Store, take: Take) -> None:
        self._system = system
        self._store = store
        self._take = take

    def step(self) -> None:
        """One poll."""
        generation = self._store.database.generation
        after = int(self._store.cursor(self._system.name) or 0)
        cursor, events = self._system.await_published(after, LONG_POLL_SECONDS)
        if generation != self._store.database.generation:
            return  # everything was forgotten meanwhile: begin again
        if cursor < after:  # its state was reset: its events are others than those that we know
            self._take("0", ())
        elif events:
            self._take(str(cursor), [event for event in events if self._is_event(event)])

    def _is_event(self, event: Any) -> bool:
        if (
            isinstance(event, dict)
            and isinstance(event.get("data"), dict)
            and all(isinstance(event.get(name), str) for name in TEXTS)
        ):
            return True
        raise UnusableAnswer(f"{self._system.name} published what is no event: {event!r:.200}")


class ChangePoll:
    """Asks a system without events what changed, and makes the events for it. Only what the system is
    the system of record of is news from there; the rest has come to it from others."""

    def __init__(
        self,
        name: str,
        system: ChangeFeed,
        store: Store,
        take: Take,
        owners: Mapping[str, str],
        now: Callable[[], datetime],
        stop: threading.Event,
    ) -> None:
        self._name = name
        self._system = system
        self._store = store
        self._take = take
        self._owners = owners
        self._now = now
        self._stop = stop
        self._pause = POLL_SECONDS

    def step(self) -> None:
        """One look, and the wait before the next."""
        news = self.look()
        self._pause = POLL_SECONDS if news else min(self._pause * SLOWER, LONGEST_POLL_SECONDS)
        self._stop.wait(self._pause)

    def look(self) -> bool:
        """Whether there was news; records that come again unchanged make no second event."""
        database = self._store.database
        generation, before = database.generation, self._store.cursor(self._name)
        cursor, records = self._system.changes(before)
        with database.transaction():
            if generation != database.generation:
                return False
            events = list(self._news(records))
            if events or cursor != before:
                self._take(cursor, events)
        return bool(events)

    def _news(self, records: Iterable[Record]) -> Iterable[Event]:
        for record in records:
            domain = domain_of(record)
            if self._owners.get(domain, self._name) == self._name and self._is_new(domain, record):
                yield self._event(domain, record)

    def _is_new(self, domain: str, record: Record) -> bool:
        """Whether it differs from what it was when it came last."""
        key = (self._name, f"{domain}/{record.id}", getattr(record, "revision", ""))
        content = msgspec.json.encode(record, order="deterministic").decode()
        known = self._store.database.one(
            "select content from records where system=? and subject=? and revision=?", *key
        )
        if known == (content,):
            return False
        self._store.database.do("insert or replace into records values (?,?,?,?)", *key, content)
        return True

    def _event(self, domain: str, record: Record) -> Event:
        subject = f"{domain}/{record.id}"
        number = self._next_number(subject)
        return {
            "specversion": "1.0",
            "id": str(uuid.uuid5(NAMES, f"{self._name} {subject} {number}")),
            "source": f"urn:syncproof:{self._name}",
            "type": f"org.syncproof.{domain if domain in RECORDS.values() else 'master'}.v1",
            "subject": subject,
            "time": self._now().isoformat(),
            "dataschema": dialect(domain),
            "datacontenttype": "application/json",
            "sequence": f"{number:012d}",
            "data": plain(record),
        }

    def _next_number(self, subject: str) -> int:
        row = self._store.database.do(
            "insert into sequences values (?,?,1) on conflict do update set last = last + 1 returning last",
            self._name, subject,
        ).fetchone()  # fmt: skip
        return int(row[0])
