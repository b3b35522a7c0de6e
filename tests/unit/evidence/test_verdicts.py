"""A requirement is verified only by scenarios that passed, all of them."""

import pytest

from syncproof.evidence.verdicts import requirement_results, worst


def results(*verdicts, required=(), procedural=()):
    plan = [{"id": f"s{n}", "requirements": ["URS-A-1"]} for n in range(len(verdicts))]
    named = {f"s{n}": verdict for n, verdict in enumerate(verdicts)}
    return requirement_results(plan, named, required, procedural)


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        (["passed"], "verified"),
        (["passed", "passed"], "verified"),
        (["passed", "unselected"], "verified"),
        (["unselected"], "unselected"),
        (["passed", "failed"], "failed"),
        (["failed", "blocked"], "failed"),
        (["failed", "not supported"], "failed"),
        (["passed", "blocked"], "not run"),
        (["passed", "aborted"], "not run"),
        (["passed", "not run"], "not run"),
        (["passed", "awaiting a person"], "not run"),
        (["blocked", "not supported"], "not run"),
        (["passed", "not supported"], "gap"),
        (["not supported"], "gap"),
    ],
)
def test_the_worst_scenario_decides(verdicts, verdict):
    """Failed before not run before gap; what was not selected decides nothing."""
    assert results(*verdicts)["URS-A-1"].verdict == verdict


def test_a_requirement_that_no_scenario_carries_is_a_gap():
    """It is a row of its own, never left out."""
    found = results("passed", required=["URS-B-2"])
    assert found["URS-B-2"].verdict == "gap"
    assert found["URS-B-2"].scenarios == ()


def test_a_procedural_requirement_is_no_gap():
    """Declared in the registry, with the reason."""
    assert results(required=["URS-B-2"], procedural=["URS-B-2"])["URS-B-2"].verdict == "procedural"


def test_a_procedural_requirement_that_is_tested_after_all_counts_as_tested():
    """A failing scenario is not hidden behind a declaration."""
    assert results("failed", procedural=["URS-A-1"])["URS-A-1"].verdict == "failed"


def test_a_planned_scenario_of_which_the_record_says_nothing_did_not_run():
    """It is not left out, and what carries it is not verified by the others."""
    plan = [{"id": "s0", "requirements": ["URS-A-1"]}, {"id": "s1", "requirements": ["URS-A-1"]}]
    found = requirement_results(plan, {"s0": "passed"})["URS-A-1"]
    assert found.verdict == "not run"
    assert found.scenarios == (("s0", "passed"), ("s1", "not run"))


def test_each_result_is_that_of_its_requirement():
    """Each scenario counts for what it carries, and for that only; sorted by id."""
    plan = [{"id": "s0", "requirements": ["URS-B-2", "URS-A-1"]}, {"id": "s1", "requirements": ["URS-B-2"]}]
    found = requirement_results(plan, {"s0": "passed", "s1": "failed"}, required=["URS-C-3"])
    assert [(id_, result.id, result.verdict) for id_, result in found.items()] == [
        ("URS-A-1", "URS-A-1", "verified"),
        ("URS-B-2", "URS-B-2", "failed"),
        ("URS-C-3", "URS-C-3", "gap"),
    ]


def test_results_name_the_scenarios_they_rest_on():
    """A view can lead from the requirement to its evidence."""
    assert results("passed", "failed")["URS-A-1"].scenarios == (("s0", "passed"), ("s1", "failed"))


def test_worst_of_several():
    """Failed is worse than aborted, aborted than passed."""
    assert worst("passed", "aborted", "failed") == "failed"
    assert worst("passed", "not supported") == "not supported"
