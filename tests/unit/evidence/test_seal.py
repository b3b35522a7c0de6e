"""The seal holds everything a record consists of."""

import json
import signal
import subprocess
import sys

import pytest

from syncproof.evidence import seal
from syncproof.evidence.canonical import now_text, sha256
from syncproof.evidence.journal import FIRST, Journal
from syncproof.evidence.pack import Evidence

KILLED = """
import os, signal, sys
from pathlib import Path
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
pack = Evidence(Path(sys.argv[1])).open_run({})
journal = Journal(pack.path, "main")
journal.append("run_started", {"run": 1})
os.write(journal._file, b'{"torn')
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def finished(tmp_path):
    pack = Evidence(tmp_path).open_run({"who": "me"})
    journal = Journal(pack.path, "main")
    journal.append("run_started", {"run": 1})
    journal.keep_body(b"one")
    journal.keep_body(b"three")
    journal.close()
    (pack.path / "inputs").mkdir()
    (pack.path / "inputs" / "landscape.toml").write_text("name = 'x'")
    return pack, pack.finish({"exit": 0})


def read(pack):
    return json.loads((pack / seal.SEAL).read_bytes())


def test_it_names_journals_bodies_inputs_and_the_place_in_the_ledger(finished, tmp_path):
    """All that a verdict rests on."""
    pack, _ = finished
    found, lines = read(pack.path), (tmp_path / "ledger.ndjson").read_bytes().splitlines()
    data = (pack.path / "record" / "journal-main.ndjson").read_bytes()
    assert found["journals"] == [
        {
            "file": "journal-main.ndjson",
            "lines": 1,
            "bytes": len(data),
            "valid_bytes": len(data),
            "sha256": sha256(data),
            "head": sha256(data[:-1]),
        }
    ]
    names = "".join(f"{name}\n" for name in sorted([sha256(b"one"), sha256(b"three")]))
    assert found["exchanges"] == {"count": 2, "bytes": 8, "root": sha256(names.encode())}
    assert found["inputs"] == [{"file": "inputs/landscape.toml", "sha256": sha256(b"name = 'x'"), "bytes": 10}]
    assert found["ledger"] == {"line": 1, "hash": sha256(lines[0])}
    assert (found["format"], found["run"], found["pack"]) == (seal.FORMAT, 1, pack.path.name)
    assert (found["sealed_by"], found["ended"]) == ("controller", "finished")


def test_the_ledgers_last_line_of_the_run_holds_the_seal(finished, tmp_path):
    """Who changes the record has to change the ledger too."""
    pack, head = finished
    last = (tmp_path / "ledger.ndjson").read_bytes().splitlines()[-1]
    assert json.loads(last)["seal"] == seal.of(pack.path) == sha256((pack.path / seal.SEAL).read_bytes())
    assert (head.lines, head.hash) == (2, sha256(last))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_what_a_killed_run_left_is_sealed_as_it_is_by_the_next(tmp_path):
    """A torn line stays in the file, and the seal says how much is valid."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    Evidence(tmp_path).open_run({}).finish({})
    [pack] = tmp_path.glob("0001-*")
    found = read(pack)
    journal = next(each for each in found["journals"] if each["file"] == "journal-main.ndjson")
    assert (found["sealed_by"], found["ended"], journal["lines"]) == ("recovery", "aborted", 1)
    assert journal["bytes"] - journal["valid_bytes"] == len(b'{"torn')
    aborted = json.loads((tmp_path / "ledger.ndjson").read_bytes().splitlines()[1])
    assert (aborted["type"], aborted["seal"]) == ("run_aborted", seal.of(pack))


def test_a_pack_without_record_has_no_seal(tmp_path):
    """Nobody sealed it."""
    assert seal.of(tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_what_a_run_left_that_wrote_nothing_is_sealed_as_such(tmp_path):
    """No line, no exchange, no place in the ledger: said, and not an error."""
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "journal-main.ndjson").touch()
    before = now_text()
    seal.make(tmp_path, 1, None, by=seal.RECOVERY, ended="aborted")
    found = read(tmp_path)
    assert before <= found["sealed_at"] <= now_text()
    assert found["ledger"] is None
    assert (found["journals"][0]["lines"], found["journals"][0]["head"]) == (0, FIRST)
    assert found["exchanges"] == {"count": 0, "bytes": 0, "root": sha256(b"")}
