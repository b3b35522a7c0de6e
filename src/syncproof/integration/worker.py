"""One thread for one piece of work that is never given up."""

import logging
import threading
from collections.abc import Callable

from syncproof.errors import SyncproofError

FIRST_SECONDS = 0.02
LONGEST_SECONDS = 1.0
"""Between two tries, doubled each time. A system that is back is found within the longest."""

log = logging.getLogger("syncproof.integration")


class Worker:
    """Repeats ``step`` until told to stop. Trouble is said once, waited out, and kept in ``trouble``
    until a step has gone well."""

    def __init__(self, name: str, step: Callable[[], None], stop: threading.Event) -> None:
        self.name = name
        self.trouble: str | None = None
        self._step = step
        self._stop = stop
        self._pause = FIRST_SECONDS
        self._thread = threading.Thread(target=self.run, name=name, daemon=True)

    def start(self) -> None:
        """Begins, in a thread of its own."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Waits for the end of the work after it was told to stop."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def run(self) -> None:
        """Works until told to stop."""
        while not self._stop.is_set():
            self.once()

    def once(self) -> None:
        """One step; if it fails, the wait before the next one."""
        try:
            self._step()
        except SyncproofError as error:
            self._failed(str(error))
        except Exception as error:  # a fault of ours must not end the thread unseen, and with it the flow
            if not self._stop.is_set():
                log.exception("%s: unexpected", self.name)
                self._failed(f"{type(error).__name__}: {error}")
        else:
            self._went_well()

    def _failed(self, why: str) -> None:
        if self.trouble is None:
            log.warning("%s: %s", self.name, why)
        self.trouble = why
        self._stop.wait(self._pause)
        self._pause = min(2 * self._pause, LONGEST_SECONDS)

    def _went_well(self) -> None:
        if self.trouble is not None:
            log.warning("%s: goes on", self.name)
        self.trouble, self._pause = None, FIRST_SECONDS
