"""Keys, selection and tags."""

import re

import pytest

from syncproof.bdd import suites
from syncproof.bdd.gherkin import ScenarioSpec
from syncproof.bdd.keys import ALPHABET, Keys
from syncproof.bdd.selection import Selection
from syncproof.bdd.tags import requirements_in, unknown_requirement


def test_keys_are_short_upper_case_and_readable():
    """Something of the feature's own name, and something of nobody else's."""
    assert re.fullmatch(rf"CREAM-[{ALPHABET}]{{6}}", Keys("s", "f::S")("item", "Cream"))
    assert re.fullmatch(rf"WORK-1-[{ALPHABET}]{{6}}", Keys("s", "f::S")("lot", "work 1"))
    assert re.fullmatch(rf"[{ALPHABET}]{{6}}", Keys("s", "f::S")("item", ""))
    assert re.fullmatch(rf"L1-[{ALPHABET}]{{8}}", Keys("s", "f::S", width=8)("lot", "L1"))


def test_keys_differ_by_seed_scenario_kind_and_name():
    """And in nothing else."""
    keys = {
        Keys(seed, scenario)(kind, name)
        for seed in ("s", "t")
        for scenario in ("f::S", "f::T")
        for kind in ("lot", "item")
        for name in ("L1", "L2")
    }
    assert len(keys) == 16
    assert Keys("s", "f::S")("lot", "L1") == Keys("s", "f::S")("lot", "L1")


def test_keys_of_many_scenarios_do_not_collide():
    """A whole qualification uses the same names again and again."""
    assert len({Keys("seed", f"features/x.feature::S[{n}]")("lot", "L1") for n in range(2000)}) == 2000


def spec(*tags, **params):
    found = tuple(tag for tag in tags if tag.startswith("URS"))
    return ScenarioSpec("f::S", "S", 1, None, params, tags, found)


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        (Selection(), True),
        (Selection(requirements={"URS-A-1"}), True),
        (Selection(requirements={"URS-B-2"}), False),
        (Selection(phases={"oq"}), True),
        (Selection(phases={"iq"}), False),
        (Selection(sites={"EAST"}), True),
        (Selection(sites={"WEST"}), False),
        (Selection(sites={"WEST", "EAST"}), True),
        (Selection(requirements={"URS-A-1"}, sites={"WEST"}), False),
    ],
)
def test_selection(selection, taken):
    """Each means narrows; several values of one widen."""
    assert selection.takes(spec("URS-A-1", site="EAST")) is taken


def test_a_phase_or_site_can_be_a_tag():
    """An untagged scenario is operational qualification, at no particular site."""
    assert Selection(phases={"iq"}).takes(spec("phase:iq"))
    assert not Selection(phases={"oq"}).takes(spec("phase:iq"))
    assert Selection(sites={"EAST"}).takes(spec("site:EAST"))
    assert not Selection(sites={"EAST"}).takes(spec("site:WEST"))
    assert Selection(sites={"EAST"}).takes(spec())


KNOWN = frozenset({"URS-REV-001", "SITE-7"})


@pytest.mark.parametrize(
    ("tags", "known", "found"),
    [
        (("URS-REV-001", "slow", "phase:iq"), None, ("URS-REV-001",)),
        (("PLANT-URS-17",), None, ("PLANT-URS-17",)),
        (("SITE-7", "URS-REV-001"), KNOWN, ("SITE-7", "URS-REV-001")),
        (("URS-REV-009",), KNOWN, ()),
        (("sprint-12",), None, ()),
    ],
)
def test_tags_that_are_requirements(tags, known, found):
    """Those of the registry; without one, those of its shape."""
    assert requirements_in(tags, known) == found


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("URS-REV-001", None),
        ("URS-REV-01", "the requirement @URS-REV-01 is not in the registry; the nearest id is @URS-REV-001"),
        ("urs_rev_001", "the nearest id is @URS-REV-001"),
        ("SITE-8", "the nearest id is @SITE-7"),
        ("phase:iq", None),
        ("sprint-12", None),
        ("site", None),
    ],
)
def test_tags_that_mean_to_be_requirements(tag, said):
    """They begin like an id of the registry, and are none."""
    fault = unknown_requirement(tag, KNOWN)
    assert (said in fault) if said else fault is None


def test_ids_are_relative_to_the_suite_a_feature_belongs_to(tmp_path, monkeypatch):
    """The same bundled feature has the same id in every repository."""
    bundled, own = tmp_path / "site-packages" / "suite", tmp_path / "repository"
    monkeypatch.setattr(suites, "suite_root", lambda: bundled)
    assert suites.suite_of(bundled / "features" / "x.feature", own) == bundled
    assert suites.suite_of(own / "features" / "x.feature", own) == own
    assert suites.suite_of(bundled / "features" / "x.feature", bundled) == bundled


def test_a_users_own_feature_replaces_the_bundled_one_of_its_name(tmp_path, monkeypatch):
    """Both would have one id."""
    bundled, own = tmp_path / "suite", tmp_path / "repository"
    for path in (bundled / "x.feature", bundled / "y.feature", own / "x.feature"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    monkeypatch.setattr(suites, "suite_root", lambda: bundled)
    assert suites.is_replaced(bundled / "x.feature", own)
    assert not suites.is_replaced(bundled / "y.feature", own)
    assert not suites.is_replaced(own / "x.feature", own)
    assert not suites.is_replaced(bundled / "x.feature", bundled)
