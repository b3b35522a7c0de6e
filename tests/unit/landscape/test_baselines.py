"""What is known of the landscapes that come with Syncproof is explained, each deviation by its section."""

import csv
import re
from pathlib import Path

import pytest

from syncproof.evidence import baseline

LANDSCAPES = Path(__file__).parents[3] / "landscapes"
HOSTILE = sorted(LANDSCAPES.glob("*/hostile.tsv"))
"""Records with one thing wrong, and what the system made of each."""
BASELINES = sorted({*LANDSCAPES.glob("*/*.tsv")} - {*HOSTILE})
SECTION = re.compile(r"^### ([A-Z]\d+) ", re.MULTILINE)


def sections(path: Path) -> set[str]:
    """The numbered sections of the page beside the landscape file: what is known under a name."""
    return set(SECTION.findall(path.parent.with_suffix(".md").read_text(encoding="utf-8")))


def explained(path: Path) -> dict[str, list[str]]:
    """The sections that explain each scenario that did not pass."""
    known = baseline.read(path)
    return {id_: entry.explained.split() for id_, entry in known.items() if entry.verdict != "passed"}


def declared(path: Path) -> set[str]:
    """The sections that explain why a system takes what it should refuse."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["explained"] for row in csv.DictReader(file, delimiter="\t") if row["what_came"] == "accepted"}


def test_there_is_one():
    assert BASELINES


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.parent.name)
def test_whatever_is_taken_and_should_not_be_is_explained(path):
    """By a section of the page; nothing is accepted without a word."""
    assert declared(path) <= sections(path)


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
    used |= {(path.parent, each) for path in HOSTILE for each in declared(path)}
    told = {(path.parent, each) for path in BASELINES for each in sections(path)}
    assert told == used
