"""A run that is told to end, or whose caller is gone, ends in order.

What it started is stopped, what was recorded is kept and marked aborted. The caller holds the other end
of a pipe (the *leash*) whose number is in the environment: when that end is closed, by intent or because
the caller died, the run is interrupted as by Ctrl-C.
"""

import contextlib
import os
import signal
import threading
from types import FrameType
from typing import Any

LEASH = "SYNCPROOF_LEASH"
"""The variable that holds the number of the pipe's reading end."""


class Ending:
    """Turns Ctrl-C, SIGTERM and a slack leash into one KeyboardInterrupt in the main thread. Under a
    leash only one: a second one would break off the orderly end (the caller can still kill)."""

    def __init__(self) -> None:
        self._former: dict[int, Any] = {}
        self._told = False

    def watch(self) -> None:
        """Begin; only the main thread may, elsewhere this does nothing."""
        if threading.current_thread() is not threading.main_thread():
            return
        leash = os.environ.pop(LEASH, None)
        self._take(signal.SIGTERM)
        if leash is not None:
            self._take(signal.SIGINT)
            threading.Thread(target=self._follow, args=(int(leash),), name="leash", daemon=True).start()

    def leave(self) -> None:
        """Signals mean again what they meant before."""
        for number, handler in self._former.items():
            signal.signal(number, handler)
        self._former.clear()

    def _take(self, number: int) -> None:
        self._former[number] = signal.signal(number, self._interrupt)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        if not self._told:
            self._told = True
            raise KeyboardInterrupt

    def _follow(self, leash: int) -> None:
        with contextlib.suppress(OSError):
            while os.read(leash, 1):
                pass
        main = threading.main_thread().ident
        if self._former and main is not None:
            signal.pthread_kill(main, signal.SIGINT)  # breaks off what it waits for
