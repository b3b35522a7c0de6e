"""Whoever writes a file can be seen; whoever looks disturbs nobody."""

import sys
import threading

import pytest

from syncproof.evidence.locks import hold, is_held

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


def test_a_file_system_without_locks_stops_nobody(path, monkeypatch):
    """Nobody can tell there."""
    fcntl = pytest.importorskip("fcntl")

    def none(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    with path.open("ab") as stream:
        hold(stream.fileno())
        assert not is_held(path)
