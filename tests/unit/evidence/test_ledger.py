"""The ledger is one chain; its head fixes everything before it, and numbers that are missing are found."""

import json

from syncproof.evidence.canonical import sha256
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


def test_a_torn_line_is_left_out_and_the_chain_goes_on_from_it(tmp_path):
    """Nothing that was written is taken away again."""
    ledger = Ledger(tmp_path)
    ledger.append({"type": "run_started", "run": 1})
    with ledger.path.open("ab") as stream:
        stream.write(b'{"torn')
    ledger.append({"type": "run_aborted", "run": 1})
    assert [line["type"] for line in ledger.lines()] == ["run_started", "run_aborted"]
    assert ledger.lines()[1]["prev"] == sha256(b'{"torn')


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
