"""Every policy has a name, a meaning, and can be exchanged by it."""

import pytest

from syncproof.defects.policies import exchanged, policies, systems
from syncproof.simulators.__main__ import load


@pytest.mark.parametrize("system", systems())
def test_every_policy_says_what_it_decides(system):
    known = policies(system)
    assert known
    assert [name for name, meaning in known.items() if not meaning] == []


def test_parts_of_a_policy_have_names_of_their_own():
    known = policies("erp")
    assert {"hold_guard", "arithmetic.round_total", "validators.bom", "single_checks.role_check"} <= known.keys()


def test_exactly_the_named_policy_is_exchanged():
    rules = load("wms").rules

    def one(name, policy):
        return len if name == "arithmetic.to_base" else policy

    changed = exchanged(rules, one)
    assert changed.arithmetic.to_base is len
    assert changed.arithmetic.round_total is rules.arithmetic.round_total
    assert changed.hold_guard is rules.hold_guard
    assert rules.arithmetic.to_base is not len
