"""The evidence page: one HTML file with the matrix first, and every exchange one click away.

It makes no outside request and holds no state but the record's. What is needed to read one scenario lies in the
page as a compressed chunk and is unpacked when it is opened, so that thousands of scenarios stay quick.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.files import written
from syncproof.reporting.latency import latencies
from syncproof.reporting.page import details, fitness, opening, parts, plot, tables, traceability

NAME = "index.html"
SCRIPTS = ("page.js", "values.js", "scenario.js")
"""One script in three files, in the order in which they stand in the page."""


def write(dossier: Dossier, path: Path) -> None:
    """Write the page; EvidenceError if that fails."""
    with written(path) as stream:
        for piece in _pieces(dossier):
            stream.write(piece.encode())


def _pieces(dossier: Dossier) -> Iterator[str]:
    checks = (check for scenario in dossier.record.scenarios.values() for check in scenario.checks)
    script = "\n".join(map(_source, SCRIPTS))
    yield parts.head(dossier, _source("page.css"), script)
    yield opening.opening(dossier)
    yield traceability.matrix(dossier)
    yield tables.deviations(dossier)
    yield tables.execution(dossier)
    yield plot.latency(latencies(checks))
    yield tables.messages(dossier)
    yield fitness.power(dossier)
    yield tables.scorecard(dossier)
    yield tables.clauses(dossier)
    yield parts.checking(dossier, details.LIMITS)
    yield from details.blocks(dossier)
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
