"""A run says who made it, on what, and from which files."""

import os
import platform
import socket
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import syncproof
from syncproof.evidence import environment
from syncproof.evidence.canonical import sha256


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    """Whatever the tests themselves are run by."""
    for name in ("CI", *environment.CI_PERSONS):
        monkeypatch.delenv(name, raising=False)


def test_facts_of_a_suite(tmp_path):
    """Hashes of its parts, the lock file and the landscape; versions of what ran it."""
    for part in ("features", "steps", "docs"):
        (tmp_path / part).mkdir()
    (tmp_path / "features" / "x.feature").write_text("Feature: x")
    (tmp_path / "uv.lock").write_text("lock")
    (tmp_path / "requirements.txt").write_text("older")
    landscape = tmp_path / "plant.toml"
    landscape.write_text("name = 'plant'")
    facts = environment.environment(tmp_path, landscape)
    found = facts.pop("versions")
    assert (found["pytest"], found["syncproof"]) == (version("pytest"), version("syncproof"))
    assert facts == {
        "who": environment.performer(),
        "host": socket.gethostname(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "engine": environment.tree_hash(Path(syncproof.__file__).parent, "*.py"),
        "suite": {part: environment.tree_hash(tmp_path / part) for part in ("features", "steps")},
        "git": None,
        "lock_file": {"path": "uv.lock", "sha256": sha256(b"lock")},
        "landscape": {"path": "plant.toml", "sha256": sha256(b"name = 'plant'")},
    }


def test_what_is_not_there_is_not_told(tmp_path, monkeypatch):
    """No lock file, no landscape, no package but our own, which may be a copy of the source."""

    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(environment, "version", missing)
    facts = environment.environment(tmp_path, None)
    assert (facts["lock_file"], facts["landscape"], facts["suite"]) == (None, None, {})
    assert facts["versions"] == {"syncproof": syncproof.__version__}


def test_a_tree_hash_is_that_of_the_sorted_list_of_paths_and_hashes(tmp_path):
    """Of files that fit the pattern, not of the byte code that running them leaves behind."""
    for name in ("b.py", "a/c.py", "a/c.txt", "a/d.pyc", "__pycache__/e.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "folder.py").mkdir()
    python = f"a/c.py {sha256(b'a/c.py')}\n"
    last = f"b.py {sha256(b'b.py')}"
    assert environment.tree_hash(tmp_path, "*.py") == "sha256:" + sha256((python + last).encode())
    text = f"a/c.txt {sha256(b'a/c.txt')}\n"
    assert environment.tree_hash(tmp_path) == "sha256:" + sha256((python + text + last).encode())


@pytest.mark.parametrize("name", environment.CI_PERSONS)
def test_a_ci_actor_is_labelled_as_one(monkeypatch, name):
    """A CI key is no person."""
    monkeypatch.setenv("CI", "true")
    assert environment.performer() == {"kind": "ci", "name": "unknown"}
    monkeypatch.setenv(name, "octocat")
    assert environment.performer() == {"kind": "ci", "name": "octocat"}


def test_a_person_is_told_by_their_account(monkeypatch):
    """In some containers there is none."""
    monkeypatch.setattr(environment.getpass, "getuser", lambda: "jane")
    assert environment.performer() == {"kind": "account", "name": "jane"}
    for error in (KeyError, OSError, ImportError):

        def none(error=error):
            raise error

        monkeypatch.setattr(environment.getpass, "getuser", none)
        assert environment.performer() == {"kind": "account", "name": "unknown"}


@pytest.fixture
def repository(tmp_path):
    run = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e@x"]
    subprocess.run([*run, "init", "-q"], check=True)
    (tmp_path / "a").write_text("1")
    subprocess.run([*run, "add", "a"], check=True)
    subprocess.run([*run, "commit", "-qm", "one"], check=True)
    return tmp_path


def test_git_state_tells_commit_and_uncommitted_changes(repository):
    """A run from changed files says so; files that git does not know are no part of the commit."""
    (repository / "unknown").write_text("1")
    clean = environment.git_state(repository)
    (repository / "a").write_text("2")
    head = (repository / ".git" / (repository / ".git" / "HEAD").read_text().split()[1]).read_text().strip()
    assert clean == {"commit": head, "dirty": False}
    assert environment.environment(repository, None)["git"] == environment.git_state(repository)
    assert environment.git_state(repository) == clean | {"dirty": True}


def test_looking_at_git_changes_nothing(repository):
    """Somebody may be committing at that moment: the index is not written again, even where git would do so."""
    index = repository / ".git" / "index"
    before = index.read_bytes()
    os.utime(repository / "a", (1, 1))
    assert environment.git_state(repository)["dirty"] is False
    assert index.read_bytes() == before


@pytest.mark.parametrize("error", [FileNotFoundError(2, "no git"), subprocess.TimeoutExpired("git", 10)])
def test_without_an_answer_of_git_there_is_no_git_state(repository, monkeypatch, error):
    """It is not installed, or does not answer within ten seconds."""
    given = []

    def run(*_, **options):
        given.append(options["timeout"])
        raise error

    monkeypatch.setattr(subprocess, "run", run)
    assert environment.git_state(repository) is None
    assert given == [10]
