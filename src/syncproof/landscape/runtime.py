"""The folder of a running landscape: configurations, tokens, states and logs.

It is locked as long as its owner lives, whatever ends him; so the next start can tell the leavings of a
killed run from the folder of one that still works.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from syncproof.evidence.locks import FileLock

PREFIX = "syncproof-"
LOCK = "owner.lock"
LOGS_KEPT_SECONDS = 7 * 24 * 3600
"""How long the logs of a landscape that failed lie about."""


class RuntimeFolder:
    """A folder that only this account can read."""

    def __init__(self) -> None:
        sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = FileLock(self.path / LOCK)
        self._lock.take()

    def clean(self, *, keep_logs: bool) -> None:
        """Tokens, configurations and states go in any case."""
        self._lock.give_back()
        _clean(self.path, keep_logs=keep_logs)


def sweep(folder: Path) -> None:
    """Removes what killed runs left: secrets and states at once, logs after a week."""
    for path in folder.glob(f"{PREFIX}*"):
        try:
            _sweep_one(path)
        except OSError:
            continue  # another account's, or another process sweeps it


def _sweep_one(path: Path) -> None:
    if not (path / LOCK).is_file():
        if any(path.glob("*.log")) and _old(path):
            shutil.rmtree(path)
        return
    lock = FileLock(path / LOCK)
    if not lock.take(wait=False):
        return
    try:
        # Under the lock, and without removing it: its owner may just be about to take it.
        _clean(path, keep_logs=not _old(path), keep=(LOCK,))
    finally:
        lock.give_back()


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > LOGS_KEPT_SECONDS


def _clean(path: Path, *, keep_logs: bool, keep: Collection[str] = ()) -> None:
    if not keep_logs:
        shutil.rmtree(path, ignore_errors=True)
        return
    for each in path.iterdir():
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        elif each.suffix != ".log" and each.name not in keep:
            each.unlink(missing_ok=True)


def write_private(path: Path, document: Mapping[str, Any]) -> None:
    """Made with the right mode from the start: there is no moment at which others can read it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=1)
