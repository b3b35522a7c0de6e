"""The views of a pack: functions of its dossier, so that anybody can make them again and compare."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from syncproof.evidence import manifest
from syncproof.evidence.dossier import Dossier, read_dossier
from syncproof.evidence.ledger import Ledger

Writer = Callable[[Dossier, Path], None]


def views() -> dict[str, Writer]:
    """File name -> writer."""
    from syncproof.reporting import crate, junit, page, workbook  # noqa: PLC0415  some libraries take long to import
    from syncproof.reporting.pdf import documents  # noqa: PLC0415

    return {
        page.NAME: page.write,
        "traceability.xlsx": workbook.write,
        "protocol.pdf": documents.write_protocol,
        "summary.pdf": documents.write_summary,
        "junit.xml": junit.write,
        "ro-crate-metadata.json": crate.write,
    }


BESIDE = ("protocol.pdf", "summary.pdf", "junit.xml")
"""What a second process writes: it takes about as long as all the others."""


def make_views(pack: Path, *, told: Callable[[str], None] = lambda _: None) -> Dossier:
    """Write the views of a pack and its manifest; ``told`` hears of each before it is made."""
    for name in views():
        told(name)
    until = Ledger(pack.parent).head().lines  # another run may go on
    with ProcessPoolExecutor(1) as pool:
        beside = pool.submit(_write, pack, until, BESIDE)
        dossier = read_dossier(pack, until)
        for name in (name for name in views() if name not in BESIDE):
            views()[name](dossier, pack / name)
        beside.result()
    manifest.make(pack, dossier.as_of)
    return dossier


def _write(pack: Path, until: int, names: Iterable[str]) -> None:
    dossier = read_dossier(pack, until)
    for name in names:
        views()[name](dossier, pack / name)
