"""What cannot be true is not booked: postings, outputs, receipts, operations and orders that make no sense."""

from decimal import Decimal

from pytest_bdd import parsers, then, when

from fixtures.attempts import attempted
from fixtures.observers import mapped
from fixtures.odd import LOT_CODES
from fixtures.untrue import ORDER_CODES, OUTPUT_CODES
from steps.vocabulary import phrase
from syncproof import model as m
from syncproof.capabilities import having


@when(parsers.parse('a lot that is {case} is issued to order "O1" by every system'), target_fixture="attempts")
def _(odd_lots, issues_of, case):
    return {verb: attempted(attempt) for verb, attempt in issues_of("O1", "10", *odd_lots.that_is(case)).items()}


@when(
    phrase("lot {lot:Name} is issued to order {order:Name} under the item of lot {other:Name} by every system"),
    target_fixture="attempts",
)
def _(issues_of, lots, one_kg, lot, order, other):
    issues = issues_of(order, "10", lots[lot].id, lots[other].item, one_kg)
    return {verb: attempted(attempt) for verb, attempt in issues.items()}


@then(parsers.parse("every issue is refused because the lot is {case}"))
def _(check, attempts, case) -> None:
    for verb, outcome in attempts.items():
        check.refused("URS-TRC-005", f"{verb} of a lot that is {case}", outcome, LOT_CODES[case])


@when(
    phrase("{amount:Number} KGM of lot {lot:Name} are taken for order {order:Name} by every verb"),
    target_fixture="attempts",
)
def _(verbs, amount, lot, order):
    asked = m.Quantity(value=Decimal(amount), unit="KGM")
    every = {
        **verbs.consuming(lot, order, bulk=False, quantity=asked),
        **verbs.moving(lot, bulk=False, quantity=asked),
    }
    return {verb: attempted(attempt) for verb, attempt in every.items()}


@then("every attempt is refused because of the quantity")
def _(check, attempts) -> None:
    for verb, outcome in attempts.items():
        check.refused("URS-TRC-005", f"{verb} of no quantity that there is", outcome, {"quantity_invalid"})


@when(parsers.parse('output of order "O1" is reported {flaw}'), target_fixture="attempt")
def _(untrue, flaw):
    return untrue.output("O1", flaw)


@then(parsers.parse("the output is refused because it would be {flaw}"))
def _(check, attempt, flaw) -> None:
    check.refused("URS-TRC-001", f"output {flaw} would have no true origin", attempt, OUTPUT_CODES[flaw])


@when(parsers.parse('a lot whose number is {fault} is reported as output of order "O1"'), target_fixture="attempt")
def _(untrue, fault):
    return untrue.misnamed_output("O1", fault)


@then("the output is refused because of the number of its lot")
def _(check, attempt) -> None:
    check.refused("URS-TRC-004", "no lot is made under a number that breaks the rule", attempt, {"identity_format"})


@when(phrase("lot {lot:Name} is received once more"), target_fixture="attempt")
def _(untrue, lot):
    return untrue.receipt_again(lot)


@then(phrase("the receipt is refused because lot {lot:Name} is there"))
def _(check, attempt, lot) -> None:
    check.refused("URS-TRC-002", f"the number of lot {lot} is given once", attempt, {"lot_exists"})


@then(phrase("the stock of lot {lot:Name} is what was received"))
def _(check, lots, warehouse, lot) -> None:
    check.equal(
        "URS-TRC-002",
        f"lot {lot} is what it was",
        (lots[lot].item, lots[lot].quantity.value),
        mapped(warehouse.lot(lots[lot].id), lambda known: (known.item, known.quantity.value)),
    )


@when(phrase("completion of operation {op_no:Op} of order {order:Name} is attempted"), target_fixture="attempt")
def _(orders, evidence_of, op_no, order):
    return orders.complete(order, op_no, evidence_of(order, op_no))


@when(
    parsers.parse('completion of operation {op_no} of order "O1" is attempted with evidence that is {flaw}'),
    target_fixture="attempt",
)
def _(untrue, evidence_of, op_no, flaw):
    return untrue.completion("O1", op_no, evidence_of("O1", op_no), flaw)


@then("the completion is refused because the operation does not run")
def _(check, attempt) -> None:
    check.refused("URS-RTG-002", "what does not run cannot end", attempt, {"operation_state"})


@then("the completion is refused because of its evidence")
def _(check, attempt) -> None:
    check.refused("URS-RTG-004", "no operation ends without its evidence", attempt, {"evidence_missing"})


@when(
    phrase("1 KGM of lot {lot:Name} is consumed at operation {op_no:Op} of order {order:Name}"),
    target_fixture="attempt",
)
def _(batches, lots, one_kg, lot, op_no, order):
    return batches.consume(order, lots[lot].id, one_kg, lots[lot].item, op_no)


@then("the consumption is refused because the operation has not started")
def _(check, attempt) -> None:
    codes = {"order_not_started", "operation_not_started"}
    check.refused("URS-RTG-008", "material is booked on an operation that has started", attempt, codes)


@when(parsers.parse("an order {flaw} is placed"), target_fixture="attempt")
def _(untrue, flaw):
    return untrue.order(flaw)


@then(parsers.parse("the order is refused because it is {flaw}"))
def _(check, attempt, flaw) -> None:
    check.refused("URS-DEP-002", f"an order {flaw} could not be carried out", attempt, ORDER_CODES[flaw])


@when(phrase("closing of order {order:Name} is attempted"), target_fixture="attempt")
def _(orders, planning, order):
    system = having(planning, "planning.close_order")
    return system.close_order(orders.id(order), by="planner", reason="end of production")


@then("it is not closed because operations are open")
def _(check, attempt) -> None:
    check.refused(
        "URS-DEP-002", "an order that is closed leaves no work behind", attempt, {"order_incomplete", "order_state"}
    )
