"""Where the Tryton server and its template databases are kept: under ``SYNCPROOF_CACHE``, or the user's cache."""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from syncproof.errors import LandscapeError
from syncproof.suite_files import suite_root

LOCK_FILE = Path("landscapes") / "tryton" / "requirements-tryton.lock"
DEADLINE = 600.0
"""Longest time to wait for another process that is installing, seconds."""


def root() -> Path:
    """The cache directory."""
    told = os.environ.get("SYNCPROOF_CACHE")
    if told:
        return Path(told).expanduser().resolve()
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "syncproof"


def requirements() -> Path:
    """The lock file of the server's packages."""
    path = suite_root() / LOCK_FILE
    if not path.is_file():
        text = f"{path} is missing: this installation of syncproof is incomplete; install it again"
        raise LandscapeError(text)
    return path


def home() -> Path:
    """The directory of the server that these requirements make under this Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    found = hashlib.sha256(requirements().read_bytes() + version.encode()).hexdigest()[:12]
    return root() / f"tryton-{found}"


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """One process at a time; the lock of a process that has died is taken over."""
    directory.mkdir(parents=True, exist_ok=True)
    lock = directory / ".lock"
    end = time.monotonic() + DEADLINE
    while not _take(lock):
        if time.monotonic() > end:
            text = f"{lock} is held by another process for more than {DEADLINE:g} s: end it, or delete the file"
            raise LandscapeError(text)
        time.sleep(0.1)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        if not _alive(lock):
            lock.unlink(missing_ok=True)
        return False
    with os.fdopen(handle, "w") as file:
        file.write(str(os.getpid()))
    return True


def _alive(lock: Path) -> bool:
    try:
        owner = int(lock.read_text() or "0")
    except (OSError, ValueError):
        return True
    if not owner:
        return True
    try:
        os.kill(owner, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
