"""What the first page says of the catalogue is what the catalogue holds."""

import re
from pathlib import Path

from syncproof.defects.registry import registry

README = Path(__file__).parents[3] / "README.md"
KINDS = {"REV", "UOM", "RTG", "HLD", "VAR", "LBL", "AUD", "SOD", "VAL", "IDN", "BCK", "DEP", "TRC"}


def test_the_first_page_counts_what_is_tried():
    """A defect that waits is not counted as one that is tried."""
    known = registry().values()
    tried = sum(not one.harmless and not one.waits_for for one in known)
    harmless = sum(one.harmless for one in known)
    text = " ".join(README.read_text(encoding="utf-8").split())
    assert re.findall(r"(\d+) of (\d+) real defects", text) == [(str(tried), str(tried))]
    assert re.findall(r"(\d+) of (\d+) harmless variations", text) == [(str(harmless), str(harmless))]


def test_every_kind_of_defect_is_there_and_each_says_where_it_was_reported():
    """The mechanism is said in our words, and short enough for a row of the matrix."""
    defects = [one for one in registry().values() if not one.harmless]
    assert {one.id.partition("-")[0] for one in defects} == KINDS
    assert all(len(one.mechanism) < 200 and one.citation for one in defects)
