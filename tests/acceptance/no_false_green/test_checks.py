"""A check that could not fail fails its scenario. All are scenarios of one run."""

import pytest

STEPS = """
import copy
from decimal import Decimal

from syncproof import model as m

EARLIER = {}

@pytest.fixture
def lot():
    return lambda: m.MaterialLot(
        id="".join(["LOT", "-1"]), item="".join(["ITEM", "-1"]), quantity=m.Quantity(value=Decimal("12.50"), unit="KGM"),
        site="EAST", location="".join(["A", "-1"]),
    )

@pytest.fixture
def filled(asked, lot):
    return asked(lot()).value

@then("the answer is its own expectation")
def _(check, asked, lot):
    seen = asked(lot())
    check.equal("SITE-001", "claim", seen.value, seen)

@then("a copy of the answer is expected")
def _(check, asked, lot):
    seen = asked(lot())
    check.equal("SITE-001", "claim", copy.deepcopy(seen.value), seen)

@then("an attribute of the answer is expected")
def _(check, asked, lot):
    seen = asked(lot())
    check.equal("SITE-001", "claim", seen.value.location, seen, project=lambda value: value.location)

@then("the text of an attribute is expected")
def _(check, asked, lot):
    seen = asked(lot())
    check.equal("SITE-001", "claim", str(seen.value.id), seen, project=lambda value: value.id)

@then("a number of the answer is expected")
def _(check, asked, lot):
    seen = asked(lot())
    number = Decimal(seen.value.quantity.value)
    check.equal("SITE-001", "claim", number, seen, project=lambda value: value.quantity.value)

@then("a dict of the answer is expected")
def _(check, asked, lot):
    seen = asked(lot())
    check.equal("SITE-001", "claim", {"id": seen.value.id, "at": seen.value.location}, seen,
                project=lambda value: {"id": value.id, "at": value.location})

@then("an earlier answer is expected")
def _(check, asked, lot):
    first = asked(lot())
    check.equal("SITE-001", "claim", first.value.id, asked(lot()), project=lambda value: value.id)

@then("a fixture that was filled by the system is expected")
def _(check, asked, lot, filled):
    check.equal("SITE-001", "claim", filled, asked(lot()))

@then("an answer agrees with itself")
def _(check, asked, lot):
    first = asked(lot())
    check.agreed("SITE-001", "claim", first.value.id, {"erp": lambda: asked(lot())}, domain="lot", project=lambda v: v.id)

@then("all systems show nothing")
def _(check, asked):
    check.agreed("SITE-001", "claim", (), {name: lambda name=name: asked((), name) for name in ("erp", "mes")}, domain="lot")

@then("all systems show no revision")
def _(check, asked):
    check.agreed("SITE-001", "claim", None, {n: lambda n=n: asked(None, n) for n in ("erp", "mes")}, domain="lot")

@then("one system answers for all")
def _(check, asked):
    observers = {}
    for name in ("erp", "mes", "wms"):
        observers[name] = lambda: asked("A1", name)
    check.agreed("SITE-001", "claim", "A1", observers, domain="lot")

@then("nobody agrees")
def _(check):
    check.agreed("SITE-001", "claim", "A1", {}, domain="lot")

@then("the adapter refuses by itself")
def _(check):
    check.refused("SITE-001", "claim", Outcome("refused", (), "erp", ("hold: no",)))

@then("the adapter refuses by an exchange that never was")
def _(check):
    check.refused("SITE-001", "claim", Outcome("refused", ("main-x99",), "erp", ("hold: no",)))

@then("the adapter refuses for a system that did not answer")
def _(check, exchanged):
    check.refused("SITE-001", "claim", Outcome("refused", (exchanged(status=None),), "erp", ("hold: no",)))

@then("the adapter refuses by the answer of another system")
def _(check, exchanged):
    check.refused("SITE-001", "claim", Outcome("refused", (exchanged("mes"),), "erp", ("hold: no",)))

@then("the adapter refuses without a reason")
def _(check, exchanged):
    check.refused("SITE-001", "claim", Outcome("refused", (exchanged(),), "erp"))

@then("an observation comes from nowhere")
def _(check):
    check.equal("SITE-001", "claim", "A1", Observation("A1", ("main-x98",), "erp"))

@then("an adapter takes no answer for an empty one")
def _(check, exchanged):
    check.equal("SITE-001", "claim", (), Observation((), (exchanged(status=None),), "erp"))

@then("an observation is the answer of another system")
def _(check, exchanged):
    check.equal("SITE-001", "claim", "A1", Observation("A1", (exchanged("mes"),), "erp"))

@then("an observation comes from an earlier scenario")
def _(check, asked):
    check.equal("SITE-001", "claim", "A1", EARLIER.setdefault("seen", asked("A1")))

@then("anything is expected")
def _(check, asked):
    from unittest.mock import ANY
    check.equal("SITE-001", "claim", ANY, asked("A1"))

@then("any number is expected")
def _(check, asked):
    check.equal("SITE-001", "claim", 1, asked(2), tolerance=Decimal("Infinity"))

@then("two of a kind are compared")
def _(check, asked, lot):
    check.equal("SITE-001", "claim", lot(), asked(lot()))
    check.equal("SITE-001", "claim", "A", asked("A"))
    check.equal("SITE-001", "claim", 5, asked(5))
    check.equal("SITE-001", "claim", frozenset(), asked(frozenset()))
"""

OWN = "the expected value was taken from a system's own answer"
CASES = {
    "the answer is its own expectation": OWN,
    "a copy of the answer is expected": OWN,
    "an attribute of the answer is expected": OWN,
    "the text of an attribute is expected": OWN,
    "a number of the answer is expected": OWN,
    "a dict of the answer is expected": OWN,
    "an earlier answer is expected": OWN,
    "a fixture that was filled by the system is expected": OWN,
    "an answer agrees with itself": OWN,
    "all systems show nothing": "agreed on nothing",
    "all systems show no revision": "agreed on nothing",
    "one system answers for all": "was answered by",
    "nobody agrees": "agreement of nobody proves nothing",
    "the adapter refuses by itself": "has no exchange behind it: only the system itself may refuse",
    "the adapter refuses by an exchange that never was": "exchange main-x99 was never made",
    "the adapter refuses for a system that did not answer": "erp gave no answer in exchange",
    "the adapter refuses by the answer of another system": "an exchange with mes, not with erp",
    "the adapter refuses without a reason": "expected",
    "an observation comes from nowhere": "exchange main-x98 was never made",
    "an adapter takes no answer for an empty one": "erp gave no answer in exchange",
    "an observation is the answer of another system": "an exchange with mes, not with erp",
    "anything is expected": "cannot be recorded",
    "any number is expected": "OverflowError",
}


@pytest.fixture(scope="module")
def run(shared):
    suite = shared()
    suite.steps(STEPS)
    names = [*CASES, "two of a kind are compared"]
    suite.feature("".join(f"  @SITE-001\n  Scenario: {name}\n    Then {name}\n" for name in names))
    return suite, suite.pytest("-q")


def test_only_the_honest_one_passes(run):
    suite, ended = run
    assert ended.code == 1
    verdicts = {name: verdict for name, (verdict, _) in suite.reasons().items()}
    assert [name for name, verdict in verdicts.items() if verdict != "failed"] == ["two of a kind are compared"]


@pytest.mark.parametrize("name", CASES)
def test_it_fails_and_says_why(run, name):
    suite, _ = run
    verdict, reason = suite.reasons()[name]
    assert verdict == "failed"
    assert "features/x.feature:" in reason
    assert CASES[name] in reason
