"""The ledger is one chain; its head fixes everything before it, and numbers that are missing are found."""

import json

import pytest

from syncproof.evidence.canonical import now_text, sha256
from syncproof.evidence.journal import FIRST
from syncproof.evidence.ledger import Head, Ledger, gaps, runs


def test_lines_are_chained_and_the_head_is_the_last_ones_hash(tmp_path):
    """Number of lines and hash, as they are kept outside."""
    ledger = Ledger(tmp_path)
    assert ledger.head() == Head(0, FIRST)
    ledger.append({"type": "run_started", "run": 1})
    last = ledger.append({"type": "run_finished", "run": 1})
    first, second = ledger.path.read_bytes().splitlines()
    assert json.loads(second)["prev"] == sha256(first)
    assert ledger.head() == Head(2, last) == Head(2, sha256(second))
    assert str(ledger.head()) == f"2:{last}"


def test_a_line_longer_than_what_is_read_at_first_is_followed_all_the_same(tmp_path):
    """The last line is found by its start, wherever that is."""
    ledger = Ledger(tmp_path)
    ledger.append({"type": "conclusion_entered", "text": "x" * 200_000})
    ledger.append({"type": "conclusion_entered", "text": "y" * 200_000})
    ledger.append({"type": "run_started", "run": 1})
    first, second, third = ledger.path.read_bytes().splitlines()
    assert [json.loads(line)["prev"] for line in (first, second, third)] == [FIRST, sha256(first), sha256(second)]


@pytest.mark.parametrize("torn", [b'{"torn', b'{"torn ', b'{"X'])
def test_a_torn_line_is_left_out_and_the_chain_goes_on_from_it(tmp_path, torn):
    """Nothing that was written is taken away again, and every byte of it counts."""
    ledger = Ledger(tmp_path)
    ledger.append({"type": "run_started", "run": 1})
    with ledger.path.open("ab") as stream:
        stream.write(torn)
    ledger.append({"type": "run_aborted", "run": 1})
    assert [(number, line["type"]) for number, line in ledger.numbered()] == [(1, "run_started"), (3, "run_aborted")]
    assert [line["type"] for line in ledger.lines()] == ["run_started", "run_aborted"]
    assert ledger.lines()[1]["prev"] == sha256(torn)


def test_the_head_may_be_asked_for_as_it_stood_at_any_line(tmp_path):
    """And so may the lines up to there."""
    ledger = Ledger(tmp_path)
    hashes = [ledger.append({"type": "run_started", "run": run}) for run in (1, 2, 3)]
    assert [ledger.head(until) for until in (0, 1, 2, 3)] == [
        Head(0, FIRST),
        Head(1, hashes[0]),
        Head(2, hashes[1]),
        Head(3, hashes[2]),
    ]
    assert ledger.head() == Head(3, hashes[2])
    assert [number for number, _ in ledger.numbered(2)] == [1, 2]


def test_an_empty_file_is_a_ledger_without_lines(tmp_path):
    """A crash may leave one."""
    ledger = Ledger(tmp_path)
    ledger.path.touch()
    ledger.append({"type": "run_started", "run": 1})
    assert ledger.lines()[0]["prev"] == FIRST


def test_every_line_has_the_host_time_at_which_it_was_written(tmp_path):
    """In UTC, as in the journals."""
    ledger = Ledger(tmp_path)
    before = now_text()
    ledger.append({"type": "run_started", "run": 1})
    assert before <= ledger.lines()[0]["at"] <= now_text()


def test_all_who_append_to_a_directory_wait_for_the_same_lock(tmp_path):
    """Its file is beside the ledger, under the name that every version looks for."""
    one, other = Ledger(tmp_path), Ledger(tmp_path)
    with one.lock:
        assert not other.lock.take(wait=False)
        assert (tmp_path / ".ledger.lock").is_file()


def test_the_place_of_a_run_is_the_line_with_which_it_started(tmp_path):
    """Counted from one."""
    ledger = Ledger(tmp_path)
    ledger.append({"type": "run_started", "run": 1})
    ledger.append({"type": "run_finished", "run": 1})
    hash_ = ledger.append({"type": "run_started", "run": 2})
    assert ledger.place(2) == (3, hash_)
    assert ledger.place(7) is None


def test_a_missing_number_is_found_and_the_acts_of_people_are_no_runs():
    """Numbers run from one to the highest."""
    lines = [{"type": "run_started", "run": n} for n in (2, 5)]
    lines.append({"type": "conclusion_entered", "run": 9})
    assert runs(lines) == [2, 5]
    assert gaps(lines) == [1, 3, 4]
    assert gaps([]) == []
