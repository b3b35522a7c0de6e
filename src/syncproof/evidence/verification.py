"""The full check of a pack: the core's, and that each view says what the record says."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import syncproof
from syncproof.errors import EvidenceError, SyncproofError
from syncproof.evidence import manifest
from syncproof.evidence.core_verifier import (
    FAILED,
    MALFORMED,
    OK,
    UNCHECKED,
    Finding,
    Verifier,
    instant,
    shown,
    walk,
)
from syncproof.evidence.dossier import Dossier, read_dossier
from syncproof.evidence.files import file_sha256
from syncproof.evidence.ledger import LEDGER, Ledger

ANCHOR, KEY, STAMP = "re-made view", "trusted key", "time stamp"
SIGNED = {FAILED: "was changed after", OK: "signed by", UNCHECKED: "not a certificate that you trust:"}
CLOSE = timedelta(minutes=5)
"""How far a stamp may be from the time that a signature states: both come from one act."""


def findings(pack: Path, ledger: Path | None, head: str | None, trust: dict[str, Any]) -> list[Finding]:
    """All findings, the core's first."""
    found = Verifier(pack, ledger, head, trust).verify()
    if any(one.check == "seal" and one.status != OK for one in found):
        return found  # there is nothing that views could be made from
    if odd := sorted(name for name, is_file in walk(pack, "") if not is_file):
        text = "is a link or a device, of which a pack holds none: views and stamps were not looked at"
        return [*found, _printable(Finding("views", UNCHECKED, odd[0], text, ANCHOR))]
    return [*found, *map(_printable, (*_documents(pack, trust), *_stamps(pack, trust), *_views(pack)))]


def _printable(finding: Finding) -> Finding:
    """Without the control characters of a hostile pack, as the core's are."""
    return replace(finding, place=shown(finding.place, 400), message=shown(finding.message, 1000))


def _documents(pack: Path, trust: dict[str, Any]) -> Iterator[Finding]:
    """Signed copies of the report: the bytes that each signature covers, and whose it is."""
    from syncproof.evidence.signing.documents import signed  # noqa: PLC0415

    known = [one["certificate"] for one in trust.get("key", []) if "certificate" in one]
    for path in sorted((pack / "signatures").glob("*.pdf")):
        place = f"signatures/{path.name}"
        try:
            found = list(signed(path, known))
        except (EvidenceError, *MALFORMED) as error:
            yield Finding("signed PDF", FAILED, place, str(error), KEY)
            continue
        if not found:
            yield Finding("signed PDF", FAILED, place, "holds no signature", KEY)
        for one in found:
            status = FAILED if not one.intact else OK if one.trusted else UNCHECKED
            yield Finding("signed PDF", status, place, f"{SIGNED[status]} {one.name}", KEY)


def _stamps(pack: Path, trust: dict[str, Any]) -> Iterator[Finding]:
    """Time stamps over signatures: of this file, by an authority that is trusted, and close to the time it states."""
    from syncproof.evidence.signing import stamps  # noqa: PLC0415

    known = [one["certificate"] for one in trust.get("tsa", []) if "certificate" in one]
    for token in sorted((pack / "signatures").glob(f"*{stamps.SUFFIX}")):
        status, text = _stamp(token, known)
        yield Finding("time stamp", status, f"signatures/{token.name}", text, STAMP)


def _stamp(token: Path, known: list[str]) -> tuple[str, str]:
    from syncproof.evidence.signing import stamps, statements  # noqa: PLC0415

    path = token.with_name(token.name.removesuffix(stamps.SUFFIX))
    try:
        at, is_trusted = stamps.stamped_at(path, known)
        _, statement = statements.read(path)
    except (EvidenceError, OSError) as error:
        return FAILED, str(error)
    if not is_trusted:
        return UNCHECKED, f"of {at.isoformat()}, by an authority that you do not name"
    try:
        said = instant(statement["predicate"]["signed_at"])
    except MALFORMED:
        return FAILED, f"of {at.isoformat()}, but the signature states no time"
    if abs(at - said) > CLOSE:
        return FAILED, f"of {at.isoformat()}, but the signature states {said.isoformat()}: that time is false"
    return OK, f"stamped {at.isoformat()}"


def _views(pack: Path) -> list[Finding]:
    """Views are made again from the record and compared, byte for byte."""
    from syncproof.reporting.views import views  # noqa: PLC0415  the core needs none of its libraries

    present = {name: write for name, write in views().items() if (pack / name).is_file()}
    if not present:
        return [Finding("views", UNCHECKED, "", "there are none: syncproof evidence report PACK makes them", ANCHOR)]
    if not (pack.parent / LEDGER).is_file():
        text = "show what people entered into the ledger, which does not lie beside the pack"
        return [Finding("views", UNCHECKED, "", text, ANCHOR)]
    try:
        dossier = read_dossier(pack, manifest.ledger_line(pack))
        with tempfile.TemporaryDirectory() as folder:
            differing = [n for n, write in present.items() if not _is_same(dossier, write, pack / n, Path(folder) / n)]
    except (SyncproofError, OSError, ValueError, KeyError, TypeError) as error:
        return [Finding("views", UNCHECKED, "", f"could not be made again from the record: {error}", ANCHOR)]
    if not differing:
        later = Ledger(pack.parent).head().lines - dossier.as_of.lines
        since = f" up to line {dossier.as_of.lines} of the ledger ({later} were entered since)" if later else ""
        text = f"{len(present)} views say what the record says{since} (made again and compared)"
        return [Finding("views", OK, "", text, ANCHOR)]
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
    if dossier.away:
        text = f"tells of runs whose packs are not here ({', '.join(map(str, dossier.away))}): it cannot be made again"
        return Finding("views", UNCHECKED, name, text, ANCHOR)
    text = "is not what the record and the ledger give: it was edited"
    return Finding("views", FAILED, name, text, ANCHOR)
