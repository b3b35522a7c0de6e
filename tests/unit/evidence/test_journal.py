"""A journal holds what happened, in order, chained, and without secrets."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.journal import FIRST, Journal, journal_path
from syncproof.evidence.locks import is_held
from syncproof.transport import Redactor


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path, "main")
    yield journal
    journal.close()


def lines_of(pack, worker="main"):
    return journal_path(pack / "record", worker).read_bytes().splitlines()


def test_each_line_is_canonical_numbered_and_chained(journal, tmp_path):
    """``prev`` is the SHA-256 of the line before."""
    journal.append("run_started", {"b": 1, "a": "ü"})
    journal.append("run_finished", {})
    first, second = lines_of(tmp_path)
    events = [json.loads(first), json.loads(second)]
    assert [canonical(event) for event in events] == [first, second]
    assert [event["seq"] for event in events] == [0, 1]
    assert [event["prev"] for event in events] == [FIRST, sha256(first)]
    assert events[0]["worker"] == "main"
    assert events[0]["type"] == "run_started"
    assert events[0]["at"].endswith("Z")
    assert len(events[0]["at"]) == len("2027-03-10T06:00:00.000000Z")


def test_a_journal_begins_with_nothing(tmp_path):
    """Its pack need not be there yet; it stands in no scenario, and what it keeps is no program."""
    journal = Journal(tmp_path / "evidence" / "0001", "main")
    assert (journal.scenario, journal.step) == (None, None)
    body = journal.keep_body(b"{}")
    journal.close()
    files = [journal_path(journal.pack / "record", "main"), journal.pack / "exchanges" / body]
    assert [file.stat().st_mode & 0o111 for file in files] == [0, 0]


def test_what_somebody_else_wrote_into_a_journal_stays_in_sight(journal, tmp_path):
    """Nothing is written over: the chain is broken there, and a reader says so."""
    journal.append("step_started", {})
    with journal_path(tmp_path / "record", "main").open("ab") as stream:
        stream.write(b"foreign\n")
    journal.append("step_finished", {})
    assert lines_of(tmp_path)[1] == b"foreign"
    assert len(lines_of(tmp_path)) == 3


def test_an_event_is_on_file_as_soon_as_it_happened(journal, tmp_path):
    """Nothing waits in a buffer of ours: a killed run has written everything."""
    journal.append("step_started", {"n": 1})
    assert len(lines_of(tmp_path)) == 1


def test_a_killed_process_leaves_a_valid_prefix(tmp_path):
    """Killed without a chance to say anything."""
    code = (
        "import sys, time; from pathlib import Path; from syncproof.evidence.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1]), 'gw0')\n"
        "for n in range(100): journal.append('step_started', {'n': n})\n"
        "print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    lines = lines_of(tmp_path, "gw0")
    assert len(lines) == 100
    assert [json.loads(line)["prev"] for line in lines[1:]] == [sha256(line) for line in lines[:-1]]


def test_a_body_is_stored_once_under_its_hash(journal, tmp_path):
    """For all workers together; an empty body is none."""
    other = Journal(tmp_path, "gw1")
    names = [journal.keep_body(b"{}"), journal.keep_body(b"{}"), other.keep_body(b"{}")]
    other.close()
    assert names == [sha256(b"{}")] * 3
    assert [path.name for path in (tmp_path / "exchanges").iterdir()] == names[:1]
    assert (tmp_path / "exchanges" / names[0]).read_bytes() == b"{}"
    assert journal.keep_body(b"") is None


def test_no_line_holds_a_registered_secret(tmp_path):
    """Whoever writes the event: the last line of defence."""
    redactor = Redactor()
    redactor.register("qa", 'se"cret')
    journal = Journal(tmp_path, "main", redactor.clean)
    journal.append("check", {"actual": 'the token is se"cret.'})
    journal.append("check", {})
    journal.close()
    first, second = lines_of(tmp_path)
    assert json.loads(first)["actual"] == "the token is <redacted:qa>."
    assert json.loads(second)["prev"] == sha256(first)


def test_a_line_without_its_secret_is_canonical_again(tmp_path):
    """A secret may have been a key, which then stands elsewhere."""
    redactor = Redactor()
    redactor.register("qa", "planner")
    journal = Journal(tmp_path, "main", redactor.clean)
    journal.append("check", {"actual": {"buyer": 1, "planner": 2}})
    redactor.register("qb", "null")
    with pytest.raises(EvidenceError, match=r"^a registered secret is a word of JSON itself: use another one$"):
        journal.append("check", {"actual": None})
    journal.close()
    [line] = lines_of(tmp_path)
    assert line == canonical(json.loads(line))
    assert json.loads(line)["actual"] == {"<redacted:qa>": 2, "buyer": 1}


def test_threads_do_not_mix_their_lines(journal, tmp_path):
    """Numbers without gaps, chain unbroken."""
    threads = [threading.Thread(target=lambda: [journal.append("check", {}) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = lines_of(tmp_path)
    assert [json.loads(line)["seq"] for line in lines] == list(range(200))
    assert [json.loads(line)["prev"] for line in lines[1:]] == [sha256(line) for line in lines[:-1]]


def test_two_workers_of_one_name_are_refused(journal, tmp_path):
    """One would write over the other."""
    with pytest.raises(EvidenceError) as refused:
        Journal(tmp_path, "main")
    assert str(refused.value) == (
        f"the journal of worker main cannot be made in {tmp_path / 'record'}: File exists. "
        "Give a directory that can be written to with --evidence."
    )


def test_a_record_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    """A full disk ends the run with a reason, not with a gap."""
    journal = Journal(tmp_path, "main")
    monkeypatch.setattr(os, "write", lambda *_: 3)
    with pytest.raises(EvidenceError, match="was cut off: is the disk full"):
        journal.append("check", {})
    monkeypatch.undo()
    journal.close()


@pytest.mark.parametrize(
    ("call", "use"),
    [
        ("write", lambda journal: journal.append("check", {})),
        ("write", lambda journal: journal.keep_body(b"{}")),
        ("open", lambda journal: journal.keep_body(b"{}")),
    ],
    ids=["line", "body", "new body"],
)
def test_why_a_record_cannot_be_written_is_said(journal, tmp_path, monkeypatch, call, use):
    """As the operating system puts it, and of which pack."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(EvidenceError) as said:
        use(journal)
    monkeypatch.undo()
    assert str(said.value) == f"the record in {tmp_path} cannot be written: No space left on device"


