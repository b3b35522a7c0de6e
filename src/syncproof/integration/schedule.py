"""Puts revisions into effect at systems that have no effective dates, when their time has come.

Such a system knows no sites in effectivity either: the first site's instant counts.
"""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from syncproof import model
from syncproof.errors import NotSupported, SyncproofError
from syncproof.integration.changes import Changes, Due
from syncproof.integration.store import Member
from syncproof.integration.worker import LONGEST_SECONDS, log
from syncproof.ports import Activatable, System

TICK_SECONDS = 0.2
"""On a wall clock nobody says when time has passed."""


class ScheduledActivator:
    """``systems``: those that are activated from outside."""

    def __init__(self, changes: Changes, systems: Mapping[str, Activatable], now: Callable[[], datetime]) -> None:
        self._changes = changes
        self._systems = systems
        self._now = now
        self._lock = threading.Lock()
        self._not_before: dict[int, float] = {}

    def plan(self, members: list[Member], start: datetime) -> None:
        """Notes what is to be in effect from an instant on, at those systems that hold such masters."""
        for name, system in self._systems.items():
            for member in members:
                if f"master.{member[0]}" in _capabilities(system):
                    self._changes.plan(name, member, start)

    def step(self) -> None:
        """Puts into effect what is due, then waits for news or the next tick."""
        self.run_due()
        with self._changes.database.changed:
            self._changes.database.changed.wait(TICK_SECONDS)

    def run_due(self, *, at_once: bool = False) -> None:
        """Puts into effect what is due now. What a system does not take stays due and is tried again a
        second later, or ``at_once``."""
        with self._lock:
            for due in self._changes.due(self._now()):
                if at_once or time.monotonic() >= self._not_before.get(due.entry, 0.0):
                    self._put(due)

    def _put(self, due: Due) -> None:
        domain, id, revision = due.member
        ref = model.MasterRef(domain=domain, id=id, revision=revision)
        try:
            outcome = self._systems[due.system].activate(ref)
        except NotSupported:
            self._changes.put_into_effect(due)
        except SyncproofError as error:
            self._put_off(due, str(error))
        else:
            if outcome.status == "accepted":
                self._changes.put_into_effect(due)
            else:
                self._put_off(due, "; ".join(outcome.reasons))

    def _put_off(self, due: Due, why: str) -> None:
        if due.entry not in self._not_before:
            log.warning("%s does not put %s into effect: %s", due.system, " ".join(due.member), why)
        self._not_before[due.entry] = time.monotonic() + LONGEST_SECONDS


def _capabilities(system: Activatable | System) -> frozenset[str]:
    capabilities: frozenset[str] = getattr(system, "capabilities", frozenset())
    return capabilities
