"""What stands beside the requirements covers all of them, and all scenarios."""

from pathlib import Path

import pytest

from syncproof.bdd.gherkin import read_feature
from syncproof.evidence import protocols, reviews, risk
from syncproof.evidence.registry import load_registry
from syncproof.suite_files import registry_files, suite_root

REGISTRY = suite_root() / "reports" / "registry"


@pytest.fixture(scope="module")
def specs():
    root = suite_root()
    known = frozenset(load_registry(registry_files()).requirements)
    return [
        spec
        for path in sorted((root / "features").rglob("*.feature"))
        for spec in read_feature(path, root, known).scenarios
    ]


def test_every_scenario_is_in_exactly_one_protocol_and_in_that_of_its_phase(specs):
    """So that none is executed without acceptance criterion."""
    known = protocols.load([REGISTRY / "protocols"])
    for spec in specs:
        mine = [(one.phase, item) for one in known.values() for item in one.items if one.item_of(spec.id) == item]
        assert len(mine) == 1, spec.id
        assert (mine[0][0] == "iq") == ("phase:iq" in spec.tags), spec.id


def test_every_requirement_is_assessed():
    """By an entry of the risk file."""
    risks = risk.load([REGISTRY / "risk.toml"])
    assert [id_ for id_ in load_registry(registry_files()).requirements if risk.assess(risks, id_) is None] == []


def test_every_link_was_reviewed_for_the_text_as_it_is(specs):
    """After a change: syncproof requirements review PACK."""
    registry = load_registry(registry_files())
    found = reviews.load([REGISTRY / "reviews.tsv"])
    links = {(reviews.template(spec.id), id_): registry[id_].text_hash for spec in specs for id_ in spec.requirements}
    assert {link: review[0] for link, review in found.items()} == {
        link: reviews.short(text) for link, text in links.items()
    }


def test_the_files_that_hold_no_requirements_are_not_read_as_such():
    """They lie in the same folder."""
    assert {path.name for path in registry_files()} == {"installation.toml", "requirements.toml"}
    assert Path(REGISTRY / "risk.toml").is_file()
