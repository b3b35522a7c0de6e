"""Links from scenarios to requirements as somebody reviewed them: for which text of the requirement.

When the text changes, the link is stale until it is reviewed again. A table of tab-separated values: scenario
(without the number of an outline's row), requirement, hash of its text (the first twelve digits), by whom, when.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from syncproof.errors import ConfigurationError
from syncproof.evidence.files import write_whole

REVIEWS = "reviews.tsv"
HEADER = ("scenario", "requirement", "hash", "by", "on")
DIGITS = 12
_ROW = re.compile(r"\[[0-9]+\]\Z")

Link = tuple[str, str]
Review = tuple[str, str, str]
"""Hash, by whom, on which day."""


def template(scenario: str) -> str:
    """The id of a scenario without the number of its row."""
    return _ROW.sub("", scenario)


def short(text_hash: str) -> str:
    """How a review names a text."""
    return text_hash.removeprefix("sha256:")[:DIGITS]


def load(paths: Iterable[Path]) -> Mapping[Link, Review]:
    """The reviews of several files, later ones first; ConfigurationError names file and line of a mistake."""
    return {link: review for path in paths if path.is_file() for link, review in _read(path)}


def write(path: Path, found: Mapping[Link, Review]) -> None:
    """Write reviews, sorted; ConfigurationError for a cell that would not be read again as it is."""
    rows = [HEADER, *sorted((*link, *review) for link, review in found.items())]
    for cell in chain.from_iterable(rows):
        if not cell.strip() or "\t" in cell or cell.splitlines() != [cell]:
            raise ConfigurationError(f"{path}: {cell!r} is to stand in a cell: write a text on one line, without tabs")
    write_whole(path, "".join("\t".join(row) + "\n" for row in rows).encode())


def _read(path: Path) -> Iterable[tuple[Link, Review]]:
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines() or [""]
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8") from None
    if lines[0] != "\t".join(HEADER):  # it may be a review
        text = f"{path}:1: {lines[0]!r} does not name the columns"
        raise ConfigurationError(f"{text}: the first line must be {', '.join(HEADER)}, with tabs between them")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if line and len(cells) != len(HEADER):
            raise ConfigurationError(f"{path}:{number}: {len(cells)} cells; there must be {', '.join(HEADER)}")
        if line:
            scenario, requirement, *review = cells
            yield (scenario, requirement), (review[0], review[1], review[2])
