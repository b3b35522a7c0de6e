"""The manifest: every file of a pack with hash and length.

It is made anew whenever a view is. Signatures and attestations are not in it: they come later, and they
stand for themselves.
"""

import json
import mimetypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.files import file_sha256, write_whole
from syncproof.evidence.ledger import Head

FORMAT = "syncproof-manifest/1"
MANIFEST = "manifest.json"
APART = (MANIFEST, "attestation.dsse.json")
SIGNATURES = "signatures"
_TYPES = {
    ".ndjson": "application/x-ndjson",
    ".toml": "application/toml",
    ".feature": "text/x-gherkin",
    ".tsv": "text/tab-separated-values",
}


def make(pack: Path, ledger: Head | None = None) -> str:
    """Write the manifest of a pack and return its sha256; ``ledger`` is the line up to which the views tell of it.
    EvidenceError if it cannot be written."""
    files = [_entry(name, path) for name, path in sorted(_files(str(pack)))]
    stands = {} if ledger is None else {"ledger": {"line": ledger.lines, "hash": ledger.hash}}
    data = canonical({"format": FORMAT, "pack": pack.name, "files": files, **stands}) + b"\n"
    write_whole(pack / MANIFEST, data)
    return sha256(data)


def ledger_line(pack: Path) -> int | None:
    """The line of the ledger up to which the views of a pack tell of it; None if that is not stated."""
    try:
        line = json.loads((pack / MANIFEST).read_bytes())["ledger"]["line"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return line if isinstance(line, int) and line > 0 else None


def media_type(name: str) -> str:
    """The media type of a file by its name; a stored body has none of its own."""
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _files(pack: str) -> Iterator[tuple[str, str]]:
    """Name in the pack and path of every file that counts; plain strings, for there may be very many."""
    for folder, folders, names in os.walk(pack):
        below = folder[len(pack) + 1 :].replace(os.sep, "/")
        if not below:
            folders[:] = [name for name in folders if name != SIGNATURES]
            names = [name for name in names if name not in APART]  # noqa: PLW2901
        prefix = f"{below}/" if below else ""
        yield from ((prefix + name, f"{folder}{os.sep}{name}") for name in names if not name.startswith("."))


def _entry(name: str, path: str) -> dict[str, Any]:
    is_body = name.startswith("exchanges/")  # its name is its hash; verify holds it against its content
    digest = name.removeprefix("exchanges/") if is_body else file_sha256(Path(path))
    return {"file": name, "sha256": digest, "bytes": os.stat(path).st_size}  # noqa: PTH116  many times faster
