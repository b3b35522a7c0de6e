"""Runs the suite: pytest in a process of its own, over the bundled and the user's features."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from syncproof.cli.child import follow
from syncproof.errors import ConfigurationError
from syncproof.suite_files import suite_root

REFERENCE = "reference.toml"
OPTIONS = "PYTEST_ADDOPTS"
"""Options that the environment would add to every run of pytest, and with them make it smaller."""


@dataclass(frozen=True)
class Selection:
    """What to run, where and how."""

    paths: tuple[str, ...] = ()
    landscape: Path | None = None
    requirements: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    workers: int = 0
    seed: str | None = None
    out: Path | None = None
    random_order: bool = False
    allow_writes: bool = False
    extra: tuple[str, ...] = field(default=())


def landscape_file(given: Path | None) -> Path:
    """The landscape file to use: the one given, ``landscape.toml`` here, or the reference."""
    if given is not None:
        if not given.is_file():
            bundled = suite_root() / "landscapes" / given.name
            if bundled.is_file():
                return bundled
            raise ConfigurationError(
                f"there is no landscape file {given}: give a path, or make one: syncproof init DIR"
            )
        return given.resolve()
    here = Path("landscape.toml")
    return here.resolve() if here.is_file() else suite_root() / "landscapes" / REFERENCE


def evidence_folder(out: Path | None, landscape: Path) -> Path:
    """Where packs go: ``--out``, else ``evidence/`` beside the user's landscape file, else here."""
    if out is not None:
        return out.resolve()
    bundled = suite_root() in landscape.parents
    return (Path.cwd() if bundled else landscape.parent) / "evidence"


def repository() -> Path | None:
    """The user's repository, if the command runs in one (it has features of its own)."""
    here = Path.cwd()
    return here if (here / "conftest.py").is_file() and here != suite_root() else None


def feature_paths(paths: Sequence[str]) -> list[str]:
    """The features to run: those named (here or in the bundled suite), else all there are."""
    if not paths:
        own = repository()
        everything = [suite_root() / "features"] + ([own / "features"] if own else [])
        return [str(path) for path in everything if path.is_dir()]
    return [_resolve(path) for path in paths]


def _resolve(path: str) -> str:
    file, separator, rest = path.partition("::")
    for base in (Path.cwd(), suite_root(), suite_root() / "features"):
        if (base / file).exists():
            return f"{base / file}{separator}{rest}"
    raise ConfigurationError(
        f"there is no feature file or folder {file!r}, neither here nor in the bundled suite "
        f"({', '.join(sorted(p.name for p in (suite_root() / 'features').iterdir()))})"
    )


def run(selection: Selection, *, stdout: int | None = None) -> int:
    """Runs pytest on the selection and returns its exit code (pytest's own)."""
    return follow(command(selection), environment(), stdout=stdout)


def command(selection: Selection) -> list[str]:
    """The pytest command line of a selection."""
    root = repository() or suite_root()
    landscape = landscape_file(selection.landscape)
    options = [
        "-c", str(root / "pytest.toml"),
        "--rootdir", str(root),
        "-p", "no:cacheprovider",
        "-p", "no:randomly",  # its order is not that of --random-order and its seed not ours
        "-p", "no:schemathesis", "-p", "no:pact",  # they would be loaded with every run and have nothing to do here
        "--assert", "plain",  # the suite asserts nothing; rewriting its modules would cost a second
        "--landscape", str(landscape),
        "--evidence", str(evidence_folder(selection.out, landscape)),
    ]  # fmt: skip
    for name, values in (
        ("--requirement", selection.requirements),
        ("--site", selection.sites),
        ("--phase", selection.phases),
    ):
        for value in values:
            options += [name, value]
    if selection.random_order:
        options += ["--random-order"]
    if selection.allow_writes:
        options += ["--allow-writes"]
    if selection.seed:
        options += ["--seed", selection.seed]
    if selection.workers:
        options += ["-n", str(selection.workers)]
    return [sys.executable, "-m", "pytest", *options, *selection.extra, *feature_paths(selection.paths)]


def environment() -> dict[str, str]:
    """The environment of the run: the suite (and the user's repository first) importable."""
    paths = [str(path) for path in (repository(), suite_root()) if path]
    inherited = [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
    if os.environ.get(OPTIONS):
        click.echo(f"{OPTIONS} is not heard ({os.environ[OPTIONS]}): the command says itself what is run", err=True)
    kept = {name: value for name, value in os.environ.items() if name != OPTIONS}
    return {**kept, "PYTHONPATH": os.pathsep.join([*paths, *inherited])}
