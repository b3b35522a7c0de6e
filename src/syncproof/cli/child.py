"""The run as a process of its own, on a leash: it ends in order when we are told to end, or are gone."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

from syncproof.bdd.ending import LEASH

ENDINGS = (signal.SIGINT, signal.SIGTERM)


def follow(command: Sequence[str], environment: Mapping[str, str], *, stdout: int | None = None) -> int:
    """Runs a command to its end and returns its exit code. Told to end (Ctrl-C, SIGTERM), it lets the
    command end in order; told a second time, it kills it."""
    if sys.platform == "win32":  # no descriptor is handed on there; the console tells both of Ctrl-C
        return subprocess.run(command, env=environment, stdout=stdout, check=False).returncode  # noqa: S603
    held, hold = os.pipe()
    process = subprocess.Popen(  # noqa: S603  our own command line
        command, env={**environment, LEASH: str(held)}, stdout=stdout, pass_fds=(held,)
    )
    os.close(held)
    told = _Told(process, hold)
    former = {number: signal.signal(number, told) for number in ENDINGS}
    try:
        return process.wait()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        told.let_go()


class _Told:
    """What is done with a signal while the command runs."""

    def __init__(self, process: subprocess.Popen[bytes], hold: int) -> None:
        self._process = process
        self._hold = hold

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self._hold < 0:
            self._process.kill()
        self.let_go()

    def let_go(self) -> None:
        hold, self._hold = self._hold, -1  # first: the next signal may come at once
        if hold >= 0:
            os.close(hold)
