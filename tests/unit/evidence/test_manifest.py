"""The manifest names every file of a pack but what is signed later."""

import json

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence import manifest
from syncproof.evidence.canonical import sha256


def entries(pack):
    """What the manifest says, by file."""
    return {entry["file"]: entry for entry in json.loads((pack / "manifest.json").read_bytes())["files"]}


def put(pack, name, data=b"x"):
    path = pack / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_every_file_is_named_with_hash_and_length(tmp_path):
    """A stored body by the hash that is its name."""
    put(tmp_path, "index.html", b"<html>")
    put(tmp_path, "record/journal-main.ndjson", b"{}\n")
    put(tmp_path, f"exchanges/{sha256(b'body')}", b"body")
    made = manifest.make(tmp_path)
    data = (tmp_path / "manifest.json").read_bytes()
    assert made == sha256(data)
    assert json.loads(data)["format"] == "syncproof-manifest/1"
    assert entries(tmp_path) == {
        "index.html": {"file": "index.html", "sha256": sha256(b"<html>"), "bytes": 6},
        f"exchanges/{sha256(b'body')}": {
            "file": f"exchanges/{sha256(b'body')}",
            "sha256": sha256(b"body"),
            "bytes": 4,
        },
        "record/journal-main.ndjson": {
            "file": "record/journal-main.ndjson",
            "sha256": sha256(b"{}\n"),
            "bytes": 3,
        },
    }


def test_what_comes_after_it_is_not_in_it(tmp_path):
    """Signing must not change what was signed."""
    put(tmp_path, "index.html")
    before = manifest.make(tmp_path)
    put(tmp_path, "attestation.dsse.json")
    put(tmp_path, "signatures/01-author.dsse.json")
    assert manifest.make(tmp_path) == before


def test_a_pack_without_one_states_no_line_of_the_ledger(tmp_path):
    """It was half copied, or made before there were manifests."""
    assert manifest.ledger_line(tmp_path) is None


def test_a_manifest_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    """A full disk does not cut it off."""
    put(tmp_path, "index.html")
    manifest.make(tmp_path)
    old = (tmp_path / "manifest.json").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    put(tmp_path, "other.html")
    with pytest.raises(EvidenceError, match="manifest.json cannot be written: No space left on device"):
        manifest.make(tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == old
    assert not list(tmp_path.glob(".manifest*"))
