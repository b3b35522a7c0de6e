"""A protocol counts as approved only for the content that was approved, and before it is executed."""

import hashlib
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
EARLIER = NOW - timedelta(seconds=1)
FEATURES = {"features/a/x.feature": "0" * 64}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "p.toml").write_text(TEXT)
    return tmp_path


def load(folder):
    return protocols.load([folder])["P-1"]


def approve(folder):
    one = load(folder)
    given = {"name": 'Jane "J" Roe', "role": "QA", "reason": "reviewed on paper"}
    text = protocols.approval_text(one, given, NOW, FEATURES)
    protocols.approval_path(one).write_text(text)


def test_scenarios_belong_to_the_item_whose_pattern_fits(folder):
    """By the path of their feature."""
    assert load(folder).item_of("features/a/x.feature::One[2]").criterion == "c"
    assert load(folder).item_of("features/b/x.feature::One") is None


def test_an_approval_counts_from_its_time_on(folder):
    """A run that started earlier was made under an unapproved protocol."""
    assert load(folder).unapproved(NOW, FEATURES) == "nobody approved it"
    approve(folder)
    one = load(folder)
    assert one.unapproved(NOW, FEATURES) is None
    assert one.facts(NOW, FEATURES)["approval"]["name"] == 'Jane "J" Roe'
    late = one.facts(EARLIER, FEATURES)
    assert (late["approval"], late["unapproved"]) == (None, "it was approved after the run had started")


def test_a_change_of_content_takes_the_approval_away_and_a_change_of_layout_does_not(folder):
    """Comments and blank lines say nothing."""
    approve(folder)
    (folder / "p.toml").write_text("# a comment\n" + TEXT.replace('title = "t"', 'title    =   "t"'))
    assert load(folder).unapproved(NOW, FEATURES) is None
    (folder / "p.toml").write_text(TEXT.replace("all passed", "most passed"))
    assert load(folder).unapproved(NOW, FEATURES) == 'it was changed since Jane "J" Roe approved it on 2026-05-01'


@pytest.mark.parametrize("now", [{"features/a/x.feature": "1" * 64}, {**FEATURES, "features/a/y.feature": "0" * 64}])
def test_a_feature_that_was_changed_or_added_takes_the_approval_away(folder, now):
    """What is executed is what was approved."""
    approve(folder)
    one = load(folder)
    assert "feature changed since" in one.unapproved(NOW, now)
    assert one.facts(NOW, now)["approval"] is None
    assert one.unapproved(NOW, {}) is None  # a run of fewer features


def test_a_protocol_lists_the_features_of_all_suites(tmp_path, folder):
    """A site's own file replaces that of the same path."""
    for suite, text in (("ours", "a"), ("theirs", "b")):
        path = tmp_path / suite / "features" / "a" / "x.feature"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        path.with_name("other.txt").write_text(text)
    found = protocols.features_of(load(folder), [tmp_path / "ours", tmp_path / "theirs"])
    assert found == {"features/a/x.feature": hashlib.sha256(b"b").hexdigest()}


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x1b[2Jb", "a\rb"])
def test_an_approval_that_could_not_be_read_is_not_written(folder, name):
    """It would stop every run that comes after."""
    with pytest.raises(ConfigurationError, match="name is .*: write a text"):
        protocols.approval_text(load(folder), {"name": name, "role": "r", "reason": "x"}, NOW, {})


def test_two_protocols_of_one_folder_have_two_ids(folder):
    """Which of them would be executed, nobody could say."""
    (folder / "q.toml").write_text(TEXT)
    with pytest.raises(ConfigurationError, match=r"q.toml: the id 'P-1' stands in p.toml"):
        load(folder)


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
        (TEXT.replace('["all passed"]', '"all passed"'), "'acceptance' is 'all passed': write a list"),
        (TEXT.replace('["all passed"]', "[1]"), r"'acceptance' is \[1\]: write a list"),
        (TEXT.replace("[[item]]", "[item]"), r"write each item under a header \[\[item\]\]"),
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
