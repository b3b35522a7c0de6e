"""Variants and the masters that depend on them."""

from pytest_bdd import given, then, when

from fixtures.instants import INITIAL
from fixtures.observers import mapped
from steps.vocabulary import phrase

DEPENDENTS = ("bom", "label", "routing", "test_specification")


@given(phrase("variant {variant:Name} of {product:Name} has masters of its own"))
def _(products, governance, variant, product) -> None:
    governance.release(f"introduce {variant}", products.variant_masters(variant, product), INITIAL)


@when(phrase("order {order:Name} is switched to variant {variant:Name}"), target_fixture="attempt")
def _(orders, products, order, variant):
    return orders.switch(order, products.variants[variant].id)


@then(
    phrase(
        "order {order:Name} is driven by the bom, label, test specification and routing of {variant:Name} in every system"
    )
)
def _(check, attempt, expected, products, driven_by, order, variant) -> None:
    structure = products.variants[variant].structure
    own = {(domain, getattr(structure, domain)) for domain in DEPENDENTS}
    refs = expected.revision_set(order)
    expected.same_as_stated(own, {(ref.domain, ref.id) for ref in refs if ref.domain in DEPENDENTS})
    check.accepted("URS-VAR-001", "the switch is accepted", attempt)
    driven_by("URS-VAR-001", "all dependent masters are the variant's", order)


@given(phrase("a planner has order {order:Name} on the screen"), target_fixture="view")
def _(orders, order):
    return orders.open(order)


@when(phrase("that planner switches order {order:Name} to variant {variant:Name}"), target_fixture="attempt")
def _(orders, products, view, order, variant):
    return orders.switch_as_seen(order, products.variants[variant].id, view)


@then(phrase("the switch of order {order:Name} is refused as outdated and nothing of it is in any system"))
def _(check, attempt, driven_by, order) -> None:
    check.refused("URS-VAR-001", "a switch that rests on an outdated view is not made", attempt, code={"stale"})
    driven_by("URS-VAR-001", "no dependent master follows a refused switch", order)


@then(phrase("after another look order {order:Name} can be switched to variant {variant:Name}"))
def _(check, orders, products, driven_by, order, variant) -> None:
    outcome = orders.switch(order, products.variants[variant].id, orders.open(order))
    check.accepted("URS-VAR-001", "a switch that rests on the present state is made", outcome)
    driven_by("URS-VAR-001", "all dependent masters are the variant's", order)


@then(phrase("the switch is refused and order {order:Name} stays with the masters it started with"))
def _(check, attempt, expected, orders, execution, order) -> None:
    check.refused("URS-VAR-002", "a started order keeps its variant", attempt, code={"order_state"})
    check.equal(
        "URS-VAR-002",
        "the batch keeps its masters",
        expected.revision_set(order),
        mapped(execution.order(orders.id(order)), lambda o: o.revision_set),
    )
