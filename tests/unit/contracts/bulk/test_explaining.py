"""Each mistake is told with its place, what was expected and what is there."""

import json
import time

import pytest

from syncproof.contracts.bulk.explaining import LARGE, LONG, count, explain, short
from syncproof.contracts.bulk.target import contract, target

BROKEN = {"domain": "security", "id": 5, "roles": "qa", "more\x1b": 1}


@pytest.mark.parametrize("size", [100, LARGE + 1])
def test_every_mistake_is_told_by_either_library(size):
    told = explain(contract("security"), BROKEN, size, 10)
    assert {each.place: each.expected for each in told if each.place} == {"/id": "string", "/roles": "array"}
    assert {each.expected for each in told if not each.place} == {"the property revision", "no other property"}
    assert {each.actual for each in told} >= {"5", '"qa"'}
    assert "\x1b" not in json.dumps([each._asdict() for each in told], ensure_ascii=False)
    assert count(contract("security"), BROKEN) == len(told) == 4


def test_no_more_is_told_than_asked_for():
    assert len(explain(contract("security"), BROKEN, 100, 2)) == 2


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(?=(a|aa)+$)(a|aa)+$(?!b)\\1"])
def test_a_pattern_that_explodes_ends_soon_and_never_passes(tmp_path, pattern):
    file = tmp_path / "s.json"
    file.write_text(json.dumps({"pattern": pattern}))
    begin = time.monotonic()
    assert len(explain(target(str(file)), "a" * 3000 + "!", 3000, 10)) == 1
    assert time.monotonic() - begin < 20


def test_a_long_value_is_cut():
    assert len(short("x" * 10**6)) == LONG + 1
    assert short([0] * 10**6) == "an array of 1,000,000 members"


def test_a_verdict_is_never_left_unexplained(tmp_path):
    """jsonschema knows other formats than jsonschema-rs does."""
    file = tmp_path / "s.json"
    file.write_text('{"format": "email"}')
    ((_, message, _, actual),) = explain(target(str(file)), "nobody", 10, 10)
    assert "does not satisfy" in message
    assert actual == '"nobody"'
