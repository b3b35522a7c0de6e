"""What the quality system's answer at the moment of use leads to."""

import pytest

from syncproof.simulators.mes.rules.eligibility import answer_of_quality


@pytest.mark.parametrize("answer", [None, {}, {"eligible": "yes"}, {"lot": "L1"}])
def test_no_usable_answer_of_quality_is_no_confirmation(answer):
    assert answer_of_quality("L1", answer).code == "eligibility_unconfirmed"


@pytest.mark.parametrize("reasons", [["on hold"], [{"code": "lot_restricted", "message": "on hold"}]])
def test_the_no_of_quality_is_passed_on_in_its_words(reasons):
    refusal = answer_of_quality("L1", {"eligible": False, "reasons": reasons})
    assert refusal.code == "lot_restricted"
    assert refusal.message.endswith("on hold")


def test_the_yes_of_quality_is_enough():
    assert answer_of_quality("L1", {"eligible": True, "reasons": []}) is None
