"""One running Tryton server: started on a free port of the loopback, ended with its parent."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from syncproof.errors import LandscapeError

ADMIN = "admin"
START_SECONDS, STOP_SECONDS = 30.0, 5.0

_ENTRY = (
    "import os, sys, threading\n"
    "from importlib.metadata import entry_points\n"
    "def watch():\n"
    "    sys.stdin.buffer.read()\n"
    "    os._exit(0)\n"
    "if os.environ.get('EXIT_WITH_STDIN'):\n"
    "    threading.Thread(target=watch, daemon=True).start()\n"
    "point, = entry_points(group='console_scripts', name=sys.argv.pop(1))\n"
    "sys.argv[0] = point.name\n"
    "sys.exit(point.load()())\n"
)
"""Runs a command of the server's environment by name; it ends when nobody holds its standard input."""


def script(name: str) -> list[str]:
    """Arguments to Python that run one of the environment's commands."""
    return ["-c", _ENTRY, name]


def write_config(directory: Path, *, port: int) -> Path:
    """A server configuration for the databases in a directory."""
    path = directory / "trytond.conf"
    text = f"[web]\nlisten=127.0.0.1:{port}\n\n[database]\nuri=sqlite://\npath={directory}\nlist=False\n"
    path.write_text(text, encoding="utf-8")
    return path


class Server:
    """``trytond`` on one database file ``DIRECTORY/NAME.sqlite``; UTC, so that its naive instants are."""

    def __init__(self, venv: Path, directory: Path, name: str) -> None:
        self.directory = directory
        self.name = name
        self._log = directory / f"trytond-{name}.log"
        python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        config = write_config(directory, port=0)
        self._command = [str(python), *script("trytond"), "-c", str(config), "-d", name]
        self._process: subprocess.Popen[bytes] | None = None
        self.base_url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it listens."""
        environment = {**os.environ, "TZ": "UTC", "EXIT_WITH_STDIN": "1", "TRYTOND_LOGGING_LEVEL": "20"}
        environment.pop("TRYTOND_CONFIG", None)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  the command is ours
                self._command, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + START_SECONDS
        while not (port := self._port()):
            if self._process.poll() is not None:
                raise LandscapeError(f"the Tryton server ended as it was started:\n{self._tail()}")
            if time.monotonic() > end:
                self.stop()
                text = f"the Tryton server did not listen within {START_SECONDS:g} s:\n{self._tail()}"
                raise LandscapeError(text)
            time.sleep(0.02)
        self.base_url = f"http://127.0.0.1:{port}/{self.name}"

    def _port(self) -> str | None:
        said = self._log.read_text(encoding="utf-8", errors="replace")
        found = re.search(r"Running on http://127\.0\.0\.1:(\d+)", said)
        return found[1] if found else None

    def _tail(self) -> str:
        said = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return "\n".join([*said[-5:], f"(log: {self._log})"])

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._process.pid if self._process else None

    def stop(self) -> None:
        """End it; a second call does nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
