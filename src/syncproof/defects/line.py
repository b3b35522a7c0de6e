"""A worker process and the line to it: a job goes out, its result comes back."""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, Self

from syncproof.errors import LandscapeError

Json = dict[str, Any]
LAST_LINES = 8
END_SECONDS = 30


class Line:
    """One worker. It ends when its standard input does, whatever becomes of us."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  closed with it
        self._process = subprocess.Popen(  # noqa: S603  our own command line
            list(command), env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            text=True, start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hear(self) -> Json:
        """Its next word; LandscapeError with its last lines if it has ended."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise LandscapeError(f"a worker of the power run ended by itself. It said: {self._last()}")
        told: Json = json.loads(line)
        return told

    def ask(self, job: Json) -> Json:
        """Does a job and waits for its result."""
        if self._process.stdin is None:
            raise LandscapeError("a worker of the power run cannot be spoken to")
        try:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
        except OSError:
            raise LandscapeError(f"a worker of the power run ended by itself. It said: {self._last()}") from None
        return self.hear()

    def close(self) -> None:
        """Lets it end in order."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()

    def _last(self) -> str:
        self._log.flush()
        self._log.seek(0)
        lines = [line.strip() for line in self._log.read().splitlines() if line.strip(" =^~")]
        return " / ".join(lines[-LAST_LINES:])
