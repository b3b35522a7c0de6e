"""Folders of killed runs are told from those of running ones."""

import os
import stat
import tempfile
import time

import pytest

from syncproof.evidence.locks import FileLock
from syncproof.landscape.runtime import LOCK, LOGS_KEPT_SECONDS, RuntimeFolder, sweep, write_private


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def left(tmp_path, *names):
    """A folder as a killed run leaves it."""
    folder = tmp_path / "syncproof-left"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("x")
    return folder


def test_folder_of_a_running_landscape_is_let_be(tmp_path):
    running = RuntimeFolder()
    (running.path / "tokens.json").write_text("{}")
    sweep(tmp_path)
    assert (running.path / "tokens.json").exists()


def test_secrets_of_a_killed_run_go_and_its_logs_stay(tmp_path):
    folder = left(tmp_path, LOCK, "tokens.json", "erp.sqlite", "erp.log")
    (folder / "erp").mkdir()
    sweep(tmp_path)
    assert {path.name for path in folder.iterdir()} == {LOCK, "erp.log"}


@pytest.mark.parametrize("names", [["erp.log"], ["erp.log", LOCK]])
def test_old_logs_go(tmp_path, names):
    folder = left(tmp_path, *names)
    sweep(tmp_path)
    assert folder.exists()
    long_ago = time.time() - LOGS_KEPT_SECONDS - 1
    os.utime(folder, (long_ago, long_ago))
    sweep(tmp_path)
    assert not folder.exists()


def test_a_folder_of_somebody_else_is_let_be(tmp_path):
    """Neither a lock nor a log: it is not ours."""
    folder = left(tmp_path, "thesis.txt")
    os.utime(folder, (0, 0))
    sweep(tmp_path)
    assert (folder / "thesis.txt").exists()


def test_folder_that_another_process_holds_is_let_be(tmp_path):
    folder = left(tmp_path, LOCK, "tokens.json")
    with FileLock(folder / LOCK):
        sweep(tmp_path)
    assert (folder / "tokens.json").exists()


def test_a_private_file_is_readable_by_its_account_only(tmp_path):
    write_private(tmp_path / "new.json", {"a": 1})
    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o600
