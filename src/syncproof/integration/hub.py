"""Puts the parts together: feeds, deliveries, gate, schedule, and the threads they run in."""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from syncproof import model
from syncproof.errors import NotSupported, SystemUnavailable, UnusableAnswer
from syncproof.integration.delivery import Delivery
from syncproof.integration.feeds import ChangePoll, EventFeed, Publishing
from syncproof.integration.gate import Gate
from syncproof.integration.schedule import Schedule
from syncproof.integration.store import Member, Store
from syncproof.ports import Activatable, ChangeFeed

Adapter = Any


class Hub:
    """``connect(name)`` makes a new adapter of a system: every thread has one of its own."""

    def __init__(
        self, names: Iterable[str], connect: Callable[[str], Adapter], store: Store, zones: dict[str, str],
        owners: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.store = store
        self.owners = owners
        self._frozen: datetime | None = None
        self._stop = threading.Event()
        self._readers = {name: connect(name) for name in names}
        self._lock = threading.Lock()
        self.schedule = Schedule(
            store,
            {n: a for n, a in self._readers.items() if isinstance(a, Activatable)},
            self.now,
            self._stop,
        )
        self.gate = Gate(store, zones, self.now, self.takers, self._activate)
        self.deliveries = {
            name: Delivery(name, connect(name), store, self._stop, self._look) for name in self._readers
        }
        self._feeds = [feed for name in self._readers if (feed := self._feed(name, connect(name)))]

    def _feed(self, name: str, adapter: Adapter) -> EventFeed | ChangePoll | None:
        names = list(self._readers)
        if isinstance(adapter, Publishing):
            return EventFeed(adapter, self.store, names, self._stop)
        if isinstance(adapter, ChangeFeed):
            return ChangePoll(name, adapter, self.store, names, self._stop, self.now)
        return None

    def start(self) -> None:
        """Starts a thread for every feed and every consumer."""
        runs = [part.run for part in (*self._feeds, *self.deliveries.values(), self.schedule)]
        for run in (*runs, self._watch):
            threading.Thread(target=run, daemon=True).start()

    def stop(self) -> None:
        self._stop.set()
        with self.store.changed:
            self.store.changed.notify_all()

    # --- business time -----------------------------------------------------------------------------

    def now(self) -> datetime:
        return self._frozen or datetime.now(UTC)

    def set_clock(self, now: datetime | None) -> None:
        """Moves business time; what becomes due is put into effect before this returns."""
        self._frozen = now
        self.schedule.run_due()

    # --- gate --------------------------------------------------------------------------------------

    def takers(self, domain: str) -> list[str]:
        return [n for n, a in self._readers.items() if f"master.{domain}" in a.capabilities]

    def _watch(self) -> None:
        """Looks at pending changes whenever something new was stored."""
        while not self._stop.is_set():
            self._look()
            with self.store.changed:
                self.store.changed.wait(1.0)

    def _look(self) -> None:
        with self._lock:
            self.gate.look()

    def _activate(self, event: dict[str, Any], members: list[Member]) -> None:
        starts = self.gate.starts(event["data"]["effectivity"])
        self.schedule.plan(members, min(starts.values()))
        self.store.send(event, self._readers)

    # --- drift -------------------------------------------------------------------------------------

    def drift(self, refs: Iterable[Member]) -> list[tuple[str, str]]:
        """(system, master) where the content of a revision differs from the owner's or is missing."""
        return [(name, str(_ref(member))) for member in refs for name in self._different(member)]

    def _different(self, member: Member) -> Iterable[str]:
        owner = self.owners.get(member[0], "")
        truth = self._content(owner, member)
        for name in self.takers(member[0]):
            if name != owner and self._content(name, member) != truth:
                yield name

    def _content(self, system: str, member: Member) -> model.AnyMaster | None:
        domain, id, revision = member
        reader = self._readers.get(system)
        if reader is None:
            return None
        try:
            states = reader.masters(domain, id).value or ()
        except (NotSupported, SystemUnavailable, UnusableAnswer):
            return None
        return next(
            (s.master for s in states if s.master.revision == revision and s.status != "staged"), None
        )


def _ref(member: Member) -> model.MasterRef:
    domain, id, revision = member
    return model.MasterRef(domain=domain, id=id, revision=revision)
