"""Business time."""

from pytest_bdd import given, when

from steps.vocabulary import phrase


@given(phrase("business time is {at:Instant}"))
@when(phrase("business time is {at:Instant}"))
def _(clock, at) -> None:
    clock.set(at)
