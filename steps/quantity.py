"""Required quantities and the unit rules behind them."""

from decimal import Decimal

from pytest_bdd import given, then, when

from fixtures.observers import mapped
from fixtures.pushes import Pushes
from steps.product import conversion
from steps.vocabulary import phrase
from syncproof import model as m
from syncproof.errors import MisuseError

QUANTITIES = ("URS-UOM-001", "URS-UOM-002", "URS-UOM-004", "URS-VAR-001")


@when(phrase("the conversion is changed to {factor:Number} KGM from {date:Effectivity}"))
def _(products, governance, factor, date) -> None:
    oil = products.component("Oil")
    rules = oil.set_rules(revision="B", conversions=(conversion("BX", factor),))
    governance.release("conversion of Oil", [rules], date)


@then(phrase("every system requires {amount:Number} {unit:Unit} of {component:Name} for order {order:Name}"))
def _(check, landscape, products, expected, required, amount, unit, component, order) -> None:
    item = products.component(component).item
    need = expected.requirement(order, item)
    if need.quantity != m.Quantity(value=Decimal(amount), unit=unit):
        raise MisuseError(f"the feature says {amount} {unit}, the oracle computes {need.quantity}")
    check.agreed(
        QUANTITIES,
        f"required quantity of {component} for order {order}",
        need,
        required(order, item),
        domain="uom",
        tolerance=landscape.tolerance(unit, item) or None,
    )


@then(phrase("every system requires the exactly computed quantities for order {order:Name}"))
def _(check, expected, required, by_tolerance, order) -> None:
    needs = expected.requirements(order)
    for tolerance, alike in by_tolerance(needs).items():
        check.agreed(
            QUANTITIES,
            f"all required quantities of order {order}",
            alike,
            required(order, without={need.item for need in needs - alike}),
            domain="uom",
            tolerance=tolerance or None,
        )


@then(phrase("the unit rules of {component:Name} are identical in every system"))
def _(check, products, content_of, component) -> None:
    rules = products.component(component).uom
    check.agreed(
        "URS-UOM-003",
        f"conversion, rounding and tolerance of {component}",
        rules,
        content_of(rules.ref),
        domain="uom",
    )


@when(
    phrase(
        "a conversion of 1 {unit:Unit} of {component:Name} to {factor:Number} {base:Unit} is pushed to every system"
    ),
    target_fixture="pushed",
)
def _(products, pushes: Pushes, unit, component, factor, base):
    rules = products.component(component).with_rules(revision="Z", conversions=(conversion(unit, factor),))
    return pushes.everywhere(rules)


@when(
    phrase("two different conversions of BX of {component:Name} are pushed to every system at once"),
    target_fixture="pushed",
)
def _(products, pushes: Pushes, component):
    both = (conversion("BX", "12"), conversion("BX", "13"))
    return pushes.everywhere(products.component(component).with_rules(revision="Z", conversions=both))


IMPOSSIBLE = {"conversion_impossible", "conversion_inconsistent", "unknown_unit"}


@then("the invalid conversion is rejected by every system")
def _(pushes: Pushes, pushed) -> None:
    pushes.kept_out("URS-UOM-006", "an invalid conversion push is rejected", pushed, IMPOSSIBLE)


@then("the rejection is in every system's audit trail")
def _(pushes: Pushes, pushed) -> None:
    pushes.logged("URS-UOM-006", "the rejected conversion is audited", pushed)


@then("the impossible conversion is kept out of every system")
def _(pushes: Pushes, pushed) -> None:
    pushes.kept_out("URS-UOM-005", "no impossible conversion gets in", pushed, IMPOSSIBLE)


@then("the inconsistent conversion is kept out of every system")
def _(pushes: Pushes, pushed) -> None:
    pushes.kept_out("URS-UOM-003", "one unit has one factor", pushed, {"conversion_inconsistent"})


@then("the invalid conversion push is rejected and logged by every system")
def _(pushes: Pushes, pushed) -> None:
    pushes.kept_out("URS-VAL-006", "an invalid conversion push is rejected", pushed, IMPOSSIBLE)
    pushes.logged("URS-VAL-006", "the rejected conversion is logged", pushed)


@when(
    phrase("{amount:Number} KGM of lot {lot:Name} is consumed for order {order:Name}"),
    target_fixture="attempt",
)
def _(batches, lots, amount, lot, order):
    return batches.consume(order, lots[lot].id, m.Quantity(value=Decimal(amount), unit="KGM"), lots[lot].item)


@then(phrase("the consumption is {verdict:Verdict} as the tolerance says"))
def _(check, attempt, verdict) -> None:
    claim = "the tolerance of the item decides what is a discrepancy"
    check.verdict("URS-UOM-008", claim, attempt, verdict, code={"unexplained_discrepancy"})


POSTED = ("URS-UOM-010", "URS-UOM-011")


@given(phrase("{amount:Number} {unit:Unit} of lot {lot:Name} is posted to order {order:Name}"))
@when(phrase("{amount:Number} {unit:Unit} of lot {lot:Name} is posted to order {order:Name}"))
def _(posted, await_posted, lots, amount, unit, lot, order) -> None:
    before = posted.left(lot)
    posted.consume(order, lot, m.Quantity(value=Decimal(amount), unit=unit))
    await_posted(lots[lot].id, before)


@then(phrase("every system still has {amount:Number} KGM of lot {lot:Name}"))
def _(check, expected, lots, posted, quantity_of, amount, lot) -> None:
    left = posted.left(lot)
    expected.same_as_stated(left, m.Quantity(value=Decimal(amount), unit="KGM"))
    check.agreed(POSTED, f"what is left of lot {lot}", left, quantity_of(lots[lot].id), domain="lot")


@then(phrase("order {order:Name} takes {amount:Number} KGM more of lot {lot:Name} and not {more:Number}"))
def _(check, expected, posted, order, amount, lot, more) -> None:
    rest = posted.open(order, lot)
    expected.same_as_stated(rest, m.Quantity(value=Decimal(amount), unit="KGM"))
    beyond = posted.attempt(order, lot, m.Quantity(value=Decimal(more), unit="KGM"))
    check.refused(POSTED, "what was posted counts in full", beyond, "unexplained_discrepancy")
    check.accepted(POSTED, "what was posted counts once", posted.attempt(order, lot, rest))


@then(phrase("the output of order {order:Name} and the sum of its lots are {amount:Number} KGM in every system"))
def _(check, expected, orders, outputs, planning, execution, sum_of_lots, order, amount) -> None:
    total = outputs.total(order)
    expected.same_as_stated(total, Decimal(amount))
    header = {
        system.name: lambda system=system: mapped(system.order(orders.id(order)), lambda known: known.produced)
        for system in (planning, execution)
    }
    check.agreed("URS-UOM-011", f"output of order {order}", total, header, domain="order")
    check.agreed("URS-UOM-011", f"the lots of order {order} together", total, sum_of_lots(order), domain="lot")
