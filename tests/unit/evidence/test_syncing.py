"""What was written is on the disk soon, at the latest when the file is closed, or its writer hears of it."""

import threading

import pytest

from syncproof.evidence import syncing
from syncproof.evidence.syncing import Syncer

FILE = 7
PATIENCE = 30
"""Seconds until a test is given up; it ends as soon as what it waits for is there."""


class Disk:
    """What stands for ``os.fsync``: counts, and fails if it is told to."""

    def __init__(self):
        self.asked, self.synced, self.fault = [], threading.Semaphore(0), None

    def fsync(self, file):
        self.asked.append((file, threading.current_thread().name))
        self.synced.release()
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def disk(monkeypatch):
    made = Disk()
    monkeypatch.setattr(syncing.os, "fsync", made.fsync)
    return made


def test_each_time_it_is_wanted_the_file_is_synced_beside_the_writer(disk):
    """Again and again, in one thread that keeps no process alive and ends with the file."""
    syncer = Syncer(FILE)
    for _ in range(3):
        syncer.want()
        assert disk.synced.acquire(timeout=PATIENCE)
    [thread] = [one for one in threading.enumerate() if one.name == "journal sync"]
    assert thread.daemon
    syncer.close()
    assert not thread.is_alive()
    assert disk.asked[:3] == [(FILE, "journal sync")] * 3
    assert disk.asked[-1] == (FILE, threading.current_thread().name), "closing syncs by itself"


def test_a_file_that_was_never_asked_for_is_synced_when_it_is_closed(disk):
    """No thread is needed for that."""
    Syncer(FILE).close()
    assert disk.asked == [(FILE, threading.current_thread().name)]


def test_a_sync_that_failed_is_told_to_the_writer(disk):
    """The next time that it wants one, and when it closes the file."""
    syncer = Syncer(FILE)
    disk.fault = OSError(28, "No space left on device")
    syncer.want()
    [thread] = [one for one in threading.enumerate() if one.name == "journal sync"]
    thread.join(PATIENCE)
    for call in (syncer.want, syncer.want, syncer.close):
        with pytest.raises(OSError, match="No space left"):
            call()
    assert len(disk.asked) == 2
