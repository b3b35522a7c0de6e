"""Release of lots against the effective test specification."""

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from steps.vocabulary import phrase
from syncproof import model as m


@then(phrase("the test specification of {product:Name} with sampling and limits is identical in every system"))
def _(check, products, content_of, product) -> None:
    spec = products[product].current["test_specification"]
    check.agreed("URS-QLT-001", "sampling plan and limits", spec, content_of(spec.ref), domain="test_specification")


@given(
    phrase("test specification revision B of {product:Name} with narrower limits is released for {date:Effectivity}")
)
def _(products, governance, product, date) -> None:
    _, *others = products[product].current["test_specification"].characteristics
    narrower = m.Characteristic(name="pH", unit="C62", low=Decimal("5.2"), high=Decimal("5.8"))
    spec = products[product].revise_one("test_specification", "B", characteristics=(narrower, *others))
    governance.release("specification B", [spec], date)


@given(phrase("a produced lot {lot:Name} of {product:Name} at {site:Site} is on hold for inspection"))
def _(inspections, lot, product, site) -> None:
    inspections.produce_on_hold(lot, product, site)


@when(
    parsers.parse('results {results} are recorded for lot "P1" and its release is asked for'),
    target_fixture="attempt",
)
def _(inspections, results):
    return inspections.record_and_release("P1", results)


@then(phrase("the release is {verdict:Verdict} as the specification says"))
def _(check, attempt, verdict) -> None:
    check.verdict(
        "URS-QLT-001",
        "release only on results within limits",
        attempt,
        verdict,
        code={"results_missing", "out_of_limits"},
    )


@when(
    phrase("a result of a lot {lot:Name} of {product:Name} is recorded before the lot is produced"),
    target_fixture="attempt",
)
def _(inspections, lot, product):
    return inspections.record_before(lot, product)


@then("the result is refused because the lot is unknown")
def _(check, attempt) -> None:
    check.refused("URS-QLT-003", "a result belongs to a lot that exists", attempt, code={"unknown_lot"})
