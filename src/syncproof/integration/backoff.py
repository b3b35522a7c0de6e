"""Waiting between tries, longer each time, ended at once when the process stops."""

import threading

FIRST_SECONDS = 0.02
LONGEST_SECONDS = 1.0


class Backoff:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._seconds = FIRST_SECONDS

    def reset(self) -> None:
        self._seconds = FIRST_SECONDS

    def wait(self) -> None:
        self._stop.wait(self._seconds)
        self._seconds = min(2 * self._seconds, LONGEST_SECONDS)
