"""Every run that ever started has a number, and its end is on record."""

import json
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence import locks, seal
from syncproof.evidence import pack as packs
from syncproof.evidence.canonical import sha256
from syncproof.evidence.journal import FIRST, Journal
from syncproof.evidence.pack import Evidence

RUN = """
import sys, time
from pathlib import Path
from syncproof.evidence.pack import Evidence
pack = Evidence(Path(sys.argv[1])).open_run({})
print(pack.number, flush=True)
if sys.argv[2] == "hang": time.sleep(60)
pack.finish({})
"""


def start(directory: Path, how: str) -> subprocess.Popen:
    command = [sys.executable, "-c", RUN, str(directory), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ledger(directory: Path) -> list[dict]:
    return [json.loads(line) for line in (directory / "ledger.ndjson").read_text().splitlines()]


def test_a_run_has_a_start_and_a_finish_in_the_ledger(tmp_path):
    """Chained, with the facts given."""
    pack = Evidence(tmp_path).open_run({"seed": "s"})
    pack.finish({"exit": 0})
    lines = (tmp_path / "ledger.ndjson").read_bytes().splitlines()
    started, finished = ledger(tmp_path)
    assert (started["type"], started["run"], started["seed"], started["prev"]) == ("run_started", 1, "s", FIRST)
    assert (finished["type"], finished["run"], finished["exit"]) == ("run_finished", 1, 0)
    assert finished["prev"] == sha256(lines[0])
    assert pack.path.name == started["pack"]
    assert pack.path.name.startswith("0001-")
    assert [path.name for path in sorted(pack.path.iterdir())] == ["exchanges", "manifest.json", "record"]


def test_numbers_have_no_gaps_even_when_runs_start_together(tmp_path):
    """Several processes at once on one evidence directory."""
    with ThreadPoolExecutor(4) as pool:
        processes = list(pool.map(lambda _: start(tmp_path, "end"), range(6)))
        numbers = sorted(int(process.communicate()[0]) for process in processes)
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert {line["type"] for line in ledger(tmp_path)} == {"run_started", "run_finished"}


def test_a_killed_run_is_marked_when_the_next_one_starts(tmp_path):
    """In the ledger and in its own pack; its number stays taken."""
    with start(tmp_path, "hang") as process:
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    second = Evidence(tmp_path).open_run({})
    second.finish({})
    types = [(line["type"], line["run"]) for line in ledger(tmp_path)]
    assert types == [("run_started", 1), ("run_aborted", 1), ("run_started", 2), ("run_finished", 2)]
    [pack] = tmp_path.glob("0001-*")
    [line] = (pack / "record" / "journal-recovery.ndjson").read_text().splitlines()
    assert json.loads(line)["type"] == "run_aborted"


def test_what_failed_in_a_run_that_was_killed_opens_a_deviation(tmp_path):
    """It is found when the run is marked, for the run itself could not."""
    with start(tmp_path, "hang") as process:
        process.stdout.readline()
        [pack] = tmp_path.glob("0001-*")
        journal = Journal(pack, "main")
        steps = [{"keyword": "Then", "type": "then", "text": "b", "line": 4}]
        journal.append("scenario_started", {"scenario": "one", "requirements": ["URS-A-1"], "steps": steps})
        journal.append("step_started", {"scenario": "one", "n": 1})
        check = {"requirement": "URS-A-1", "claim": "c", "kind": "equal", "expected": 1, "actual": 2}
        journal.append("check", {"scenario": "one", "step": 1, **check, "verdict": "failed", "exchanges": []})
        journal.close()
        process.send_signal(signal.SIGKILL)
    Evidence(tmp_path).mark_killed()
    lines = map(json.loads, (pack / "record" / "journal-recovery.ndjson").read_text().splitlines())
    assert [(line["type"], line.get("id")) for line in lines] == [("deviation", "D-1-1"), ("run_aborted", None)]


def test_a_run_that_is_still_going_on_is_left_alone(tmp_path):
    """Two runs may overlap."""
    with start(tmp_path, "hang") as process:
        process.stdout.readline()
        Evidence(tmp_path).open_run({}).finish({})
        process.kill()
    assert "run_aborted" not in {line["type"] for line in ledger(tmp_path)}


def test_an_interrupted_run_says_why(tmp_path):
    """It ended in order, but not by itself."""
    Evidence(tmp_path).open_run({}).finish({"exit": 2}, aborted="interrupted")
    assert (ledger(tmp_path)[-1]["type"], ledger(tmp_path)[-1]["reason"]) == ("run_aborted", "interrupted")


def test_a_killed_run_can_be_marked_without_a_next_one(tmp_path):
    """By who saw it end; one that still works is left alone."""
    alive = Evidence(tmp_path).open_run({})
    killed = start(tmp_path, "hang")
    killed.stdout.readline()
    killed.kill()
    killed.wait()
    Evidence(tmp_path).mark_killed()
    ended = [(line["type"], line["run"]) for line in ledger(tmp_path)[2:]]
    assert ended == [("run_aborted", 2)]
    alive.finish({})


def test_a_line_torn_by_a_power_cut_does_not_stop_the_next_run(tmp_path):
    """It stays as it is; the chain goes on from it."""
    Evidence(tmp_path).open_run({}).finish({})
    with (tmp_path / "ledger.ndjson").open("ab") as stream:
        stream.write(b'{"run":2,"ty')
    pack = Evidence(tmp_path).open_run({})
    pack.finish({})
    assert pack.number == 2
    lines = (tmp_path / "ledger.ndjson").read_bytes().splitlines()
    assert lines[2] == b'{"run":2,"ty'
    assert json.loads(lines[3])["prev"] == sha256(lines[2])


def test_a_lost_ledger_does_not_give_a_number_twice(tmp_path):
    """The packs that lie there count as well."""
    Evidence(tmp_path).open_run({}).finish({})
    (tmp_path / "ledger.ndjson").unlink()
    pack = Evidence(tmp_path).open_run({})
    pack.finish({})
    assert pack.number == 2


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    """With what to do about it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(EvidenceError, match="Give another place with --evidence"):
        Evidence(tmp_path / "file" / "evidence").open_run({})


@pytest.fixture
def killed(tmp_path):
    """The pack of a run whose controller was killed."""
    with start(tmp_path, "hang") as process:
        process.stdout.readline()
        process.kill()
    return next(tmp_path.glob("0001-*"))


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(packs, "SETTLING", 0)


unseen = pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell there who writes")


@unseen
@pytest.mark.usefixtures("impatient")
def test_a_record_that_is_still_written_is_not_sealed(tmp_path):
    """A seal would be wrong a moment later; it is made when the writer has ended."""
    pack = Evidence(tmp_path).open_run({})
    late = Journal(pack.path, "gw0")
    with pytest.raises(EvidenceError, match=r"is still being written to, 0 s after .* and was not sealed"):
        pack.finish({})
    assert (seal.of(pack.path), [line["type"] for line in ledger(tmp_path)]) == (None, ["run_started"])
    late.close()
    pack.finish({})
    assert ledger(tmp_path)[-1]["seal"] == seal.of(pack.path)


@unseen
def test_the_last_writers_are_waited_for_and_those_that_come_meanwhile(tmp_path, monkeypatch):
    """A worker that came up late begins its journal while another one is about to end."""
    pack = Evidence(tmp_path).open_run({})
    writers = [Journal(pack.path, "gw0")]

    def look(path):
        if not locks.is_held(path):
            return False
        writers.pop().close()
        if path.name == "journal-gw0.ndjson":
            writers.append(Journal(pack.path, "gw1"))
        return True

    monkeypatch.setattr(packs, "is_held", look)
    pack.finish({})
    assert writers == []
    sealed = json.loads((pack.path / seal.SEAL).read_bytes())
    assert [one["file"] for one in sealed["journals"]] == ["journal-gw0.ndjson", "journal-gw1.ndjson"]


@unseen
@pytest.mark.usefixtures("impatient")
def test_a_dead_run_whose_worker_goes_on_is_left_for_the_next_time(tmp_path, killed):
    """Neither marked nor sealed; other runs are not kept from starting."""
    worker = Journal(killed, "gw0")
    Evidence(tmp_path).open_run({}).finish({})
    assert ("run_aborted", 1) not in [(line["type"], line["run"]) for line in ledger(tmp_path)]
    worker.append("landscape_opened", {})
    worker.close()
    Evidence(tmp_path).mark_killed()
    assert (ledger(tmp_path)[-1]["type"], ledger(tmp_path)[-1]["seal"]) == ("run_aborted", seal.of(killed))
    assert not list(tmp_path.glob(".run-*"))


@unseen
def test_the_ledger_is_free_while_a_worker_is_waited_for(tmp_path, killed, monkeypatch):
    """Other runs begin and end meanwhile; what another process marked is not marked again."""
    worker, marked = Journal(killed, "gw0"), {"type": "run_aborted", "run": 1, "pack": killed.name, "seal": None}

    def look(_path):
        worker.close()
        other = Evidence(tmp_path)
        assert other.ledger.lock.take(wait=False)
        other.ledger.lock.give_back()
        other.note(marked)
        return False

    monkeypatch.setattr(packs, "is_held", look)
    Evidence(tmp_path).mark_killed()
    assert [line["type"] for line in ledger(tmp_path)] == ["run_started", "run_aborted"]


def test_a_run_that_died_after_its_seal_keeps_it(tmp_path, killed):
    """Signatures may be for it already; the manifest that it did not come to is made."""
    made = seal.make(killed, 1, Evidence(tmp_path).ledger.place(1), by=seal.CONTROLLER, ended="finished")
    Evidence(tmp_path).mark_killed()
    assert ledger(tmp_path)[-1]["seal"] == made == seal.of(killed)
    assert not (killed / "record" / "journal-recovery.ndjson").exists()
    assert (killed / "manifest.json").is_file()


def test_a_pack_that_is_gone_is_marked_without_a_seal(tmp_path, killed):
    """Somebody took it away before anybody could seal it."""
    shutil.rmtree(killed)
    Evidence(tmp_path).mark_killed()
    assert (ledger(tmp_path)[-1]["type"], ledger(tmp_path)[-1]["seal"]) == ("run_aborted", None)
