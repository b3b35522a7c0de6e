"""Every run that ever started has a number, and its end is on record."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence import locks, seal
from syncproof.evidence import pack as packs
from syncproof.evidence.canonical import sha256
from syncproof.evidence.journal import FIRST, Journal
from syncproof.evidence.pack import KILLED, Evidence

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


def kill(directory: Path) -> None:
    """A run whose controller is killed."""
    with start(directory, "hang") as process:
        process.stdout.readline()
        process.kill()


def ledger(directory: Path) -> list[dict]:
    return [json.loads(line) for line in (directory / "ledger.ndjson").read_text().splitlines()]


def test_a_run_has_a_start_and_a_finish_in_the_ledger(tmp_path):
    """Chained, with the facts given."""
    pack = Evidence(tmp_path).open_run({"seed": "s"})
    pack.finish({"exit": 0})
    first, _ = (tmp_path / "ledger.ndjson").read_bytes().splitlines()
    started, finished = ledger(tmp_path)
    of_it = {"run": 1, "pack": pack.path.name}
    assert started == of_it | {"type": "run_started", "seed": "s", "prev": FIRST, "at": started["at"]}
    told = {"exit": 0, "prev": sha256(first), "at": finished["at"], "seal": seal.of(pack.path)}
    assert finished == of_it | {"type": "run_finished"} | told
    assert pack.path.name.startswith("0001-")
    assert [path.name for path in sorted(pack.path.iterdir())] == ["exchanges", "manifest.json", "record"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed there")
def test_a_pack_is_named_after_its_start_in_utc(tmp_path, monkeypatch):
    """Wherever the machine stands: packs of several sites are put in one order."""
    monkeypatch.setenv("TZ", "UTC-9")
    time.tzset()
    try:
        pack = Evidence(tmp_path).open_run({})
    finally:
        monkeypatch.undo()
        time.tzset()
    named = datetime.strptime(pack.path.name + "+0000", "0001-%Y%m%dT%H%M%SZ%z")
    assert abs(datetime.fromisoformat(ledger(tmp_path)[0]["at"]) - named) < timedelta(hours=1)


@pytest.mark.parametrize(
    ("aborted", "ended", "by"),
    [(None, "finished", seal.CONTROLLER), ("interrupted", "aborted", seal.CONTROLLER), (KILLED, "aborted", seal.RECOVERY)],
)  # fmt: skip
def test_the_seal_says_which_run_it_closes_from_which_line_how_it_ended_and_who_sealed_it(tmp_path, aborted, ended, by):
    """A seal cannot be handed from one run to another, nor an aborted run be told as a finished one."""
    Evidence(tmp_path).open_run({}).finish({})
    if aborted == KILLED:
        kill(tmp_path)
        Evidence(tmp_path).mark_killed()
    else:
        Evidence(tmp_path).open_run({}).finish({}, aborted=aborted)
    [pack] = tmp_path.glob("0002-*")
    sealed = json.loads((pack / seal.SEAL).read_bytes())
    begun = {"line": 3, "hash": sha256((tmp_path / "ledger.ndjson").read_bytes().splitlines()[2])}
    told = {"run": 2, "pack": pack.name, "ledger": begun, "ended": ended, "sealed_by": by}
    assert {name: sealed[name] for name in told} == told
    assert (ledger(tmp_path)[-1]["type"], ledger(tmp_path)[-1].get("reason")) == (f"run_{ended}", aborted)


def test_numbers_have_no_gaps_even_when_runs_start_together(tmp_path):
    """Several processes at once on one evidence directory."""
    with ThreadPoolExecutor(4) as pool:
        processes = list(pool.map(lambda _: start(tmp_path, "end"), range(6)))
        numbers = sorted(int(process.communicate()[0]) for process in processes)
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert {line["type"] for line in ledger(tmp_path)} == {"run_started", "run_finished"}


def test_a_killed_run_is_marked_when_the_next_one_starts(tmp_path):
    """In the ledger and in its own pack; its number stays taken."""
    kill(tmp_path)
    Evidence(tmp_path).open_run({}).finish({})
    types = [(line["type"], line["run"]) for line in ledger(tmp_path)]
    assert types == [("run_started", 1), ("run_aborted", 1), ("run_started", 2), ("run_finished", 2)]
    marked = ledger(tmp_path)[1]
    [pack] = tmp_path.glob("0001-*")
    assert (marked["pack"], marked["reason"], marked["seal"]) == (pack.name, KILLED, seal.of(pack))
    [line] = map(json.loads, (pack / "record" / "journal-recovery.ndjson").read_text().splitlines())
    assert (line["type"], line["reason"]) == ("run_aborted", KILLED)


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


def test_a_killed_run_can_be_marked_without_a_next_one(tmp_path):
    """By who saw it end; one that still works is left alone."""
    alive = Evidence(tmp_path).open_run({})
    kill(tmp_path)
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
    place = tmp_path / "file" / "evidence"
    said = rf"^no evidence can be kept in {re.escape(str(place))}: \w.+\. Give another place with --evidence\.$"
    with pytest.raises(EvidenceError, match=said):
        Evidence(place).open_run({})


def test_a_ledger_that_cannot_be_written_is_named(tmp_path):
    """Whoever enters something knows that it is not on record, and why."""
    (tmp_path / "ledger.ndjson").mkdir()
    with pytest.raises(EvidenceError, match=r"ledger\.ndjson cannot be written: \w"):
        Evidence(tmp_path).note({})


def test_the_folder_is_made_with_all_above_it(tmp_path):
    """``--out build/evidence/plant`` needs no preparation."""
    assert Evidence(tmp_path / "build" / "evidence" / "plant").open_run({}).path.is_dir()


def test_a_run_ends_in_order_when_somebody_tidied_its_lock_away(tmp_path):
    """Hidden files that look left over are deleted; the record is complete all the same."""
    pack = Evidence(tmp_path).open_run({})
    [lock] = tmp_path.glob(".run-*.lock")
    lock.unlink()
    pack.finish({})
    assert ledger(tmp_path)[-1]["type"] == "run_finished"


@pytest.fixture
def killed(tmp_path):
    """The pack of a run whose controller was killed."""
    kill(tmp_path)
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
        next(tmp_path.glob(".run-*.lock")).unlink()  # the other process is done with it
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
