"""Whoever writes a file can be seen, whoever looks disturbs nobody; a lock has one holder."""

import errno
import os
import sys
import threading

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence.locks import FileLock, hold, is_held
from syncproof.evidence.pack import Evidence

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell there")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "journal"
    path.write_bytes(b"")
    return path


def test_a_file_is_held_until_it_is_closed(path):
    """Or until its process is gone: the system gives it back."""
    with path.open("ab") as stream:
        assert not is_held(path)
        hold(stream.fileno())
        assert is_held(path)
    assert not is_held(path)


def test_two_who_look_at_once_do_not_take_each_other_for_a_writer(path):
    """A run that ends while somebody asks for the head is sealed all the same."""
    fcntl = pytest.importorskip("fcntl")
    with path.open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert not is_held(path)


def test_who_begins_to_write_while_somebody_looks_is_seen_all_the_same(path):
    """A lock that was given up at once would let a record be sealed while it is written."""
    fcntl = pytest.importorskip("fcntl")
    with path.open("ab") as stream:
        holding = threading.Thread(target=hold, args=(stream.fileno(),))
        with path.open("rb") as looking:
            fcntl.flock(looking, fcntl.LOCK_SH)
            holding.start()
            holding.join(0.05)
            assert holding.is_alive()
        holding.join(5)
        assert is_held(path)


def test_a_file_that_cannot_be_opened_is_held_by_nobody_we_know(tmp_path):
    """It is gone, or somebody else's: what cannot be read is told when it is sealed."""
    assert not is_held(tmp_path / "gone")


@pytest.fixture
def without_locks(monkeypatch):
    """A file system that has none."""

    def none(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", none)


def test_whoever_writes_a_file_does_so_on_a_file_system_without_locks(path, without_locks):
    """Nobody can tell there."""
    with path.open("ab") as stream:
        hold(stream.fileno())
        assert not is_held(path)


def test_what_needs_a_lock_is_not_begun_on_a_file_system_without_locks(path, without_locks):
    """Whoever asks is told so; nothing within was done."""
    with pytest.raises(OSError) as told, FileLock(path):
        pytest.fail("nobody holds a lock there")
    text = "it cannot be locked, as on a file system without locks"
    assert (told.value.errno, told.value.strerror, told.value.filename) == (errno.ENOLCK, text, str(path))


def test_no_run_is_entered_into_a_ledger_that_cannot_be_locked(tmp_path, without_locks):
    """Two at once would break its chain; the user is told where and what to do, and nothing is left behind."""
    text = "it cannot be locked, as on a file system without locks. Give another place with --evidence."
    with pytest.raises(EvidenceError, match=f"^no evidence can be kept in {tmp_path}: {text}$"):
        Evidence(tmp_path).open_run({})
    assert [path.name for path in tmp_path.iterdir()] == [".ledger.lock"]


def test_a_lock_has_one_holder_until_it_is_given_back(tmp_path):
    """Whoever does not wait is told at once, and holds nothing; giving back twice is one."""
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.take()
    assert not other.take(wait=False)
    other.give_back()
    assert not other.take(wait=False)
    one.give_back()
    one.give_back()
    assert other.take(wait=False)
    other.give_back()


def test_whoever_waits_gets_the_lock_when_it_is_given_back(tmp_path):
    """As a run does that starts while another one is entered into the ledger."""
    other, got = FileLock(tmp_path / "lock"), []
    with FileLock(tmp_path / "lock") as held:
        assert not FileLock(held.path).take(wait=False)
        waiting = threading.Thread(target=lambda: got.append(other.take()), daemon=True)
        waiting.start()
        waiting.join(0.05)
        assert waiting.is_alive()
    waiting.join(30)
    assert got == [True]
    other.give_back()


def test_a_lock_is_an_empty_file_that_stays_and_leaves_no_file_open(tmp_path):
    """What it holds is not touched; others may read it, and the owner alone may change it."""
    path = tmp_path / "lock"
    before = os.umask(0)
    try:
        with FileLock(path):
            assert not FileLock(path).take(wait=False)
    finally:
        os.umask(before)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"", 0o644)
    path.write_bytes(b"x")
    spare = os.open(path, os.O_RDONLY)
    os.close(spare)
    with FileLock(path):
        assert not FileLock(path).take(wait=False)
    assert os.open(path, os.O_RDONLY) == spare, "the lowest number that is free is the same"
    os.close(spare)
    assert path.read_bytes() == b"x"
