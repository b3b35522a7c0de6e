"""A protocol counts as approved only for the content that was approved, and before it is executed."""

import hashlib
import json
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


def approve(folder, name='Jane "J" Roe'):
    one = load(folder)
    given = {"name": name, "role": "QA", "reason": "reviewed on paper"}
    text = protocols.approval_text(one, given, NOW, FEATURES)
    protocols.approval_path(one).write_text(text)


def test_scenarios_belong_to_the_item_whose_pattern_fits(folder):
    """By the path of their feature."""
    assert load(folder).item_of("features/a/x.feature::One[2]").criterion == "c"
    assert load(folder).item_of("features/b/x.feature::One") is None


def test_the_record_holds_the_protocol_and_who_approved_it(folder):
    """Whole; the hash is over the content as canonical JSON."""
    approve(folder)
    items = [{"select": "features/a/*.feature", "intended_use": "use", "criterion": "c"}]
    texts = {"id": "P-1", "version": "1.0", "phase": "oq", "title": "t", "objective": "o", "scope": "s"}
    content = {**texts, "acceptance": ["all passed"]}
    written = json.dumps({**content, "item": items}, sort_keys=True, separators=(",", ":"))
    hash_ = "sha256:" + hashlib.sha256(written.encode()).hexdigest()
    approval = {
        "name": 'Jane "J" Roe',
        "role": "QA",
        "meaning": "I approve P-1 version 1.0 for execution.",
        "reason": "reviewed on paper",
        "protocol_hash": hash_,
        "at": "2026-05-01T12:00:00+00:00",
    }
    assert load(folder).facts(NOW, FEATURES) == {
        **content,
        "items": items,
        "hash": hash_,
        "approval": approval,
        "unapproved": None,
    }


@pytest.mark.parametrize("phase", ["iq", "oq", "pq"])
def test_a_protocol_is_of_one_of_three_phases(folder, phase):
    """Installation, operation, performance."""
    (folder / "p.toml").write_text(TEXT.replace('"oq"', f'"{phase}"'))
    assert load(folder).phase == phase


def test_an_approval_holds_any_name(folder):
    """Quotes and backslashes included."""
    approve(folder, name='PLANT\\jane "J"')
    assert load(folder).approval.name == 'PLANT\\jane "J"'


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


CHANGED = {"features/a/x.feature": "1" * 64}
ADDED = {"features/a/w.feature": "0" * 64}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (CHANGED, "features/a/x.feature"),
        (FEATURES | ADDED, "features/a/w.feature"),
        (CHANGED | ADDED, "features/a/w.feature, features/a/x.feature"),
    ],
)
def test_a_feature_that_was_changed_or_added_takes_the_approval_away(folder, now, told):
    """What is executed is what was approved."""
    approve(folder)
    one = load(folder)
    assert one.unapproved(NOW, now) == f'{told} changed since Jane "J" Roe approved it on 2026-05-01'
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
    (folder / "r.toml").write_text(TEXT.replace('"P-1"', '"P-2"'))
    assert [(one.id, one.version) for one in protocols.load([folder, own]).values()] == [("P-2", "1.0"), ("P-1", "1.1")]


BEFORE_ITEMS = TEXT.partition("[[item]]")[0]
HEADER = ": write each item under a header [[item]]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace('phase = "oq"', 'phase = "xq"'), ": 'phase' is 'xq'; valid: iq, oq, pq"),
        (TEXT.replace('title = "t"', ""), ": title missing"),
        (TEXT.replace('title = "t"', 'title = ""'), ": 'title' is '': write a text in quotes"),
        (TEXT.replace('criterion = "c"', 'criterion = " "'), " (item 1): 'criterion' is ' ': write a text in quotes"),
        (TEXT + "[[item]]\nselect = 's'\n", " (item 2): intended_use, criterion missing"),
        (TEXT.replace('["all passed"]', "[]"), ": 'acceptance' is empty: say when the protocol is passed"),
        (TEXT.replace('["all passed"]', '"all passed"'), ": 'acceptance' is 'all passed': write a list of texts"),
        (TEXT.replace('["all passed"]', "[1]"), ": 'acceptance' is [1]: write a list of texts"),
        (TEXT.replace("[[item]]", "[item]"), HEADER),
        (BEFORE_ITEMS + "item = []", HEADER),
        (BEFORE_ITEMS + "item = [1]", HEADER),
        (BEFORE_ITEMS + "item = 0", HEADER),
    ],
)
def test_a_mistake_is_named_with_its_place(folder, text, message):
    """File, item, key and value."""
    (folder / "p.toml").write_text(text)
    assert refusal(folder) == f"{folder / 'p.toml'}{message}"


def refusal(folder):
    with pytest.raises(ConfigurationError) as refused:
        load(folder)
    return str(refused.value)


INSTANT = "write an instant with its zone, like 2026-01-31T09:00:00+01:00"


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("+00:00", "", f"'at' is 2026-05-01 12:00:00: {INSTANT}"),
        ("T12:00:00+00:00", "", f"'at' is 2026-05-01: {INSTANT}"),
        ('role = "QA"\n', "", "role missing"),
        ('role = "QA"', 'role = " "', "'role' is ' ': write a text in quotes"),
        ("[features]", "features = 1\n[[more]]", "unknown key 'more'; valid: name, role, meaning, "),
        ("[features]", "[[features]]", f"'features' is [{FEATURES}]: write a table of paths and hashes"),
    ],
)
def test_a_mistake_in_an_approval_is_named_with_its_file(folder, was, becomes, message):
    """Without a zone nobody knows whether it came before the run."""
    approve(folder)
    path = folder / "p.approval.toml"
    path.write_text(path.read_text().replace(was, becomes))
    assert refusal(folder).startswith(f"{path}: {message}")
