"""``syncproof landscape``: check a landscape file, start it, show it."""

import signal
import threading
from pathlib import Path

import click

from syncproof.cli.suite import landscape_file
from syncproof.landscape import load
from syncproof.landscape.launch import RunningLandscape, launch
from syncproof.landscape.report import describe

file_argument = click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))


@click.group()
def landscape() -> None:
    """Which system plays which role: check the file, start the simulated systems, show them."""


@landscape.command()
@file_argument
def check(file: Path | None) -> None:
    """Check FILE (default: landscape.toml here, else the reference) and say what is wrong with it."""
    path = landscape_file(file)
    load(path, check_secrets=True)
    click.echo(f"{path} is in order. Whether its systems answer: syncproof qualify features/installation")


@landscape.command()
@file_argument
def show(file: Path | None) -> None:
    """Show the systems, roles, owners and SLAs of FILE."""
    click.echo(describe(load(landscape_file(file))))


@landscape.command()
@file_argument
def up(file: Path | None) -> None:
    """Start the simulated systems of FILE and leave them running until Ctrl-C, for a look with curl."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with launch(load(landscape_file(file))) as running:
        click.echo(_told(running))
        while not stop.wait(1.0):
            running.check()


def _told(running: RunningLandscape) -> str:
    address = next(iter(running.urls.values()))
    token = f"$(python3 -c \"import json; print(json.load(open('{running.token_file}'))['tokens']['viewer'])\")"
    return "\n".join(
        [
            *(f"{name:12} {url}" for name, url in running.urls.items()),
            f"tokens       {running.token_file} (readable by you only)",
            "",
            f"Try:  curl {address}/openapi.json",
            f'      curl -H "Authorization: Bearer {token}" {address}/identity',
            "Ctrl-C stops everything.",
        ]
    )
