"""Writes the two documents of a pack. Both follow from the dossier alone."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.files import written
from syncproof.evidence.matrix import unclaimed
from syncproof.reporting.pdf import protocol, summary
from syncproof.reporting.pdf.archive import archive
from syncproof.reporting.pdf.sheet import SOFT, WARNING, Sheet

Fill = Callable[[Sheet, Dossier], None]
COPY = (
    "This document is a copy made for reading. The original is the record that the seal below names, with the raw "
    "exchanges; 'syncproof evidence verify' tells whether this copy says what the record says."
)


def write_protocol(dossier: Dossier, path: Path) -> None:
    """The protocol execution record: every scenario with its steps, expected and actual values."""
    _write(dossier, path, f"Protocol execution record, run {dossier.run}", protocol.fill, wide=True)


def write_summary(dossier: Dossier, path: Path) -> None:
    """The summary report: scope, counts, deviations, gaps, conclusion and signatures."""
    _write(dossier, path, f"Validation summary report, run {dossier.run}", summary.fill, wide=False)


def _write(dossier: Dossier, path: Path, title: str, fill: Fill, *, wide: bool) -> None:
    at = dossier.ended or dossier.started.get("at")
    date = datetime.fromisoformat(at) if at else datetime(1970, 1, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        draft, made = Path(folder) / "draft.pdf", Path(folder) / "made.pdf"
        _draw(draft, dossier, title, fill, wide=wide)
        archive(draft, made, title, date)
        with written(path) as stream, made.open("rb") as source:
            shutil.copyfileobj(source, stream)


def _draw(path: Path, dossier: Dossier, title: str, fill: Fill, *, wide: bool) -> None:
    footer = f"Syncproof · {dossier.record.path.name} · seal {dossier.seal or 'none'}"
    sheet = Sheet(path, title, footer, dossier.notice or "", wide=wide)
    sheet.heading(title, 18)
    if dossier.notice is not None:
        why = unclaimed(dossier.record) or "not said"
        sheet.paragraph(f"{dossier.notice.capitalize()} ({why}).", bold=True, colour=WARNING)
    sheet.paragraph(COPY, size=8, colour=SOFT)
    fill(sheet, dossier)
    sheet.save()
