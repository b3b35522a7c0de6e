"""Stock: what is offered, promised and taken."""

from decimal import Decimal

from pytest_bdd import given, then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase


@given(phrase("{amount:Number} KGM of lot {lot:Name} lie at another location"))
def _(stock, amount, lot) -> None:
    stock.move_part(lot, Decimal(amount))


@given(phrase("{amount:Number} KGM of lot {lot:Name} are allocated to order {order:Name}"))
def _(stock, amount, lot, order) -> None:
    stock.allocate(lot, Decimal(amount), order)


@given(phrase("{amount:Number} KGM of lot {lot:Name} are issued to order {order:Name}"))
def _(stock, await_told, amount, lot, order) -> None:
    with await_told(lot):
        stock.issue(lot, Decimal(amount), order)


@then(phrase("{amount:Number} KGM of lot {lot:Name} are offered"))
def _(check, expected, stock, lots, warehouse, amount, lot) -> None:
    free = stock.free(lot)
    expected.same_as_stated(free, Decimal(amount))
    offered = mapped(warehouse.stock(lots[lot].id), lambda balances: sum(b.available for b in balances))
    check.equal("URS-HLD-012", f"what is offered of lot {lot} is what is free", free, offered)


@when(
    phrase("{use:Use} of {amount:Number} KGM of lot {lot:Name} is attempted after order {order:Name}"),
    target_fixture="use",
)
def _(stock, use, amount, lot, order):
    outcome, free = stock.take(use, lot, Decimal(amount), order)
    return outcome, "accepted" if Decimal(amount) <= free else "refused"


@then(phrase("the use is {verdict:Verdict} by what is free"))
def _(check, expected, use, verdict) -> None:
    outcome, computed = use
    expected.same_as_stated(computed, verdict)
    claim = "nothing is taken that is promised to another or on hold"
    check.verdict(("URS-HLD-013", "URS-HLD-003"), claim, outcome, verdict, code="insufficient")
