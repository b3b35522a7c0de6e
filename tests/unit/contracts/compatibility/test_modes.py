"""Each mode holds the versions against each other that it says, and names who must move first."""

import pytest

from syncproof.contracts.compatibility.modes import MODES, findings
from syncproof.contracts.compatibility.schemas import make

NARROW, WIDE, OTHER = {"maximum": 1}, {"maximum": 2}, {"maximum": 3}


def directions(old, new, mode):
    return [
        one.direction for one in findings([make(f"v{n}", each) for n, each in enumerate(old)], make("new", new), mode)
    ]


@pytest.mark.parametrize(
    ("mode", "widened", "narrowed"),
    [
        ("backward", [], ["backward"]),
        ("forward", ["forward"], []),
        ("full", ["forward"], ["backward"]),
        ("none", [], []),
    ],
)
def test_a_mode_looks_into_its_directions(mode, widened, narrowed):
    """Backward: the new version reads what the old one allowed. Forward: the other way round."""
    assert directions([NARROW], WIDE, mode) == widened
    assert directions([WIDE], NARROW, mode) == narrowed


def test_only_a_transitive_mode_looks_at_versions_before_the_last():
    """The version before the last one still lies in archives and queues."""
    assert directions([OTHER, NARROW], WIDE, "backward") == []
    assert directions([OTHER, NARROW], WIDE, "backward-transitive") == ["backward"]
    assert directions([OTHER, NARROW], WIDE, "full-transitive") == ["backward", "forward"]


def test_a_finding_names_who_must_move_first():
    """A consumer of the new version cannot read old documents: the provider moves first; and the other way round."""
    assert [one.move_first for one in findings([make("old", WIDE)], make("new", NARROW), "backward")] == ["provider"]
    assert [one.move_first for one in findings([make("old", NARROW)], make("new", WIDE), "forward")] == ["consumer"]


def test_there_are_seven_modes():
    assert len(MODES) == 7


def test_a_break_without_a_document_says_that_it_is_not_proved():
    """Two patterns that we do not read may or may not be the same."""
    old, new = {"type": "string", "pattern": "^(?=a)a$"}, {"type": "string", "pattern": "^(?=a)a{1,1}$"}
    [one] = findings([make("old", old)], make("new", new), "backward")
    assert one.message.startswith("not proved")
    assert one.plain()["witness"] is None
    assert one.plain()["proved"] is False
