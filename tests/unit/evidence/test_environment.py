"""A run says who made it, on what, and from which files."""

import subprocess

from syncproof.evidence import environment


def test_facts_of_a_suite(tmp_path):
    """Hashes of its parts, the lock file and the landscape; versions of what ran it."""
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "x.feature").write_text("Feature: x")
    (tmp_path / "uv.lock").write_text("lock")
    landscape = tmp_path / "plant.toml"
    landscape.write_text("name = 'plant'")
    facts = environment.environment(tmp_path, landscape)
    assert set(facts["suite"]) == {"features"}
    assert facts["lock_file"]["path"] == "uv.lock"
    assert facts["landscape"]["path"] == "plant.toml"
    assert facts["engine"].startswith("sha256:")
    assert facts["git"] is None
    assert facts["versions"]["pytest"]
    assert facts["who"]["kind"] in {"account", "ci"}


def test_a_tree_hash_changes_with_names_and_contents_only(tmp_path):
    """Not with byte code that running it leaves behind."""
    (tmp_path / "a.py").write_text("1")
    first = environment.tree_hash(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert environment.tree_hash(tmp_path) == first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    second = environment.tree_hash(tmp_path)
    (tmp_path / "b.py").write_text("2")
    assert len({first, second, environment.tree_hash(tmp_path)}) == 3


def test_a_ci_actor_is_labelled_as_one(monkeypatch):
    """A CI key is no person."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_ACTOR", "octocat")
    assert environment.performer() == {"kind": "ci", "name": "octocat"}


def test_git_state_tells_commit_and_uncommitted_changes(tmp_path):
    """A run from changed files says so."""
    run = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e@x"]
    subprocess.run([*run, "init", "-q"], check=True)
    (tmp_path / "a").write_text("1")
    subprocess.run([*run, "add", "a"], check=True)
    subprocess.run([*run, "commit", "-qm", "one"], check=True)
    clean = environment.git_state(tmp_path)
    (tmp_path / "a").write_text("2")
    assert (len(clean["commit"]), clean["dirty"]) == (40, False)
    assert environment.git_state(tmp_path)["dirty"] is True
