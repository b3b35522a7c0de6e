"""A file of a pack is there whole, or as it was before."""

import hashlib
import re

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence.files import file_sha256, write_whole, written


def test_the_hash_is_that_of_the_whole_content(tmp_path):
    """In lower-case hex, however long the file is."""
    data = b"\r\n\xff" * 500_000
    (tmp_path / "x").write_bytes(data)
    assert file_sha256(tmp_path / "x") == hashlib.sha256(data).hexdigest()


def test_a_file_is_replaced_at_once_and_what_is_written_meanwhile_is_hidden(tmp_path):
    """So that no manifest lists it; nothing is left of it."""
    path = tmp_path / "manifest.json"
    write_whole(path, b"before\r\n")
    with written(path) as stream:
        stream.write(b"after\xff")
        stream.flush()
        assert path.read_bytes() == b"before\r\n"
        assert {one.name for one in tmp_path.iterdir()} == {"manifest.json", ".manifest.json.new"}
    assert path.read_bytes() == b"after\xff"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_told_and_nothing_is_changed(tmp_path):
    """With the file and the reason of the system."""
    path = tmp_path / "gone" / "x"
    text = f"^{re.escape(str(path))} cannot be written: No such file or directory$"
    with pytest.raises(EvidenceError, match=text):
        write_whole(path, b"x")
    path.parent.mkdir()
    path.write_bytes(b"before")
    with pytest.raises(EvidenceError, match="cannot be written: No space left"), written(path) as stream:
        stream.write(b"half")
        raise OSError(28, "No space left on device")
    assert (path.read_bytes(), list(path.parent.iterdir())) == (b"before", [path])


def test_a_writer_that_fails_for_another_reason_changes_nothing_either(tmp_path):
    """Its error is its own."""
    path = tmp_path / "x"
    with pytest.raises(KeyError), written(path) as stream:
        stream.write(b"half")
        raise KeyError
    assert list(tmp_path.iterdir()) == []
