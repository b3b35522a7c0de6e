"""What would make a check meaningless is refused on the spot."""

import gc
import weakref

import pytest

from syncproof import model as m
from syncproof.checks import Checks
from syncproof.errors import MisuseError
from syncproof.ports import Observation, Outcome
from syncproof.seen import Seen
from tests.unit.checks.said import URS, quantity, seen


def test_an_expectation_must_not_be_an_answer(check):
    """Such a check could not fail: the observation itself, its value, or a record in it."""
    lot = m.MaterialLot(id="L1", item="I", quantity=quantity("1"), site="EAST", location="A-1")
    observation = seen((lot,))
    with pytest.raises(MisuseError) as caught:
        check.equal(URS, "claim", observation, seen((lot,)))
    assert str(caught.value) == (
        "URS-REV-001: the expected value was taken from a system's own answer, so the check could not fail: "
        "take it from the oracle or from the feature (an adapter that repeats its own argument in place of the answer "
        "looks the same)"
    )
    check.equal(URS, "claim", (quantity("9"),), observation)
    for taken in (observation.value, lot, lot.quantity):
        with pytest.raises(MisuseError, match="taken from a system's own answer"):
            check.equal(URS, "claim", taken, seen(None, "mes"))


def test_what_lies_within_an_answer_is_an_answer(check):
    """Picked out of what a system said under some name, it is still what the system said."""
    answer = seen({"lots": [1, 2]})
    check.equal(URS, "claim", {"lots": [3]}, answer)
    with pytest.raises(MisuseError, match="taken from a system's own answer"):
        check.equal(URS, "claim", answer.value["lots"], seen(None, "mes"))


class Answer(list):
    """A collection whose end can be seen."""


def test_an_answer_is_kept_so_that_no_other_value_gets_its_identity():
    """An expectation made later in the same place of the memory would be taken for it."""
    known, answer = Seen(), Answer()
    there = weakref.ref(answer)
    known.add(answer)
    del answer
    gc.collect()
    assert there() is not None


def test_equal_values_of_other_origin_are_no_misuse(check):
    """Nor are the empty collection, text and numbers, which are one object everywhere."""
    check.equal(URS, "claim", (), seen(()))
    check.equal(URS, "claim", (), seen((), "mes"))
    check.equal(URS, "claim", "text", seen("text"))
    check.equal(URS, "claim", "text", seen("text", "mes"))
    check.equal(URS, "claim", m.ProductStructure(), seen(m.Variant(id="V", revision="A", base_item="I")))


def test_the_default_of_a_record_is_no_answer(check):
    """It is one object in all records of a kind, seen or not."""
    observed, other = (m.Variant(id=id, revision="A", base_item="I") for id in ("V", "W"))
    check.equal(URS, "claim", "V", seen(observed), project=lambda variant: variant.id)
    check.equal(URS, "claim", other.structure, seen(m.ProductStructure()))


def test_an_observation_needs_an_exchange_behind_it(check):
    """What the record does not hold proves nothing."""
    with pytest.raises(MisuseError, match="no recorded exchange behind it"):
        check.equal(URS, "claim", 1, Observation(1, (), "erp"))
    message = "^URS-REV-001: the answer of erp has no exchange behind it: only the system itself may refuse or accept$"
    with pytest.raises(MisuseError, match=message):
        check.refused(URS, "claim", Outcome("refused", (), "erp", ("hold: x",)))


@pytest.mark.parametrize("actual", ["B", None, lambda: "B"])
def test_a_bare_value_is_no_observation(check, actual):
    """Steps pass on what adapters returned."""
    with pytest.raises(
        MisuseError,
        match=f"a check needs an Observation .*not a {type(actual() if callable(actual) else actual).__name__}$",
    ):
        check.equal(URS, "claim", "B", actual)


def test_a_foreign_requirement_is_misuse(check):
    """A check proves nothing for a requirement that its scenario does not carry."""
    with pytest.raises(MisuseError, match="names URS-HLD-001, but its scenario carries URS-REV-001, URS-REV-002"):
        check.equal("URS-HLD-001", "claim", 1, seen(1))


def test_a_scenario_that_carries_nothing_can_have_no_check(recorder):
    """The message says so in a word."""
    with pytest.raises(MisuseError, match="carries none: tag the scenario or mend the step$"):
        Checks(recorder, requirements=[]).equal(URS, "claim", 1, seen(1))


def test_without_scenario_any_requirement_may_be_named(recorder):
    """In a plain test."""
    checks = Checks(recorder)
    checks.equal("URS-HLD-001", "claim", 1, seen(1))
    assert checks.step.unchecked() == []


@pytest.mark.parametrize("verb", ["present", "absent"])
@pytest.mark.parametrize("value", ["text", None, 5, {"a": 1}])
def test_membership_needs_a_collection(check, verb, value):
    """A character in a text or a key in a record is not meant."""
    with pytest.raises(MisuseError, match=f"the observed {type(value).__name__} is no collection"):
        getattr(check, verb)(URS, "claim", "a", seen(value))


def test_a_set_is_not_compared_with_a_list(check):
    """Their order would decide, and nobody stated it."""
    with pytest.raises(MisuseError, match="^a frozenset is expected and a list was observed: compare two sets"):
        check.equal(URS, "claim", frozenset({1}), seen([1]))


@pytest.mark.parametrize("actual", [None, "text", 5])
def test_what_is_no_collection_differs_from_one_and_is_no_misuse(check, sink, actual):
    """The system answered something else than was expected: a failure that belongs on record."""
    check.equal(URS, "claim", frozenset({1}), seen(actual))
    check.equal(URS, "claim", 5, seen([1]))
    assert [event["verdict"] for event in sink.events] == ["failed", "failed"]


@pytest.mark.parametrize("outcome", [[], "refused", [None]])
def test_a_check_of_an_answer_needs_an_answer(check, outcome):
    """All of no refusals were refused."""
    with pytest.raises(MisuseError, match="needs the Outcome of at least one write"):
        check.refused(URS, "claim", outcome)


def test_an_empty_order_is_misuse(check):
    """It is always kept."""
    with pytest.raises(MisuseError, match="an empty order is always kept"):
        check.in_order(URS, "claim", [], seen(["a"]))


def test_requirements_without_a_check_are_known(check):
    """At the end of a scenario there must be none."""
    assert check.step.unchecked() == [URS, "URS-REV-002"]
    check.equal(URS, "claim", 1, seen(2))
    assert check.step.unchecked() == ["URS-REV-002"]
