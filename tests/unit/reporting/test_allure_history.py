"""Allure remembers the runs before, once each, and nothing that is not its own."""

import json

from syncproof.reporting.allure_history import History


def line(name):
    return json.dumps({"name": name, "testResults": {}}).encode()


def test_a_run_sees_the_lines_of_the_runs_before_it(tmp_path):
    """Oldest first, and not its own of an earlier report."""
    for name in ("0001-x", "0002-x", "0003-x"):
        History(tmp_path / name).keep(b"\n".join([line("older"), line(name)]) + b"\n")
    History(tmp_path / "0002-x").keep(line("again"))
    assert History(tmp_path / "0003-x").before() == line("0001-x") + b"\n" + line("again") + b"\n"
    assert History(tmp_path / "0001-x").before() == b""


def test_what_is_broken_is_left_out(tmp_path):
    """No report fails because of it."""
    folder = tmp_path / "allure-history"
    folder.mkdir()
    for name, text in (("0001-x", b"{torn"), ("0002-x", b"[1]"), ("0003-x", b'{"other": 1}'), ("0004-x", line("good"))):
        (folder / f"{name}.jsonl").write_bytes(text)
    assert History(tmp_path / "0009-x").before() == line("good") + b"\n"
    History(tmp_path / "0009-x").keep(b"nothing of Allure's")
    assert not (folder / "0009-x.jsonl").exists()