def test_a_closed_journal_takes_no_more_events(tmp_path):
    """Closing it once more does nothing."""
    journal = Journal(tmp_path, "main")
    journal.close()
    journal.close()
    with pytest.raises(EvidenceError, match="cannot be written: Bad file descriptor"):
        journal.append("check", {})


def test_a_scenario_is_synced_within_a_moment(tmp_path, monkeypatch):
    """Asked for at its end, done beside the next one; fast scenarios share one sync."""
    synced, done = [], threading.Event()
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (real(file), synced.append(file), done.set()))
    journal = Journal(tmp_path, "main")
    journal.append("scenario_finished", {})
    journal.sync()
    assert done.wait(5)
    for _ in range(50):
        journal.sync()
    journal.close()
    assert 2 <= len(synced) < 20


def test_a_failed_sync_is_not_swallowed(tmp_path, monkeypatch):
    """It is raised at the next scenario's end, or at the latest when the journal is closed."""

    def fail(_file):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    journal = Journal(tmp_path, "main")
    journal.sync()
    journal._syncer._thread.join()
    with pytest.raises(EvidenceError, match="Input/output error"):
        journal.sync()
    with pytest.raises(EvidenceError, match="Input/output error"):
        journal.close()


def test_no_journal_is_begun_in_a_sealed_record(tmp_path):
    """A worker that comes up after its run was given up would break the seal."""
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "seal.json").write_bytes(b"{}")
    with pytest.raises(EvidenceError, match=r": the record is sealed\. Give"):
        Journal(tmp_path, "gw1")
    assert [path.name for path in (tmp_path / "record").iterdir()] == ["seal.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell there")
def test_a_journal_is_held_while_it_is_written(tmp_path):
    """So that nobody seals it."""
    journal = Journal(tmp_path, "main")
    path = journal_path(tmp_path / "record", "main")
    assert is_held(path)
    journal.close()
    assert not is_held(path)


@pytest.mark.parametrize("written", [True, False])
def test_an_interrupt_while_a_line_is_written_breaks_no_chain(journal, tmp_path, monkeypatch, written):
    """Ctrl-C comes at any moment; the end of the run is still to be written."""
    journal.append("step_started", {})
    real = os.write

    def interrupted(file, data):
        if written:
            real(file, data)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        journal.append("step_finished", {})
    monkeypatch.undo()
    journal.append("run_aborted", {})
    journal.append("run_finished", {})
    lines = lines_of(tmp_path)
    assert [json.loads(line)["seq"] for line in lines] == list(range(3 + written))
    assert [json.loads(line)["prev"] for line in lines[1:]] == [sha256(line) for line in lines[:-1]]
