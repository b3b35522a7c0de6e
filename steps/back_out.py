"""Back-out: reverting to a prior revision as a governed change."""

from pytest_bdd import then, when

from fixtures.change_control import CHANGED
from fixtures.instants import effectivity
from fixtures.observers import mapped
from steps.vocabulary import phrase


@when(
    phrase("a back-out of {product:Name} to revision A without approvals is promoted"),
    target_fixture="attempt",
)
def _(governance, back_out, require_accepted, product):
    change = governance.draft(
        "bare back-out",
        back_out.members(product, "A"),
        effectivity("2027-03-11T06:00:00Z"),
        backs_out=back_out.reverted(product),
    )
    require_accepted(governance.request(change))
    return governance.promote(change.id)


@then("the back-out is refused and revision B stays in effect")
def _(check, attempt, clock, expected, products, in_effect) -> None:
    check.refused("URS-BCK-001", "a back-out needs approvals", attempt, code={"approvals_missing"})
    clock.set(effectivity("2027-03-11T06:00:00Z").instant)
    in_effect.agreed(
        "URS-BCK-001",
        "revision B stays in effect",
        expected.refs(products["Cream"], CHANGED, "EAST"),
        "EAST",
        domain="bom",
    )


@then("the audit trail links the back-out to the change that it reverts")
def _(check, governance, back_out, quality) -> None:
    change = governance.changes["Cream back-out"]
    check.equal(
        "URS-BCK-001",
        "the back-out names what it reverts",
        back_out.reverted("Cream"),
        mapped(quality.change(change.id), lambda c: c.backs_out),
    )
    check.equal(
        "URS-BCK-001",
        "the back-out is in the audit trail with its reason",
        True,
        mapped(
            quality.audit_trail("change", change.id),
            lambda events: any(e.action == "promote" and e.actor == "release" and e.reason for e in events),
        ),
    )
