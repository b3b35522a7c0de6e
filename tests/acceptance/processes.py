"""A run that is under way: its processes, and how far its record is."""

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from syncproof.patience import poll

PROC = Path("/proc")
LONG = 60.0


@dataclass(frozen=True)
class Started:
    """A command that was started in a process group of its own, as a terminal does."""

    process: subprocess.Popen
    folder: Path

    @property
    def pytest(self) -> int:
        """The process that runs the suite."""
        return next(pid for pid in descendants(self.process.pid) if b"pytest" in _read(pid, "cmdline"))

    def worker(self, name: str) -> int:
        """The process of an xdist worker (its systems have inherited its environment: it is the first)."""
        mark = f"PYTEST_XDIST_WORKER={name}\0".encode()
        return next(pid for pid in descendants(self.process.pid) if _is_worker(pid) and mark in _marks(pid))

    def wait_for(self, event: str, journal: str = "main") -> list[int]:
        """The processes, once an event of this type is in a journal."""
        mark = f'"type":"{event}"'.encode()
        files = f"evidence/*/record/journal-{journal}.ndjson"
        assert poll(lambda: any(mark in file.read_bytes() for file in self.folder.glob(files)), within=LONG)
        return [self.process.pid, *descendants(self.process.pid)]

    def tell(self, pid: int, number: int) -> None:
        os.kill(pid, number)

    def tell_all(self, number: int) -> None:
        """As Ctrl-C in a terminal does."""
        os.killpg(self.process.pid, number)

    def end(self) -> tuple[int, str]:
        """Exit code, and all that was said."""
        said, _ = self.process.communicate(timeout=2 * LONG)
        return self.process.returncode, said

    def kill(self) -> None:
        for pid in [self.process.pid, *descendants(self.process.pid)]:
            if self.process.poll() is None:
                os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """Children first, then theirs."""
    parents = {int(path.name): _parent(int(path.name)) for path in PROC.iterdir() if path.name.isdigit()}
    found = [pid]
    for each in found:
        found += sorted(child for child, parent in parents.items() if parent == each)
    return found[1:]


def all_gone(pids: list[int]) -> bool:
    """Whether none of them is left soon."""
    return poll(lambda: not any(_alive(pid) for pid in pids), within=LONG)


def _alive(pid: int) -> bool:
    return _state(pid)[:1] not in ([], [b"Z"])


def _parent(pid: int) -> int:
    return int(([*_state(pid), b"0", b"0"])[1])


def _state(pid: int) -> list[bytes]:
    """State and parent; nothing if it is gone."""
    return _read(pid, "stat").rpartition(b") ")[2].split()[:2]


def _is_worker(pid: int) -> bool:
    return b"exec(eval" in _read(pid, "cmdline")


def _marks(pid: int) -> bytes:
    """Its environment cannot tell (it was set later), but the systems that it started have it."""
    return b"".join(_read(child, "environ") for child in descendants(pid))


def _read(pid: int, what: str) -> bytes:
    try:
        return (PROC / str(pid) / what).read_bytes()
    except OSError:
        return b""
