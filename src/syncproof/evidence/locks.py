"""Locks on files that the operating system gives back when their holder dies."""

import contextlib
import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int, *, wait: bool) -> None:
        msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

    def hold(_: int) -> None:
        """Nothing: a lock would keep readers out there."""

    def is_held(_: Path) -> bool:
        """False: nobody can tell there."""
        return False

else:
    import fcntl

    def _lock(file: int, *, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)

    def hold(file: int) -> None:
        """Let others see that an open file is being written, until it is closed or its process is gone."""
        with contextlib.suppress(OSError):  # a file system without locks: nobody can tell
            fcntl.flock(file, fcntl.LOCK_EX)  # waits for those who look just now

    def is_held(path: Path) -> bool:
        """Whether somebody still writes a file; False where nobody can tell."""
        try:
            with path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # a file system without locks, or somebody else's file
            return False
        return False


class FileLock:
    """Exclusive among processes; not inherited by children."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

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
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        """OSError if the lock cannot be had. Where a file system has no locks, two who append to the ledger at once
        could both follow the same line: nobody could tell that from a line that was put in later."""
        if not self.take():
            raise OSError(errno.ENOLCK, "it cannot be locked, as on a file system without locks", str(self.path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_back()
