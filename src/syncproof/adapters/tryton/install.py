"""Installs the Tryton server into an environment of its own and makes its template databases.

Three things are made once and kept: the environment, a database with the modules (the slow part), and per
landscape a copy of it with company, sites and users. A start copies the last one.
"""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from syncproof.adapters.tryton import cache
from syncproof.adapters.tryton.process import ADMIN, Server, script, write_config
from syncproof.adapters.tryton.provision import provision
from syncproof.adapters.tryton.rpc import Connection
from syncproof.errors import LandscapeError
from syncproof.transport import Recorder, RecordingSession

Progress = Callable[[str], None]
MODULES = (
    *("production", "production_routing", "production_work"),
    *("stock_lot", "stock_lot_sled"),
)
INSTALL_SECONDS, DATABASE_SECONDS = 600.0, 300.0
SCHEMA = 3
"""Raised when :mod:`provision` makes databases differently, so that kept ones are made anew."""


def quiet(_: str) -> None:
    """Say nothing."""


def installed(progress: Progress = quiet) -> Path:
    """The server's home, with environment and base database; makes what is missing."""
    home = cache.home()
    if (home / "base.sqlite").is_file():
        return home
    with cache.locked(home):
        if not (home / "venv" / ".ready").is_file():
            progress("installing Tryton 8.2 (once, about a minute)")
            _environment(home / "venv")
        if not (home / "base.sqlite").is_file():
            progress("making the Tryton template database (once, about half a minute)")
            _base(home)
    return home


def _environment(venv: Path) -> None:
    _run([sys.executable, "-m", "venv", "--clear", str(venv)], INSTALL_SECONDS, "an environment for Tryton")
    pip = [str(_python(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", str(cache.requirements())], INSTALL_SECONDS, "Tryton's packages")
    (venv / ".ready").touch()


def _python(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _base(home: Path) -> None:
    """Activate the modules in an empty database. Tryton wants the file to be there."""
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        work = Path(scratch)
        (work / "base.sqlite").touch()
        (work / "password").write_text(secrets.token_urlsafe(24), encoding="utf-8")
        config = write_config(work, port=0)
        command = [str(_python(home / "venv")), *script("trytond-admin"), "-c", str(config), "-d", "base", "--all"]
        command += ["--email", "admin@example.com", "--activate-dependencies", "-u", *MODULES]
        environment = {**os.environ, "TRYTONPASSFILE": str(work / "password")}
        _run(command, DATABASE_SECONDS, "Tryton's template database", environment)
        finish(work / "base.sqlite")
        (home / "base.password").write_text((work / "password").read_text(encoding="utf-8"), encoding="utf-8")
        (home / "base.password").chmod(0o600)
        (work / "base.sqlite").replace(home / "base.sqlite")


def finish(database: Path) -> None:
    """Bring what SQLite keeps beside the file into it, so that the file alone can be copied."""
    connection = sqlite3.connect(database)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _run(command: Sequence[str], seconds: float, what: str, environment: Mapping[str, str] | None = None) -> None:
    try:
        done = subprocess.run(  # noqa: S603  the command is ours
            command, env=environment, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise LandscapeError(f"making {what} took more than {seconds:g} s and was ended; try again") from None
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        hint = "Is the package index reachable, and is there space on the disk?"
        raise LandscapeError(f"{what} could not be made ({command[0]} ended with {done.returncode}):\n{said}\n{hint}")


def template(
    users: Mapping[str, Sequence[str]], sites: Sequence[str], time_zone: str, progress: Progress = quiet
) -> tuple[Path, dict[str, str]]:
    """A database with these users and sites, and the users' passwords; made once, then kept."""
    home = installed(progress)
    wanted = json.dumps([SCHEMA, {k: sorted(v) for k, v in users.items()}, list(sites), time_zone], sort_keys=True)
    name = f"template-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"
    database, kept = home / f"{name}.sqlite", home / f"{name}.json"
    if not database.is_file():
        with cache.locked(home):
            if not database.is_file():
                progress("making the company, sites and users in Tryton (once, some seconds)")
                _template(home, name, users=users, sites=sites, time_zone=time_zone)
    passwords: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return database, passwords


def _template(
    home: Path, name: str, *, users: Mapping[str, Sequence[str]], sites: Sequence[str], time_zone: str
) -> None:
    passwords = {user: secrets.token_urlsafe(24) for user in users}
    admin_password = (home / "base.password").read_text(encoding="utf-8").strip()
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        work = Path(scratch)
        shutil.copyfile(home / "base.sqlite", work / "base.sqlite")
        with Server(home / "venv", work, "base") as server:
            session = RecordingSession("tryton", server.base_url, Recorder(), read_seconds=60.0)
            admin = Connection(session, ADMIN, admin_password)
            provision(admin, users=users, passwords=passwords, sites=sites, time_zone=time_zone)
            session.close()
        finish(work / "base.sqlite")
        kept = home / f"{name}.json"
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(passwords), encoding="utf-8")
        (work / "base.sqlite").replace(home / f"{name}.sqlite")
