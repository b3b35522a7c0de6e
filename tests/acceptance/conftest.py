"""The command line as a user calls it: in a process of its own, in an empty folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from syncproof.suite_files import suite_root


@dataclass(frozen=True)
class Called:
    """What a call of the command line left."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@pytest.fixture
def syncproof(tmp_path: Path) -> Callable[..., Called]:
    """Calls the command line in a folder of its own."""

    def call(*arguments: str, cwd: Path = tmp_path, seconds: float = 120, **environment: str) -> Called:
        done = subprocess.run(
            [sys.executable, "-m", "syncproof", *arguments],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Called(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def reference() -> str:
    """The text of the reference landscape file, to be changed."""
    return (suite_root() / "landscapes" / "reference.toml").read_text(encoding="utf-8")
