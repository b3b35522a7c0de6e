"""Tryton as a system of a landscape that Syncproof starts itself.

As a command::

    python -m syncproof.adapters.tryton.server install
    python -m syncproof.adapters.tryton.server start DIRECTORY    (until Ctrl-C or end of input)
    python -m syncproof.adapters.tryton.server stop DIRECTORY
"""

import argparse
import json
import os
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from syncproof.adapters.tryton import install, process
from syncproof.errors import LandscapeError, SyncproofError

SITES = {"EAST": "Europe/Berlin", "WEST": "America/New_York"}
USERS = {"viewer": ("viewer",), "planner": ("planner",), "engineer": ("engineer",), "admin": ("administrator",)}
"""What the command starts with; a landscape brings its own."""


@dataclass(frozen=True, slots=True)
class Started:
    """A running server with one database, and who can log in: user -> (login, password)."""

    base_url: str
    credentials: dict[str, tuple[str, str]] = field(repr=False)
    server: process.Server

    def stop(self) -> None:
        """End the server."""
        self.server.stop()


def launch(
    name: str,
    *,
    users: Mapping[str, Sequence[str]],
    sites: Mapping[str, str],
    time_zone: str,
    directory: Path,
    progress: install.Progress = install.quiet,
) -> Started:
    """Start a server on a fresh database ``name``. The first call ever installs the server.

    ``users`` gives the roles of each, ``sites`` the time zone of each; ``directory`` gets the database.
    Raises LandscapeError if the server cannot be installed or started.
    """
    database, passwords = install.template(users, list(sites), time_zone, progress)
    directory.mkdir(parents=True, exist_ok=True)
    for stale in directory.glob(f"{name}.sqlite-*"):  # SQLite would play an old journal into the copy
        stale.unlink()
    shutil.copyfile(database, directory / f"{name}.sqlite")
    server = process.Server(database.parent / "venv", directory, name)
    server.start()
    credentials = {user: (user, passwords[user]) for user in users}
    return Started(server.base_url, credentials, server)


def _start(directory: Path) -> None:
    started = launch("erp", users=USERS, sites=SITES, time_zone="Europe/Berlin", directory=directory, progress=_say)
    pid = directory / "trytond.pid"
    pid.write_text(str(started.server.pid), encoding="utf-8")
    secret = directory / "users.json"
    secret.touch(mode=0o600)
    passwords = dict(started.credentials.values())
    secret.write_text(json.dumps(passwords, indent=1), encoding="utf-8")
    ready = {"ready": True, "url": started.base_url, "users": str(secret)}
    print(json.dumps(ready), flush=True)  # noqa: T201  the one line others read
    try:
        sys.stdin.read()
    except KeyboardInterrupt:
        pass
    finally:
        started.stop()
        pid.unlink(missing_ok=True)


def _stop(directory: Path) -> None:
    path = directory / "trytond.pid"
    if not path.is_file():
        raise LandscapeError(f"no server was started in {directory}: {path.name} is not there")
    try:
        os.kill(int(path.read_text(encoding="utf-8")), signal.SIGTERM)
    except ProcessLookupError:
        _say("it had ended already")
    path.unlink(missing_ok=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201  progress of a command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 2 and one line of text for what the user can mend."""
    parser = argparse.ArgumentParser(prog="python -m syncproof.adapters.tryton.server", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install")
    for name in ("start", "stop"):
        commands.add_parser(name).add_argument("directory", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "install":
            _say(f"Tryton is installed in {install.installed(_say)}")
        else:
            {"start": _start, "stop": _stop}[chosen.command](chosen.directory)
    except SyncproofError as error:
        _say(str(error))
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
