"""How long a wait goes on: by the host clock in a run, by the recorded number of looks at replay."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

FIRST_WAIT = 0.005
LONGEST_WAIT = 0.1
BACKOFF = 1.6
CONNECT_SECONDS = 3.05
"""Just above a multiple of 3 s, the default TCP retransmission window (requests, "Timeouts")."""
READ_SECONDS = 30.0
"""Within which a whole answer must have come."""
REST = 2
"""How much longer than asking took the pause after it is at least: a slow system needs its time to get there."""


class Patience(Protocol):
    """One wait. ``rounds`` counts the looks so far, the first included."""

    rounds: int

    def again(self) -> bool:
        """Pause and say whether to look once more; False when the time is over."""


class Pace:
    """The pauses between looks, in seconds: longer with each, and longer where looking is slow."""

    def __init__(self) -> None:
        self._pause = FIRST_WAIT

    def pause(self, took: float) -> float:
        """The next pause, after a look that took so many seconds."""
        pause = max(self._pause, REST * took)
        self._pause = min(self._pause * BACKOFF, LONGEST_WAIT)
        return pause


class Timed:
    """Looks until so many seconds of host time are over; at least once."""

    def __init__(
        self,
        seconds: float,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self.rounds = 1
        self._monotonic = monotonic
        self._wait = wait or threading.Event().wait
        self._pace = Pace()
        self._asked = monotonic()
        self._end = self._asked + seconds

    def again(self) -> bool:
        now = self._monotonic()
        left = self._end - now
        if left <= 0:
            return False
        self._wait(min(self._pace.pause(now - self._asked), left))
        self._asked = self._monotonic()
        self.rounds += 1
        return True


class Counted:
    """Looks as often as the run did, without a pause."""

    def __init__(self, rounds: int) -> None:
        self.rounds = 1
        self._most = rounds

    def again(self) -> bool:
        if self.rounds >= self._most:
            return False
        self.rounds += 1
        return True


def poll(holds: Callable[[], bool], *, within: float | Patience) -> bool:
    """Whether a condition came to hold within so many seconds of host time (or such a patience); at least one look."""
    patience = Timed(within) if isinstance(within, int | float) else within
    while not holds():
        if not patience.again():
            return False
    return True
