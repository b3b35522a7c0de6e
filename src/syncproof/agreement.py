"""Bounded polling until every system shows what is expected of it.

Waiting is by the host clock and never longer than the SLA of the domain. When systems came to agree
at different times, the early ones are asked once more, so that at the end they agree together.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from syncproof.errors import NotSupported, SystemUnavailable, UnusableAnswer
from syncproof.patience import Patience
from syncproof.ports import Observation

Observer = Callable[[], Observation[Any]]


@dataclass(slots=True)
class Sighting:
    """The last thing one system showed. ``latency`` (seconds since the first question) is None as
    long as it does not agree; ``missing`` says what it lacks for being asked."""

    value: Any = None
    error: str | None = None
    missing: NotSupported | None = None
    agrees: bool = False
    exchanges: tuple[str, ...] = ()
    attempts: int = 0
    latency: float | None = None
    round: int = 0


@dataclass(slots=True)
class Agreement:
    """One poll over several systems. ``look`` turns an observation into the compared value and its
    exchanges, ``agrees`` compares; ``since`` names the exchanges made after a mark."""

    observers: Mapping[str, Observer]
    look: Callable[[Any], tuple[Any, tuple[str, ...]]]
    agrees: Callable[[Any], bool]
    mark: Callable[[], int]
    since: Callable[[int], tuple[str, ...]]
    patience: Patience
    monotonic: Callable[[], float] = time.monotonic
    sightings: dict[str, Sighting] = field(default_factory=dict)

    def reach(self) -> dict[str, Sighting]:
        """Poll until all agree or the time is over; at least one look at each system."""
        begin = self.monotonic()
        self.sightings = {system: Sighting() for system in self.observers}
        while True:
            for system in self._pending():
                self._observe(system, self.patience.rounds, begin)
            if not self._pending():
                self._confirm(self.patience.rounds, begin)
            if not self._pending() or not self.patience.again():
                return self.sightings

    def _pending(self) -> list[str]:
        seen = self.sightings.items()
        return [system for system, sighting in seen if not sighting.agrees and sighting.missing is None]

    def _confirm(self, round_: int, begin: float) -> None:
        """Ask those again that agreed in an earlier round than the last one did."""
        for system, sighting in self.sightings.items():
            if sighting.round < round_ and sighting.missing is None:
                self._observe(system, round_, begin)

    def _observe(self, system: str, round_: int, begin: float) -> None:
        sighting, mark = self.sightings[system], self.mark()
        sighting.attempts, sighting.round = sighting.attempts + 1, round_
        try:
            sighting.value, sighting.exchanges = self.look(self.observers[system]())
            sighting.error = None
            sighting.agrees = self.agrees(sighting.value)
        except (SystemUnavailable, UnusableAnswer) as error:
            sighting.error, sighting.agrees = str(error), False
            sighting.exchanges = self.since(mark)
        except NotSupported as error:
            sighting.missing, sighting.agrees = error, False
            sighting.exchanges = self.since(mark)
        if not sighting.agrees:
            sighting.latency = None
        elif sighting.latency is None:
            sighting.latency = self.monotonic() - begin
