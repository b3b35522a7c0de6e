"""The test power of the suite: as a section of the evidence page, and as a page of its own."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.files import written
from syncproof.evidence.fitness import Check, Power, Tried, of_pack
from syncproof.reporting.page.markup import badge, e, row, section, table
from syncproof.reporting.page.parts import frame
from syncproof.reporting.text import instant

TITLE = "Test power: would these tests have caught it?"
DEFECTS = ("Defect", "State", "What was seeded", "Requirement and scenario that caught it", "Expected and actual")
BENIGN = ("Variation", "State", "What differed", "Alarms")
METHOD = (
    "<p>Real defects, reported in public trackers, were seeded one at a time into the reference systems. Detected means "
    "that a check failed, expected against actual, on a requirement that the defect breaks. Under a harmless variation "
    "every scenario must pass.</p>\n"
)


def power(dossier: Dossier) -> str:
    """What the newest power run before this run measured."""
    told = of_pack(dossier.record)
    if told is None:
        unknown = "<p>It was not measured before this run. <code>syncproof power</code> measures it.</p>\n"
        return section("power", TITLE, unknown)
    differs = told.differs(dossier.started)
    same = "with the suite and the engine of this run"
    other = f"with other contents of: {', '.join(differs)}. For this run, measure it again"
    return section("power", TITLE, *_said(told, other if differs else same))


def write(told: Power, path: Path) -> None:
    """The page of a power run; EvidenceError if that fails."""
    css = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    title = f"Test power, measured {instant(told.at)}"
    with written(path) as stream:
        for piece in (frame(title, css, ""), "<main>\n", section("power", TITLE, *_said(told, "")), "</main>\n"):
            stream.write(piece.encode())
        stream.write(b"</body>\n</html>\n")


def _said(told: Power, how: str) -> Iterator[str]:
    yield METHOD
    yield f"<p><strong>{e(told.figure)}</strong> Measured {instant(told.at)} in {told.seconds:.0f} s"
    yield f" {e(how)}.</p>\n" if how else ".</p>\n"
    rows = (_defect(id_, one) for id_, one in told.defects.items())
    yield _folded(f"{len(told.defects)} defects", table("Seeded defects, survivors first", DEFECTS, rows))
    rows = (_variation(id_, one) for id_, one in told.benign.items())
    yield _folded(f"{len(told.benign)} variations", table("Harmless variations, alarms first", BENIGN, rows))


def _folded(summary: str, shown: str) -> str:
    return f"<details><summary>{e(summary)}</summary>{shown}</details>\n"


def _defect(id_: str, one: Tried) -> str:
    seeded = (
        f"{e(one.mechanism)} <small>{e(one.citation)}{f'; replaces {e(one.replaces)}' if one.replaces else ''}</small>"
    )
    where = "".join(f"<li>{e(check.requirement)}: {e(scenario)}</li>" for scenario, check in one.checks.items())
    found = f"<ul>{where}</ul>" if where else e(one.why)
    seen = "<br>".join(map(_check, one.checks.values()))
    return row(DEFECTS, (e(id_), badge(one.state), seeded, found, seen))


def _check(check: Check) -> str:
    return f"expected <code>{e(check.expected)}</code>, got <code>{e(check.actual)}</code>"


def _variation(id_: str, one: Tried) -> str:
    alarms = "".join(f"<li>{e(scenario)}</li>" for scenario in one.alarms)
    said = f"<ul>{alarms}</ul>" if alarms else e(one.why) or "none"
    return row(BENIGN, (e(id_), badge(one.state), e(one.mechanism), said))
