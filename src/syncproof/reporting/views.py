"""The views of a pack: functions of its dossier, so that anybody can make them again and compare."""

from collections.abc import Callable, Collection
from pathlib import Path

from syncproof.evidence import manifest
from syncproof.evidence.dossier import Dossier, read_dossier

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


def make_views(pack: Path, *, only: Collection[str] = (), told: Callable[[str], None] = lambda _: None) -> Dossier:
    """Write the views of a pack and its manifest; ``told`` hears of each before it is made."""
    dossier = read_dossier(pack)
    for name, write in views().items():
        if not only or name in only:
            told(name)
            write(dossier, pack / name)
    manifest.make(pack)
    return dossier
