"""The seal: what a record consists of, fixed at the end of its run.

It names each journal with length, hash and last line, the stored bodies, the inputs, and the ledger line
with which the run started. The ledger's last line of the run holds the hash of the seal, and signatures are
given for it: who changes anything below has to change what lies outside the pack.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from syncproof.evidence.canonical import canonical, now_text, sha256
from syncproof.evidence.files import file_sha256, write_whole
from syncproof.evidence.journal import FIRST, SEALED

FORMAT = "syncproof-record/1"
SEAL = f"record/{SEALED}"
CONTROLLER, RECOVERY = "controller", "recovery"


def make(pack: Path, run: int, ledger: tuple[int, str] | None, *, by: str, ended: str) -> str:
    """Write the seal of a pack and return its sha256. ``ledger`` is line and hash of the run's start; ``by`` is
    the controller, or recovery for a run that was killed; ``ended`` is finished or aborted. EvidenceError if it
    cannot be written."""
    seal = {
        "format": FORMAT,
        "run": run,
        "pack": pack.name,
        "sealed_at": now_text(),
        "sealed_by": by,
        "ended": ended,
        "ledger": None if ledger is None else {"line": ledger[0], "hash": ledger[1]},
        "journals": [_journal(path) for path in sorted((pack / "record").glob("journal-*.ndjson"))],
        "exchanges": _exchanges(pack / "exchanges"),
        "inputs": [_file(path, pack) for path in _files(pack / "inputs")],
    }
    data = canonical(seal) + b"\n"
    write_whole(pack / SEAL, data)
    return sha256(data)


def of(pack: Path) -> str | None:
    """The sha256 of a pack's seal; None if it has none."""
    path = pack / SEAL
    return sha256(path.read_bytes()) if path.is_file() else None


def _journal(path: Path) -> dict[str, Any]:
    """A last line that was torn stays in the file and does not count: ``valid_bytes`` ends before it."""
    whole, lines, size, valid, last = hashlib.sha256(), 0, 0, 0, None
    with path.open("rb") as stream:
        for line in stream:
            whole.update(line)
            size += len(line)
            if line.endswith(b"\n"):
                lines, valid, last = lines + 1, valid + len(line), line
    return {
        "file": path.name,
        "lines": lines,
        "bytes": size,
        "valid_bytes": valid,
        "sha256": whole.hexdigest(),
        "head": FIRST if last is None else sha256(last[:-1]),
    }


def _exchanges(directory: Path) -> dict[str, Any]:
    found = sorted((path.name, path.stat().st_size) for path in directory.iterdir()) if directory.is_dir() else []
    names = "".join(f"{name}\n" for name, _ in found)
    return {"count": len(found), "bytes": sum(size for _, size in found), "root": sha256(names.encode())}


def _files(directory: Path) -> Iterable[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _file(path: Path, pack: Path) -> dict[str, Any]:
    name = path.relative_to(pack).as_posix()
    return {"file": name, "sha256": file_sha256(path), "bytes": path.stat().st_size}
