"""The manifest names every file of a pack but what is signed later."""

import json

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence import manifest
from syncproof.evidence.canonical import sha256
from syncproof.evidence.ledger import Head


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
    told = {name: value for name, value in json.loads(data).items() if name != "files"}
    assert told == {"format": "syncproof-manifest/1", "pack": tmp_path.name}
    assert data.endswith(b"}\n")
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


def test_files_of_these_names_further_down_are_in_it(tmp_path):
    """Only at the top do they come after it; hidden files are left over from writing."""
    names = ["record/signatures/a", "record/attestation.dsse.json", "record/manifest.json", "allure-report/data/b.json"]
    for name in (*names, ".hidden", "record/.hidden"):
        put(tmp_path, name)
    manifest.make(tmp_path)
    files = [entry["file"] for entry in json.loads((tmp_path / "manifest.json").read_bytes())["files"]]
    assert files == sorted(names)


def test_a_stored_body_is_told_by_its_name(tmp_path):
    """It is not read again, for there may be very many; that it is what its name says, verify finds out."""
    put(tmp_path, "exchanges/00ff", b"changed")
    manifest.make(tmp_path)
    assert entries(tmp_path)["exchanges/00ff"]["sha256"] == "00ff"


def test_it_states_the_line_of_the_ledger_up_to_which_views_tell(tmp_path):
    """With its hash, so that the ledger of that time is known again."""
    manifest.make(tmp_path, Head(7, "aa"))
    assert json.loads((tmp_path / "manifest.json").read_bytes())["ledger"] == {"line": 7, "hash": "aa"}
    assert manifest.ledger_line(tmp_path) == 7


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"ledger":{"line":1}}', 1),
        ('{"ledger":{"line":0}}', None),
        ('{"ledger":{"line":-1}}', None),
        ('{"ledger":{"line":"1"}}', None),
        ('{"ledger":null}', None),
        ("{}", None),
        ("{", None),
        (None, None),
    ],
)
def test_a_line_that_is_not_stated_is_none(tmp_path, text, line):
    """The manifest was half copied, changed, or made before there was one: it is read all the same."""
    if text is not None:
        put(tmp_path, "manifest.json", text.encode())
    assert manifest.ledger_line(tmp_path) == line


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("record/journal-main.ndjson", "application/x-ndjson"),
        ("landscape.toml", "application/toml"),
        ("index.html", "text/html"),
        ("a.feature", "text/x-gherkin"),
        ("exchanges/00ff", "application/octet-stream"),
    ],
)
def test_the_media_type_is_that_of_the_name(name, type_):
    """What has none is bytes."""
    assert manifest.media_type(name) == type_


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
