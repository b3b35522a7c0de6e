"""The full check of a pack: the core's, and that each view says what the record says."""

import tempfile
from pathlib import Path
from typing import Any

import syncproof
from syncproof.errors import SyncproofError
from syncproof.evidence.core_verifier import FAILED, OK, UNCHECKED, Finding, Verifier
from syncproof.evidence.dossier import Dossier, read_dossier
from syncproof.evidence.files import file_sha256

ANCHOR = "re-made view"


def findings(pack: Path, ledger: Path | None, head: str | None, trust: dict[str, Any]) -> list[Finding]:
    """All findings, the core's first."""
    found = Verifier(pack, ledger, head, trust).verify()
    if any(one.check == "seal" and one.status != OK for one in found):
        return found  # there is nothing that views could be made from
    return [*found, *_views(pack)]


def _views(pack: Path) -> list[Finding]:
    """Views are made again from the record and compared, byte for byte."""
    from syncproof.reporting.views import views  # noqa: PLC0415  the core needs none of its libraries

    present = {name: write for name, write in views().items() if (pack / name).is_file()}
    if not present:
        return [Finding("views", UNCHECKED, "", "there are none: syncproof evidence report PACK makes them", ANCHOR)]
    try:
        dossier = read_dossier(pack)
        with tempfile.TemporaryDirectory() as folder:
            differing = [n for n, write in present.items() if not _is_same(dossier, write, pack / n, Path(folder) / n)]
    except (SyncproofError, OSError, ValueError, KeyError, TypeError) as error:
        return [Finding("views", UNCHECKED, "", f"could not be made again from the record: {error}", ANCHOR)]
    if not differing:
        return [
            Finding("views", OK, "", f"{len(present)} views say what the record says (made again and compared)", ANCHOR)
        ]
    return [_different(name, dossier) for name in differing]


def _is_same(dossier: Dossier, write: Any, path: Path, again: Path) -> bool:
    write(dossier, again)
    return file_sha256(path) == file_sha256(again)


def _different(name: str, dossier: Dossier) -> Finding:
    """Another version of Syncproof may write the same record otherwise."""
    made_by = dossier.started.get("versions", {}).get("syncproof")
    if made_by != syncproof.__version__:
        text = f"was made by Syncproof {made_by}: this is {syncproof.__version__}, whose views differ in form"
        return Finding("views", UNCHECKED, name, text, ANCHOR)
    text = "is not what the record and the ledger give: it was edited, or is older than the last act (make it again)"
    return Finding("views", FAILED, name, text, ANCHOR)
