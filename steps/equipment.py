"""Equipment: its state and what it is eligible for."""

from pytest_bdd import given, then, when

from steps.vocabulary import phrase

CODES = {
    "down": {"equipment_down"},
    "not qualified": {"equipment_unqualified"},
    "not eligible for the item": {"equipment_not_eligible"},
    "of another class": {"equipment_class"},
}


@given(phrase("a mixer that is {state}"), target_fixture="mixer")
def _(mixers, state):
    return mixers.that_is(state)


@given(phrase("product {product:Name} is in production on a mixer of its own"))
def _(mixers, products, governance, product) -> None:
    mixers.introduce_with_own_mixer(product)


@when(phrase("operation {op_no:Op} of order {order:Name} is attempted on that mixer"), target_fixture="attempt")
def _(orders, mixer, op_no, order):
    return orders.start(order, op_no, equipment=mixer)


@when(phrase("the mixer of {product:Name} goes down"))
def _(mixers, product) -> None:
    mixers.set_state(product, "down")


@then(phrase("the start is refused because the mixer is {state}"))
def _(check, attempt, state) -> None:
    check.refused("URS-RTG-007", f"equipment that is {state} refuses a start", attempt, code=CODES[state])


@when(phrase("the mixer of {product:Name} is said to be {state:Name}"), target_fixture="attempt")
def _(mixers, product, state):
    return mixers.try_state(product, state)


@then("the state is refused because nobody knows it")
def _(check, attempt) -> None:
    check.refused("URS-RTG-007", "a state that dispatch cannot read is none", attempt, {"equipment_state_unknown"})
