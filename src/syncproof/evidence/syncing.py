"""Makes a file survive a power cut without keeping its writer waiting.

An fsync costs as much as a whole cheap exchange, on a slow disk as much as a scenario. It is asked
for when a scenario ends and done beside the next one, 20 ms later at the latest; scenarios that are
faster than that share one.
"""

import os
import threading

INTERVAL = 0.02


class Syncer:
    """Syncs one open file on demand, in a thread that ends with :meth:`close`."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._wanted = threading.Event()
        self._closed = threading.Event()
        self._fault: OSError | None = None
        self._thread: threading.Thread | None = None

    def want(self) -> None:
        """Sync soon; OSError if the sync before this one failed."""
        if self._fault is not None:
            raise self._fault
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="journal sync", daemon=True)
            self._thread.start()
        self._wanted.set()

    def close(self) -> None:
        """Sync now and end; OSError if it cannot be done."""
        self._closed.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
        os.fsync(self._file)

    def _run(self) -> None:
        while not self._closed.is_set():
            self._wanted.wait()
            self._wanted.clear()
            try:
                os.fsync(self._file)
            except OSError as error:
                self._fault = error
                return
            self._closed.wait(INTERVAL)
