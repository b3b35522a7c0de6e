"""The manifest: every file of a pack with hash and length.

It is made anew whenever a view is. Signatures and attestations are not in it: they come later, and they
stand for themselves.
"""

import json
import mimetypes
from pathlib import Path
from typing import Any

from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.files import file_sha256, write_whole

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


def make(pack: Path) -> str:
    """Write the manifest of a pack and return its sha256; EvidenceError if it cannot be written."""
    files = [_entry(path, pack) for path in sorted(pack.rglob("*")) if path.is_file() and _counts(path, pack)]
    data = canonical({"format": FORMAT, "pack": pack.name, "files": files}) + b"\n"
    write_whole(pack / MANIFEST, data)
    return sha256(data)


def read(pack: Path) -> dict[str, dict[str, Any]]:
    """The entries by file name; empty if there is no manifest."""
    path = pack / MANIFEST
    return {entry["file"]: entry for entry in json.loads(path.read_bytes())["files"]} if path.is_file() else {}


def media_type(name: str) -> str:
    """The media type of a file by its name; a stored body has none of its own."""
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _counts(path: Path, pack: Path) -> bool:
    parts = path.relative_to(pack).parts
    return parts[0] not in (*APART, SIGNATURES) and not path.name.startswith(".")


def _entry(path: Path, pack: Path) -> dict[str, Any]:
    name = path.relative_to(pack).as_posix()
    is_body = name.startswith("exchanges/")  # its name is its hash; verify holds it against its content
    digest = path.name if is_body else file_sha256(path)
    return {"file": name, "sha256": digest, "bytes": path.stat().st_size}
