"""A protocol counts as approved only for the content that was approved, and before it is executed."""

from datetime import UTC, datetime, timedelta

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence import protocols

TEXT = """
id = "P-1"
version = "1.0"
phase = "oq"
title = "t"
objective = "o"
scope = "s"
acceptance = ["all passed"]

[[item]]
select = "features/a/*.feature"
intended_use = "use"
criterion = "c"
"""
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "p.toml").write_text(TEXT)
    return tmp_path


def load(folder):
    return protocols.load([folder])["P-1"]


def approve(folder):
    one = load(folder)
    text = protocols.approval_text(one, 'Jane "J" Roe', "QA", "reviewed on paper", NOW)
    protocols.approval_path(one).write_text(text)


def test_scenarios_belong_to_the_item_whose_pattern_fits(folder):
    """By the path of their feature."""
    assert load(folder).item_of("features/a/x.feature::One[2]").criterion == "c"
    assert load(folder).item_of("features/b/x.feature::One") is None


def test_an_approval_counts_from_its_time_on(folder):
    """A run that started earlier was made under an unapproved protocol."""
    assert not load(folder).is_approved(NOW)
    approve(folder)
    one = load(folder)
    assert one.is_approved(NOW)
    assert not one.is_approved(NOW - timedelta(seconds=1))
    assert one.facts(NOW)["approval"]["name"] == 'Jane "J" Roe'
    assert one.facts(NOW - timedelta(seconds=1))["approval"] is None


def test_a_change_of_content_takes_the_approval_away_and_a_change_of_layout_does_not(folder):
    """Comments and blank lines say nothing."""
    approve(folder)
    (folder / "p.toml").write_text("# a comment\n" + TEXT.replace('title = "t"', 'title    =   "t"'))
    assert load(folder).is_approved(NOW)
    (folder / "p.toml").write_text(TEXT.replace("all passed", "most passed"))
    assert not load(folder).is_approved(NOW)


def test_the_later_folder_replaces_a_protocol_of_the_same_id(folder, tmp_path_factory):
    """A site controls its own."""
    own = tmp_path_factory.mktemp("own")
    (own / "q.toml").write_text(TEXT.replace('"1.0"', '"1.1"'))
    assert protocols.load([folder, own])["P-1"].version == "1.1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace('phase = "oq"', 'phase = "xq"'), "'phase' is 'xq'; valid: iq, oq, pq"),
        (TEXT.replace('title = "t"', ""), "title missing"),
        (TEXT.replace('criterion = "c"', 'criterion = " "'), r"\(item 1\): 'criterion' is ' '"),
        (TEXT.replace('["all passed"]', "[]"), "'acceptance' is empty"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder, text, message):
    """File, item, key and value."""
    (folder / "p.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=f"p.toml.*{message}"):
        load(folder)


def test_an_approval_needs_a_time_with_a_zone(folder):
    """Else nobody knows whether it came before the run."""
    approve(folder)
    path = folder / "p.approval.toml"
    path.write_text(path.read_text().replace("+00:00", ""))
    with pytest.raises(ConfigurationError, match="write an instant with its zone"):
        load(folder)
