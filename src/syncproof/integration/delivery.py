"""Delivers what came to one consumer, in order, until it has answered."""

import threading
from collections.abc import Callable
from typing import Any

from syncproof.errors import NotSupported, SyncproofError
from syncproof.integration.backoff import Backoff
from syncproof.integration.store import Event, Store
from syncproof.ports import Outcome, Posting, Synchronised

STATUS = {"accepted": "accepted", "staged": "staged", "refused": "rejected"}
IDLE_SECONDS = 5.0


class Delivery:
    """One consumer. ``on_answers`` is called after its answers are stored."""

    def __init__(
        self, name: str, system: Any, store: Store, stop: threading.Event, on_answers: Callable[[], None]
    ) -> None:
        self._name = name
        self._system = system
        self._store = store
        self._stop = stop
        self._on_answers = on_answers
        self.paused = False

    def run(self) -> None:
        backoff = Backoff(self._stop)
        while not self._stop.is_set():
            batch = self._next()
            if not batch:
                continue
            try:
                self._deliver(batch)
                backoff.reset()
            except SyncproofError:
                backoff.wait()  # nothing is settled, so the same batch is offered again, in order

    def _next(self) -> list[tuple[int, Event]]:
        with self._store.changed:
            batch = [] if self.paused else self._store.open(self._name)
            if not batch and not self._stop.is_set():
                self._store.changed.wait(IDLE_SECONDS)
        return batch

    def _deliver(self, batch: list[tuple[int, Event]]) -> None:
        outcomes = self._offer([event for _, event in batch])
        self._store.settle(
            self._name,
            [
                (
                    seq,
                    event,
                    STATUS[outcome.status] if outcome else "skipped",
                    outcome.reasons if outcome else (),
                )
                for (seq, event), outcome in zip(batch, outcomes, strict=True)
            ],
        )
        self._on_answers()

    def _offer(self, events: list[Event]) -> list[Outcome | None]:
        if isinstance(self._system, Synchronised) and "synchronised.deliver" in self._system.capabilities:  # type: ignore[attr-defined]
            return list(self._system.deliver(*events))
        return [self._post(event) for event in events]

    def _post(self, event: Event) -> Outcome | None:
        """To a system that takes no events; None if it has no use for this kind of thing."""
        if not isinstance(self._system, Posting):
            return None
        try:
            return self._system.post(event["type"].split(".")[-2], event["data"])
        except NotSupported:
            return None
