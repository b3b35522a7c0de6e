"""How far a long validation is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from syncproof.contracts.bulk.report import Report, Told

OFTEN, SELDOM = 0.2, 10.0
"""Seconds between looks at a bar, and between lines."""
EVERY = 1000
"""The clock is looked at once in so many documents."""


@contextmanager
def progress(files: tuple[Path, ...]) -> Iterator[Told]:
    """What is called after each document; shows itself on standard error."""
    if sys.stderr.isatty():
        columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=sum(map(_size, files)))
            yield _now_and_then(OFTEN, lambda text, size: bar.update(task, description=text, completed=size))
    else:
        yield _now_and_then(SELDOM, lambda text, _: click.echo(text, err=True))


def _now_and_then(seconds: float, show: Callable[[str, int], None]) -> Told:
    due, read, documents = time.monotonic() + seconds, 0, 0

    def told(report: Report, size: int) -> None:
        nonlocal due, read, documents
        read += size
        documents += 1
        if documents % EVERY == 0 and time.monotonic() >= due:
            due = time.monotonic() + seconds
            show(f"{report.documents:,} documents, {report.invalid:,} invalid", read)

    return told


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())
