"""Orders that are cancelled, and what hangs on them."""

from pytest_bdd import given, then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase
from syncproof.capabilities import having


@given(
    phrase(
        "order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} consumes lot {lots:Names} at {at:Instant}"
    )
)
def _(traced, clock, order, pieces, product, site, lots, at) -> None:
    clock.set(at)
    traced.begin(order, product, pieces, site, consumed=lots)


@when(phrase("order {order:Name} is cancelled"))
def _(orders, stock, require_accepted, order) -> None:
    require_accepted(orders.cancel(order))
    stock.give_back(order)


@when(phrase("cancellation of order {order:Name} is attempted"), target_fixture="attempt")
def _(orders, await_moved, order):
    orders.await_started(order)
    await_moved(order)
    return orders.cancel(order)


@when(phrase("cancellation of order {order:Name} is attempted before it starts"), target_fixture="attempt")
def _(orders, order):
    return orders.cancel(order)


@then(phrase("order {order:Name} is {status:w} in every system"))
def _(check, order_statuses, order, status) -> None:
    check.agreed(
        ("URS-BCK-002", "URS-RTG-002"), f"order {order} is {status}", status, order_statuses(order), domain="order"
    )


@then(phrase("what was promised of lot {lot:Name} to order {order:Name} is free again"))
def _(check, stock, lots, warehouse, lot, order) -> None:
    def offered():
        return mapped(warehouse.stock(lots[lot].id), lambda balances: sum(b.available for b in balances))

    claim = f"what order {order} was promised of lot {lot} is free"
    check.agreed("URS-BCK-002", claim, stock.free(lot), {warehouse.name: offered}, domain="order")


@then(phrase("operation {op_no:Op} of the cancelled order {order:Name} cannot be started"))
def _(check, orders, op_no, order) -> None:
    check.refused(
        "URS-BCK-002", "nobody starts a cancelled order", orders.start(order, op_no), code={"order_cancelled"}
    )


@then(phrase("the cancelled order {order:Name} gets nothing more of lot {lot:Name}"))
def _(check, verbs, order, lot) -> None:
    for verb, attempt in verbs.consuming(lot, order, bulk=False).items():
        check.refused("URS-BCK-002", f"{verb} for a cancelled order", attempt, code={"order_state", "order_cancelled"})


@then(phrase("the audit trail of lot {lot:Name} names what order {order:Name} was promised and gave back"))
def _(check, stock, lots, orders, warehouse, lot, order) -> None:
    def entries():
        trail = having(warehouse, "audit.old_new").audit_trail("lot", lots[lot].id)
        return mapped(
            trail, lambda events: tuple((e.old, e.new) for e in events if orders.id(order) in (e.field or ""))
        )

    claim = f"what order {order} was promised is on record with its lot"
    check.agreed("URS-AUD-008", claim, stock.steps_of(lot, order), {warehouse.name: entries}, domain="order")


@then(phrase("the cancellation of order {order:Name} is refused, or all that it moved is reversed in every system"))
def _(check, attempt, traced, order_statuses, lot_content, order) -> None:
    is_cancelled = attempt.status == "accepted"
    status = "Cancelled" if is_cancelled else traced.status(order)
    check.agreed("URS-BCK-003", f"order {order} is {status}", status, order_statuses(order), domain="order")
    for lot, content in traced.contents(order, is_reversed=is_cancelled).items():
        claim = f"item and content of lot {lot}, which order {order} moved"
        check.agreed("URS-BCK-003", claim, content, lot_content(traced.id(lot)), domain="lot")


@then(
    phrase("the cancellation of order {order:Name} is refused, or what was issued of lot {lot:Name} is in stock again")
)
def _(check, attempt, stock, lots, order_statuses, warehouse, order, lot) -> None:
    def on_hand():
        return mapped(warehouse.stock(lots[lot].id), lambda balances: sum(b.on_hand for b in balances))

    is_cancelled = attempt.status == "accepted"
    status = "Cancelled" if is_cancelled else "Released"
    check.agreed("URS-BCK-003", f"order {order} is {status}", status, order_statuses(order), domain="order")
    there = stock.on_hand(lot, is_given_back=is_cancelled)
    check.agreed("URS-BCK-003", f"what is in stock of lot {lot}", there, {warehouse.name: on_hand}, domain="lot")
