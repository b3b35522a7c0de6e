"""What a run was made with: who, on what, from which files. Goes into ``run_started``."""

import getpass
import os
import platform
import socket
import subprocess
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import syncproof
from syncproof.evidence.canonical import sha256

PACKAGES = (
    *("syncproof", "pytest", "pytest-bdd", "pytest-xdist"),
    *("gherkin-official", "requests", "msgspec", "jsonschema-rs", "allure-pytest"),
)
LOCK_FILES = (
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pylock.toml",
    "requirements.lock.txt",
    "requirements.txt",
)
SUITE_PARTS = ("features", "steps", "fixtures", "contracts", "reports")
CI_PERSONS = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "BUILD_USER_ID")


def environment(suite: Path, landscape: Path | None) -> dict[str, Any]:
    """The facts of ``run_started`` that do not depend on the run's options."""
    return {
        "who": performer(),
        "host": socket.gethostname(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: found for name in PACKAGES if (found := _version(name))},
        "engine": tree_hash(Path(syncproof.__file__).parent, "*.py"),
        "suite": {part: tree_hash(suite / part) for part in SUITE_PARTS if (suite / part).is_dir()},
        "git": git_state(suite),
        "lock_file": file_hash(suite / name for name in LOCK_FILES),
        "landscape": file_hash([landscape] if landscape else []),
    }


def performer() -> dict[str, str]:
    """Who ran it: a CI actor if there is one, else the account. Which of both, is labelled."""
    if os.environ.get("CI"):
        names = (os.environ.get(name) for name in CI_PERSONS)
        return {"kind": "ci", "name": next(filter(None, names), "unknown")}
    try:
        return {"kind": "account", "name": getpass.getuser()}
    except (KeyError, OSError, ImportError):  # no such account, as in some containers
        return {"kind": "account", "name": "unknown"}


def tree_hash(directory: Path, pattern: str = "*") -> str:
    """One hash over the paths and contents of the files below a directory."""
    lines = [
        f"{path.relative_to(directory).as_posix()} {sha256(path.read_bytes())}"
        for path in sorted(directory.rglob(pattern))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".pyc")
    ]
    return "sha256:" + sha256("\n".join(lines).encode())


def file_hash(candidates: Iterable[Path]) -> dict[str, str] | None:
    """Name and hash of the first of the files that exists."""
    for path in candidates:
        if path.is_file():
            return {"path": path.name, "sha256": sha256(path.read_bytes())}
    return None


def git_state(directory: Path) -> dict[str, Any] | None:
    """Commit and whether there are uncommitted changes; None outside a repository."""
    commit = _git(directory, "rev-parse", "HEAD")
    if commit is None:
        return None
    return {"commit": commit, "dirty": bool(_git(directory, "status", "--porcelain", "--untracked-files=no"))}


def _git(directory: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(directory), *arguments]
    settings = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False, env=settings)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return syncproof.__version__ if package == "syncproof" else None
