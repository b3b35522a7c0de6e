"""Puts revisions into effect at systems that have no effective dates, when their time has come."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from syncproof import model
from syncproof.errors import NotSupported, SystemUnavailable, UnusableAnswer
from syncproof.integration.store import Member, Store
from syncproof.ports import Activatable

TICK_SECONDS = 0.2


class Schedule:
    """``systems``: those that are activated from outside, with the domains they hold."""

    def __init__(
        self,
        store: Store,
        systems: Mapping[str, Activatable],
        now: Callable[[], datetime],
        stop: threading.Event,
    ) -> None:
        self._store = store
        self._systems = systems
        self._now = now
        self._stop = stop
        self._lock = threading.Lock()

    def plan(self, members: list[Member], start: datetime) -> None:
        """Notes a change for its first site's date: such systems know no sites in effectivity."""
        for name, system in self._systems.items():
            for member in members:
                if f"master.{member[0]}" in getattr(system, "capabilities", ()):
                    self._store.plan(name, member, _text(start))
        self.run_due()

    def run_due(self) -> None:
        """Puts into effect what is due now; what a system cannot take yet stays due."""
        with self._lock:
            for rowid, name, member in self._store.due(_text(self._now())):
                if self._put(name, member):
                    self._store.put_into_effect(rowid)

    def _put(self, name: str, member: Member) -> bool:
        domain, id, revision = member
        try:
            self._systems[name].activate(model.MasterRef(domain=domain, id=id, revision=revision))
        except NotSupported:
            return True
        except (SystemUnavailable, UnusableAnswer):
            return False
        return True

    def run(self) -> None:
        """On a wall clock nobody says when time has passed."""
        while not self._stop.wait(TICK_SECONDS):
            if self._systems:
                self.run_due()


def _text(instant: datetime) -> str:
    """Sorts as the instants do."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
