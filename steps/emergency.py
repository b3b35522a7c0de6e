"""The governed emergency path: time-bound authority, audit trail, post-hoc review."""

from datetime import timedelta

from pytest_bdd import given, then, when

from fixtures.change_control import CHANGED
from fixtures.observers import mapped
from steps.vocabulary import phrase


@given(phrase("{user:Name} has emergency authority for {minutes:d} minutes"))
def _(governance, user, minutes) -> None:
    governance.grant_emergency(user, timedelta(minutes=minutes))


@given(phrase("emergency authority of {user:Name} is not granted"))
def _(user) -> None:
    """Nothing to do: nobody ever grants this user authority."""


@given(phrase("emergency authority of {user:Name} is expired"))
def _(governance, clock, user) -> None:
    governance.grant_emergency(user, timedelta(minutes=10))
    clock.set(clock.now + timedelta(minutes=10, seconds=1))


@given(phrase("emergency authority of {user:Name} is over at this instant"))
def _(governance, clock, user) -> None:
    governance.grant_emergency(user, timedelta(minutes=10))
    clock.set(clock.now + timedelta(minutes=10))


@when(
    phrase("an emergency change to revision B of {product:Name} is promoted by {user:Name} after {minutes:d} minutes"),
    target_fixture="emergency",
)
def _(products, governance, clock, product, user, minutes):
    clock.set(clock.now + timedelta(minutes=minutes))
    return governance.emergency(products[product].refs(CHANGED, "B"), by=user)


@then("the emergency change is effective, marked for review and in the audit trail")
def _(check, emergency, products, in_effect, expected, quality) -> None:
    check.accepted("URS-CHG-004", "an emergency change within its authority is promoted", emergency.outcome)
    in_effect.agreed(
        "URS-CHG-004",
        "it takes effect",
        products["Cream"].refs(CHANGED, "B"),
        "EAST",
        domain="change",
    )
    check.equal(
        "URS-CHG-004",
        "a review is due",
        (True, None),
        mapped(quality.change(emergency.change.id), lambda c: (c.review_due is not None, c.review)),
    )
    check.equal(
        "URS-CHG-004",
        "the use of the authority is in the audit trail",
        True,
        mapped(
            quality.audit_trail("change", emergency.change.id),
            lambda events: any(
                e.actor == emergency.by and e.outcome == "accepted" and e.action == "promote" for e in events
            ),
        ),
    )


@then("the emergency promotion is refused")
def _(check, emergency) -> None:
    check.refused(
        "URS-CHG-004",
        "no emergency without valid authority",
        emergency.outcome,
        code={"authority_missing", "authority_expired"},
    )


@then(phrase("a review by the person who used the authority is refused and one by {reviewer:Name} is recorded"))
def _(check, emergency, quality, reviewer) -> None:
    change, conclusion = emergency.change.id, "justified, no further action"
    check.refused(
        "URS-CHG-004",
        "nobody reviews their own emergency",
        quality.review(change, conclusion, by=emergency.by, reason="review"),
        code={"segregation_of_duties", "forbidden"},
    )
    check.accepted(
        "URS-CHG-004",
        "another person reviews",
        quality.review(change, conclusion, by=reviewer, reason="review"),
    )
    check.equal(
        "URS-CHG-004",
        "the review is on record",
        conclusion,
        mapped(quality.change(change), lambda c: c.review),
    )
