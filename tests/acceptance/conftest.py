"""The command line as a user calls it: in a process of its own, in an empty folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from syncproof.evidence.reader import Record, read_pack
from syncproof.landscape.launch import RunningLandscape
from syncproof.suite_files import suite_root
from tests.acceptance.hybrid import Hybrid, hybrid, running_wms


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
def packs(tmp_path: Path) -> Callable[[], list[Path]]:
    """The packs that lie in the folder of the test."""
    return lambda: sorted(path for path in (tmp_path / "evidence").iterdir() if path.is_dir())


@pytest.fixture
def record(packs: Callable[[], list[Path]]) -> Callable[[], Record]:
    """The record of the last run."""
    return lambda: read_pack(packs()[-1])


@pytest.fixture(scope="session")
def reference() -> str:
    """The text of the reference landscape file, to be changed."""
    return (suite_root() / "landscapes" / "reference.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def wms(reference: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLandscape]:
    """A WMS that runs on its own."""
    with running_wms(reference, tmp_path_factory.mktemp("wms")) as running:
        yield running


@pytest.fixture
def plant(reference: str, wms: RunningLandscape, tmp_path: Path) -> Iterator[Hybrid]:
    """A landscape file whose WMS is that one, behind a proxy."""
    with hybrid(reference, wms, tmp_path) as made:
        yield made
