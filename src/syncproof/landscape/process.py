"""One child process: started, waited for, logged and stopped; never left behind.

The child's standard input is a pipe that only this process holds. When this process ends, in whatever
way, the pipe is closed, and a child that watches it (``exit_with_stdin``) ends too.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import syncproof
from syncproof.errors import LandscapeError

LAST_LINES = 3
STOP_SECONDS = 5.0


class ChildProcess:
    """A child that says in one line of JSON on standard output when and where it listens."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path) -> None:
        self.name, self.log = name, log
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopping = False
        with log.open("ab") as errors:
            self._process = subprocess.Popen(  # noqa: S603  our own modules, no shell
                [sys.executable, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for us: we stop our children in order
            )
        self._reader = threading.Thread(target=self._read, name=f"{name} output", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def failed(self) -> bool:
        """Whether it ended by itself."""
        return not self._stopping and self._process.poll() is not None

    def wait_ready(self, seconds: float) -> str:
        """The URL it listens on; LandscapeError if it ends before it says so, or takes too long."""
        try:
            line = self._answers.get(timeout=max(seconds, 0.01))
        except queue.Empty:
            raise LandscapeError(
                f"{self.name} did not get ready in time: it must print a line of JSON when it listens."
                f"{self._said()} Is the machine overloaded?"
            ) from None
        if not line:
            code = self._process.wait(STOP_SECONDS)
            raise LandscapeError(f"{self.name} ended with code {code} before it was ready.{self._said()}")
        try:
            return str(json.loads(line)["url"])
        except (ValueError, KeyError, TypeError):
            raise LandscapeError(f"{self.name} must say that it is ready, but said {line.strip()!r}") from None

    def check(self) -> None:
        """LandscapeError if it ended by itself."""
        if self.failed:
            code = self._process.poll()
            raise LandscapeError(f"{self.name} ended by itself with code {code}.{self._said()}")

    def ask_to_stop(self) -> None:
        """Ask it to end: by its input and by a signal."""
        self._stopping = True
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        if self._process.poll() is None:
            self._process.terminate()

    def stop(self, deadline: float) -> None:
        """Ask it to end, and kill it if it has not by the deadline (of the monotonic clock)."""
        self.ask_to_stop()
        try:
            self._process.wait(max(deadline - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(STOP_SECONDS)

    def _read(self) -> None:
        """Hands over the first line, then moves the rest to the log, so that the pipe never fills."""
        if self._process.stdout is None:
            return
        with self._process.stdout as output:
            self._answers.put(output.readline().decode("utf-8", "replace"))
            for line in output:
                with self.log.open("ab") as log:
                    log.write(line)

    def _said(self) -> str:
        """Its last words, and where the others are (marks of a traceback tell nobody anything)."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        words = [line.strip() for line in lines if line.strip(" ^~")]
        return f" It said: {' / '.join(words[-LAST_LINES:])}. Its log: {self.log}" if words else ""


def _environment() -> dict[str, str]:
    """Ours, with this very package first on the path: a child must not find another one."""
    source = str(Path(syncproof.__file__).parents[1])
    inherited = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([source, inherited] if inherited else [source])}
