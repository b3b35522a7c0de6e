"""The views of a pack: functions of its dossier, so that anybody can make them again and compare."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from syncproof.evidence import manifest
from syncproof.evidence.dossier import Dossier, read_dossier
from syncproof.evidence.ledger import Ledger
from syncproof.evidence.reader import read_pack

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
Told = Callable[[str], None]


def make_views(pack: Path, *, told: Told = lambda _: None) -> Dossier:
    """Write the views of a pack and its manifest; ``told`` hears of each before it is made."""
    with ProcessPoolExecutor(1) as pool:
        dossier = _write_all(pack, told, pool)
    manifest.make(pack, dossier.as_of)
    return dossier


def make_views_and_allure(pack: Path, *, html: bool, told: Told = lambda _: None) -> str:
    """The same with those of Allure, which take as long as all others. Where its report is, or why there is none."""
    with ProcessPoolExecutor(2) as pool:
        report = pool.submit(_write_allure, pack, html)
        dossier = _write_all(pack, told, pool)
        said = report.result()
    manifest.make(pack, dossier.as_of)
    return said


def _write_all(pack: Path, told: Told, pool: Executor) -> Dossier:
    for name in views():
        told(name)
    until = Ledger(pack.parent).head().lines  # another run may go on
    beside = pool.submit(_write, pack, until, BESIDE)
    dossier = read_dossier(pack, until)
    for name in (name for name in views() if name not in BESIDE):
        views()[name](dossier, pack / name)
    beside.result()
    return dossier


def _write(pack: Path, until: int, names: Iterable[str]) -> None:
    dossier = read_dossier(pack, until)
    for name in names:
        views()[name](dossier, pack / name)


def _write_allure(pack: Path, html: bool) -> str:
    from syncproof.reporting import allure, allure_html  # noqa: PLC0415  not needed for the other views
    from syncproof.reporting.allure_history import History  # noqa: PLC0415

    results = allure.write(read_pack(pack), pack / "allure-results")
    if not html:
        return f"Allure results: {results}"
    return allure_html.make(results, pack / "allure-report", History(pack))
