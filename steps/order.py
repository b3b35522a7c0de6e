"""Production orders: placed, released, switched, executed."""

from pytest_bdd import given, then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase
from syncproof.capabilities import held

KEPT = ("URS-VAL-009", "URS-REV-009")


@given(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is released"))
@when(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is released"))
def _(orders, order, pieces, product, site) -> None:
    orders.place(order, product, pieces, site)


@given(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is planned"))
def _(orders, order, pieces, product, site) -> None:
    orders.create(order, product, pieces, site)


@given(phrase("order {order:Name} for {amount:Number} KGM of {product:Name} at {site:Site} is released"))
def _(orders, order, amount, product, site) -> None:
    orders.place(order, product, amount, site)


@given(phrase("planned order {order:Name} is released"))
def _(orders, order) -> None:
    orders.release(order)


@given(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is released at {at:Instant}"))
@when(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is released at {at:Instant}"))
def _(orders, clock, order, pieces, product, site, at) -> None:
    clock.set(at)
    orders.place(order, product, pieces, site)


@given(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is executed at {at:Instant}"))
@when(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is executed at {at:Instant}"))
def _(orders, batches, clock, order, pieces, product, site, at) -> None:
    clock.set(at)
    orders.place(order, product, pieces, site)
    batches.execute(order)


@when(phrase("order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} is executed"))
def _(orders, batches, order, pieces, product, site) -> None:
    orders.place(order, product, pieces, site)
    batches.execute(order)


@when(phrase("order {order:Name} is executed and its output reported in lots of {amounts:Numbers}"))
def _(batches, outputs, order, amounts) -> None:
    batches.operate(order)
    outputs.report(order, amounts)


@then(phrase("planning and execution both drive order {order:Name} by revision {revision:Rev}"))
def _(expected, driven_by, order, revision) -> None:
    refs = expected.revision_set(order)
    expected.stated(frozenset(ref for ref in refs if ref.domain in ("recipe", "routing", "bom")), revision)
    driven_by("URS-REV-001", f"revision set that drives order {order}", order)


@then(phrase("the next order of {product:Name} at {site:Site} uses revision {revision:Rev}"))
def _(check, orders, expected, planning, product, site, revision) -> None:
    orders.place("next order", product, 1, site)
    refs = expected.revision_set("next order")
    expected.stated(frozenset(ref for ref in refs if ref.domain in ("recipe", "routing", "bom")), revision)
    check.equal(
        "URS-REV-009",
        f"the next order uses revision {revision}",
        held(planning, refs),
        mapped(planning.order(orders.id("next order")), lambda order: order.revision_set),
    )


@then(phrase("orders released now run under revision {revision:Rev}"))
def _(check, orders, batches, expected, execution, products, revision) -> None:
    product = batches.last_product()
    orders.place("after back-out", product, 10, "EAST")
    batches.execute("after back-out")
    refs = expected.revision_set("after back-out")
    expected.stated(frozenset(ref for ref in refs if ref.domain in ("recipe", "routing", "bom")), revision)
    check.equal(
        "URS-BCK-001",
        f"orders after the back-out run under revision {revision}",
        refs,
        mapped(execution.batch_record(orders.id("after back-out")), lambda batch: batch.revision_set),
    )


@then(phrase("order {order:Name} keeps its masters and requirements in every system"))
def _(check, expected, driven_by, required, order) -> None:
    driven_by(KEPT, f"masters of order {order}", order)
    needs = expected.requirements(order)
    check.agreed(KEPT, f"requirements of order {order}", needs, required(order), domain="order")


@then(phrase("a new order for {product:Name} at {site:Site} is not released"))
def _(check, orders, product, site) -> None:
    code = {"no_effective_revision", "unknown_item"}
    check.refused("URS-VAL-009", "nothing new begins with what is withdrawn", orders.try_new(product, site), code)
