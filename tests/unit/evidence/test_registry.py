"""The registry of requirements: what a file must say, and how files lie on top of each other."""

import os
import re
from pathlib import Path

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence.registry import load_registry
from syncproof.suite_files import suite_root
from tests.unit.evidence.registry_tables import table

BUNDLED = suite_root() / "reports" / "registry"
DERIVED = "derived"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes files and loads them by their relative names, in the order given."""
    monkeypatch.chdir(tmp_path)

    def load(**files):
        for name, text in files.items():
            Path(f"{name}.toml").write_text(text, encoding="utf-8")
        return load_registry([Path(f"{name}.toml") for name in files])

    return load


def refused(write, **files):
    """The lines of the refusal."""
    with pytest.raises(ConfigurationError) as caught:
        write(**files)
    return str(caught.value).splitlines()


def test_a_sound_file_gives_typed_requirements_in_its_order(write):
    registry = write(own=table(id='"B-1"', title='"Second letter"') + table(id='"A-1"', gxp="false"))
    assert list(registry.requirements) == ["B-1", "A-1"]
    first, second = registry.requirements.values()
    assert (first.title, first.gxp, first.place) == ("Second letter", True, "own.toml:1")
    assert (second.source.title, second.source.section) == ("Our URS", "4.2")
    assert (second.gxp, second.maps_to, second.procedural) == (False, (), None)


def test_no_file_at_all_is_an_empty_registry(write):
    assert dict(write().requirements) == {}


def test_a_registry_cannot_be_changed(write):
    with pytest.raises(TypeError):
        write(own=table()).requirements["X-1"] = None


def test_a_later_file_adds_to_an_earlier_one(write):
    registry = write(ours=table(id='"URS-REV-003"'), own=table(maps_to='["URS-REV-003"]'))
    assert list(registry.requirements) == ["URS-REV-003", "SITE-001"]
    assert registry["SITE-001"].maps_to == ("URS-REV-003",)


def test_a_file_named_twice_is_read_once(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(table(), encoding="utf-8")
    elsewhere = Path(os.path.relpath(path))
    assert list(load_registry([path, elsewhere]).requirements) == ["SITE-001"]


def test_an_id_in_two_files_is_refused_and_both_places_are_named(write):
    (line,) = refused(write, ours=table(), own="# ours is better\n\n" + table(text='"Other."'))
    assert line.startswith("own.toml:3: 'SITE-001' is defined a second time; it stands in ours.toml:1")


def test_ids_that_differ_in_case_only_are_refused(write):
    (line,) = refused(write, own=table() + table(id='"site-001"'))
    assert "own.toml:11: 'site-001' is defined a second time" in line
    assert "as 'SITE-001'" in line


def test_all_mistakes_of_all_files_are_told_at_once(write):
    lines = refused(write, one=table(kind='"x"', gxp="1") + table(id='"A-1"'), two=table(scope='"y"'))
    assert [line.split(" (")[0] for line in lines] == ["one.toml:1", "one.toml:1", "two.toml:1"]


def test_a_mapping_to_what_a_mistake_keeps_out_is_not_a_second_mistake(write):
    (line,) = refused(write, own=table(id='"URS-1"', gxp="1") + table(maps_to='["URS-1"]'))
    assert line.startswith("own.toml:1 (URS-1): 'gxp' is 1")


def test_mapping_to_an_unknown_id_names_the_nearest(write):
    (line,) = refused(write, own=table(id='"URS-REV-003"') + table(maps_to='["urs-rev-03"]'))
    assert line.startswith("own.toml:11 (SITE-001): 'maps_to' names 'urs-rev-03', which is not in the registry")
    assert line.endswith("did you mean 'URS-REV-003'?")


def test_mappings_in_a_circle_are_refused(write):
    lines = refused(write, own=table(maps_to='["SITE-002"]') + table(id='"SITE-002"', maps_to='["SITE-001"]'))
    assert len(lines) == 2
    assert "leads back to 'SITE-001' itself" in lines[0]


def test_checks_count_for_what_maps_to_their_requirement_in_turn(write):
    registry = write(
        ours=table(id='"URS-1"') + table(id='"URS-2"'),
        plant=table(id='"PLANT-1"', maps_to='["URS-1", "URS-2"]'),
        site=table(maps_to='["PLANT-1"]'),
    )
    assert registry.counts_for("SITE-001") == {"SITE-001", "PLANT-1", "URS-1", "URS-2"}
    assert registry.counts_for("URS-1") == {"URS-1"}


@pytest.mark.parametrize(("asked", "hint"), [("site-01", "; did you mean 'SITE-001'?"), ("X", "")])
def test_asking_for_an_unknown_id_names_the_nearest_if_one_is_near(write, asked, hint):
    with pytest.raises(ConfigurationError) as unknown:
        write(own=table())[asked]
    assert str(unknown.value) == f"{asked!r} is no requirement of the registry{hint}"


def test_the_hash_of_a_text_is_that_of_its_words(write):
    registry = write(
        own=table(text='"Gemüse  is\\n  kept."')
        + table(id='"X-2"', text='"Gemu\\u0308se is kept."')
        + table(id='"X-3"', text='"Gemüse is kept"')
    )
    one, same, other = (each.text_hash for each in registry.requirements.values())
    # printf 'Gemüse is kept.' | sha256sum
    assert one == same == "sha256:fd527565ca8683672cdeb473710627b4834e771ab8be250a2bac3648686611b8"
    assert other != one


@pytest.fixture(scope="module")
def bundled():
    return load_registry([BUNDLED / "installation.toml", BUNDLED / "requirements.toml"]).requirements


def test_the_bundled_registry_holds_the_213_requirements_and_81_of_them_are_the_rig_s(bundled):
    drawn = [each for each in bundled.values() if each.source.section != DERIVED]
    assert len(drawn) == 213
    assert sum(each.scope == "rig" for each in drawn) == 81


def test_every_requirement_of_the_rig_can_be_tested_entirely(bundled):
    assert {each.id for each in bundled.values() if each.scope == "rig" and each.testable != "yes"} == set()


def test_no_two_bundled_requirements_say_the_same(bundled):
    assert len({each.text_hash for each in bundled.values()}) == len(bundled)


def test_every_bundled_text_is_one_concise_statement(bundled):
    assert {each.id: len(each.text) for each in bundled.values() if len(each.text) > 160} == {}
    assert {each.id for each in bundled.values() if not each.text.endswith(".")} == set()


def test_the_requirements_of_the_rig_are_exactly_those_that_features_carry(bundled):
    tags = {
        tag
        for feature in (suite_root() / "features").rglob("*.feature")
        for tag in re.findall(r"@(URS-\S+)", feature.read_text(encoding="utf-8"))
    }
    assert tags == {each.id for each in bundled.values() if each.scope == "rig"}
