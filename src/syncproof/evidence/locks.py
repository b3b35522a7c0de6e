"""A lock on a file that the operating system gives back when its holder dies."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int, *, wait: bool) -> None:
        msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int, *, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Exclusive among processes; not inherited by children."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = -1

    def take(self, *, wait: bool = True) -> bool:
        """Take the lock; without ``wait``, say at once whether it could be had."""
        file = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o644)
        try:
            _lock(file, wait=wait)
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True

    def give_back(self) -> None:
        """Release the lock."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_back()
