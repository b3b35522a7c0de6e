"""Links from scenarios to requirements as somebody reviewed them: for which text of the requirement.

When the text changes, the link is stale until it is reviewed again. A table of tab-separated values: scenario
(without the number of an outline's row), requirement, hash of its text (the first twelve digits), by whom, when.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from syncproof.errors import ConfigurationError
from syncproof.evidence.files import write_whole

REVIEWS = "reviews.tsv"
HEADER = ("scenario", "requirement", "hash", "by", "on")
DIGITS = 12

Link = tuple[str, str]
Review = tuple[str, str, str]
"""Hash, by whom, on which day."""


def template(scenario: str) -> str:
    """The id of a scenario without the number of its row."""
    head, bracket, rest = scenario.rpartition("[")
    return head if bracket and rest.rstrip("]").isdigit() else scenario


def short(text_hash: str) -> str:
    """How a review names a text."""
    return text_hash.removeprefix("sha256:")[:DIGITS]


def load(paths: Iterable[Path]) -> Mapping[Link, Review]:
    """The reviews of several files, later ones first; ConfigurationError names file and line of a mistake."""
    return {link: review for path in paths if path.is_file() for link, review in _read(path)}


def write(path: Path, found: Mapping[Link, Review]) -> None:
    """Write reviews, sorted."""
    rows = [HEADER, *sorted((*link, *review) for link, review in found.items())]
    write_whole(path, "".join("\t".join(row) + "\n" for row in rows).encode())


def _read(path: Path) -> Iterable[tuple[Link, Review]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = tuple(line.split("\t"))
        if number == 1 or not line:
            continue
        if len(cells) != len(HEADER):
            raise ConfigurationError(f"{path}:{number}: {len(cells)} cells; there must be {', '.join(HEADER)}")
        yield (cells[0], cells[1]), (cells[2], cells[3], cells[4])
