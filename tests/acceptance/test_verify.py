"""An auditor checks what a run left: whole, half copied, signed, killed."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

FEATURES = ("features/installation",)
PASSPHRASE = "correct horse battery\n"


def call(folder: Path, *arguments: str, said: str | None = None) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "syncproof", *arguments]
    return subprocess.run(command, cwd=folder, input=said, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded")
    done = call(folder, "qualify", "--no-report", "--json", *FEATURES)
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


@pytest.fixture
def folder(recorded, tmp_path, monkeypatch):
    """A copy of the folder, in the hands of a person."""
    monkeypatch.delenv("CI", raising=False)
    shutil.copytree(recorded[0], tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def pack(folder):
    return next((folder / "evidence").glob("0001-*"))


def verify(folder, pack, *options):
    done = call(folder, "evidence", "verify", str(pack), "--json", *options)
    said = json.loads(done.stdout)
    return done.returncode, {one["check"]: one["status"] for one in said["findings"]}


def test_what_a_run_left_verifies_with_the_head_that_it_printed(recorded, folder, pack):
    """Nothing is missing and nothing failed; nobody has signed."""
    code, found = verify(folder, pack, "--head", recorded[1]["ledger_head"])
    assert code == 0
    assert set(found.values()) == {"ok", "unsigned"}
    assert found["signature"] == "unsigned"
    assert found["views"] == "ok"
    assert recorded[1]["qualification_claim"] is not None


def test_a_person_signs_and_the_views_print_it(folder, pack):
    """Key, signature, views, trust: the way of the documentation."""
    for name, capacity in (("Jane Roe", "author"), ("Rob Doe", "reviewer")):
        typed = PASSPHRASE * 2  # a terminal is not needed to confirm
        made = call(folder, "key", "new", "--name", name, "--role", "QA", "--out", f"{capacity}.pem", said=typed)
        assert made.returncode == 0, made.stderr
        with (folder / "trust.toml").open("a") as stream:
            stream.write(made.stdout)
        signed = call(
            folder,
            "evidence",
            "sign",
            str(pack),
            "--as",
            capacity,
            "--key",
            f"{capacity}.pem",
            "--passphrase-stdin",
            said=PASSPHRASE,
        )
        assert signed.returncode == 0, signed.stderr
    assert call(folder, "evidence", "report", str(pack), "--no-allure").returncode == 0
    code, found = verify(folder, pack, "--trust", "trust.toml")
    assert (code, found["signature"], found["signed PDF"]) == (0, "ok", "ok")
    assert verify(folder, pack)[0] == 3, "without a trust file nobody is known"
    again = call(
        folder,
        "evidence",
        "sign",
        str(pack),
        "--as",
        "approver",
        "--key",
        "author.pem",
        "--passphrase-stdin",
        said=PASSPHRASE,
    )
    assert (again.returncode, "three people" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("gone", "code", "check"),
    [
        ("record/seal.json", 3, "seal"),
        ("manifest.json", 3, "manifest"),
        ("record/journal-main.ndjson", 4, "journals"),
        ("exchanges", 4, "exchanges"),
        ("../ledger.ndjson", 3, "ledger"),
    ],
)
def test_a_pack_that_was_copied_by_half_is_told(folder, pack, gone, code, check):
    """What is missing, and whether it could not be checked or contradicts the rest."""
    path = pack / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    ended, found = verify(folder, pack)
    assert (ended, found[check] != "ok") == (code, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_run_is_sealed_by_whoever_asks_next_and_verifies(folder):
    """Its number stays; what it left is whole."""
    command = [sys.executable, "-m", "syncproof", "qualify", "--no-report", "features/block_tests"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    from syncproof.patience import poll

    def is_under_way():
        return any(
            path.stat().st_size > 100_000 for path in (folder / "evidence").glob("0002-*/record/journal-main.ndjson")
        )

    assert poll(is_under_way, within=60)
    import os

    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert call(folder, "evidence", "head").returncode == 0
    [pack] = (folder / "evidence").glob("0002-*")
    sealed = json.loads((pack / "record" / "seal.json").read_bytes())
    assert (sealed["sealed_by"], sealed["ended"]) == ("recovery", "aborted")
    code, found = verify(folder, pack)
    assert found["journals"] == found["exchanges"] == found["verdicts"] == found["ledger"] == "ok"
    assert code == 3, "it has no views"


def test_a_folder_that_is_no_pack_and_a_wrong_trust_file_are_told(folder, pack):
    """Without a stack trace."""
    (folder / "empty").mkdir()
    assert verify(folder, "empty") == (3, {"seal": "could not check"})
    (folder / "trust.toml").write_text("[[key]]\nname = 'x'\n")
    done = call(folder, "evidence", "verify", str(pack), "--trust", "trust.toml")
    assert (done.returncode, "keyid, public missing" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
    done = call(folder, "evidence", "verify", str(pack), "--head", "2")
    assert (done.returncode, "LINES:HASH" in done.stderr) == (2, True)
