"""What is known of the landscapes that come with Syncproof is explained, each deviation by its section."""

import re
from pathlib import Path

import pytest

from syncproof.evidence import baseline

LANDSCAPES = Path(__file__).parents[3] / "landscapes"
BASELINES = sorted(LANDSCAPES.glob("*/*.tsv"))
SECTION = re.compile(r"^### ([A-Z]\d+) ", re.MULTILINE)


def sections(path: Path) -> set[str]:
    """The numbered sections of the page beside the landscape file: what is known under a name."""
    return set(SECTION.findall(path.parent.with_suffix(".md").read_text(encoding="utf-8")))


def explained(path: Path) -> dict[str, list[str]]:
    """The sections that explain each scenario that did not pass."""
    known = baseline.read(path)
    return {id_: entry.explained.split() for id_, entry in known.items() if entry.verdict != "passed"}


def test_there_is_one():
    assert BASELINES


@pytest.mark.parametrize("path", BASELINES, ids=lambda path: path.stem)
def test_whatever_did_not_pass_is_explained(path):
    """A deviation nobody has looked at is no baseline."""
    unknown = {id_: named for id_, named in explained(path).items() if not named or set(named) - sections(path)}
    assert unknown == {}


@pytest.mark.parametrize("path", BASELINES, ids=lambda path: path.stem)
def test_only_what_can_be_explained_is_known(path):
    """A blocked or aborted scenario says nothing of the system."""
    assert {entry.verdict for entry in baseline.read(path).values()} <= {"passed", "failed", "not supported"}


def test_every_section_explains_a_scenario():
    """What was mended in the meantime is not told any more."""
    used = {(path.parent, each) for path in BASELINES for named in explained(path).values() for each in named}
    told = {(path.parent, each) for path in BASELINES for each in sections(path)}
    assert told == used
