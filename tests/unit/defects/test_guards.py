"""No guard of a system is forgotten: each is knocked out by a defect that must be detected, or it is said why not."""

import re
from pathlib import Path

import pytest

from syncproof.defects.policies import policies
from syncproof.defects.registry import imported, registry

SIBLINGS = Path(__file__).parents[2] / "power"
GUARD = re.compile(r"Reason|Refused")
"""What the list of policies says of one that may refuse."""


@pytest.fixture(scope="module")
def guards():
    return imported(SIBLINGS / "guards.py")


@pytest.fixture(scope="module")
def replaced():
    known = registry(SIBLINGS).values()
    return {(system, d.policy) for d in known if d.policy and not d.harmless for system in d.systems}


@pytest.mark.parametrize("system", ["erp", "mes", "wms", "qms"])
def test_every_guard_is_knocked_out_or_explained(guards, replaced, system):
    every = {(system, policy) for policy, meaning in policies(system).items() if GUARD.search(meaning)}
    assert every - replaced - guards.UNNOTICED.keys() == set()


def test_nothing_is_explained_that_is_knocked_out(guards, replaced):
    knocked = {(d.system, d.policy) for d in registry(SIBLINGS / "guards.py").values() if "GUARD" in d.id}
    assert knocked & guards.UNNOTICED.keys() == set()
    assert {guard for _, guard in knocked} >= guards.GUARDS.keys(), "a row of a guard that nobody has, or needs"
    assert guards.UNNOTICED.keys() <= {(system, policy) for system in guards.SYSTEMS for policy in policies(system)}


def test_a_guard_that_is_knocked_out_answers_as_one_that_is_content(guards):
    """With no reason, or with no reasons, as its kind does."""
    assert guards.finds_nothing("(amount) -> Reason or None.") is None
    assert guards.finds_nothing("(ctx, lot) -> Reasons why it must not be used") == []
