"""Audit trail, receipts, and the question which revision drove a batch."""

from pytest_bdd import then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase
from syncproof.capabilities import having


@when(phrase('{write:Write} is done {path:Path} with reason "routine update"'), target_fixture="written")
def _(writes, require_accepted, write, path):
    written = writes.make(write, bulk=path == "bulk", reason="routine update")
    require_accepted(*written.outcomes)
    return written


@when(phrase("{write:Write} is attempted {path:Path} without a reason"), target_fixture="written")
def _(writes, write, path):
    return writes.make(write, bulk=path == "bulk", reason=None)


@then(phrase("the audit trail shows who did {write:Write} and when"))
def _(check, written, clock, write) -> None:
    at, tolerance = clock.of(written.system)
    check.equal(
        "URS-AUD-002",
        f"by whom and when: {write}",
        (written.by, at),
        mapped(written.trail(), written.who_and_when),
        tolerance=tolerance,
    )


@then(phrase("the audit trail shows {write:Write} with old and new"))
def _(check, written, write) -> None:
    check.equal(
        "URS-AUD-002",
        f"what changed: {write}",
        (written.old, written.new, written.by),
        lambda: mapped(written.trail("audit.old_new"), lambda events: written.last(events, ("old", "new", "actor"))),
    )


@then(phrase('the audit trail gives the reason "routine update" for {write:Write}'))
def _(check, written, write) -> None:
    check.equal(
        "URS-AUD-003",
        f"why it changed: {write}",
        ("routine update",),
        lambda: mapped(written.trail("audit.reason"), lambda events: written.last(events, ("reason",))),
    )


@then("the write is refused because the reason is missing")
def _(check, written) -> None:
    for outcome in written.outcomes:
        having(written.system, "audit.reason")
        check.refused("URS-AUD-003", "no write without a reason", outcome, code={"reason_missing"})


@then(phrase("the batch record of order {order:Name} names revision {revision:Rev} and the change that released it"))
def _(check, orders, expected, governance, execution, order, revision) -> None:
    refs = expected.revision_set(order)
    expected.stated(frozenset(r for r in refs if r.domain in ("recipe", "routing", "bom")), revision)
    check.equal(
        "URS-AUD-001",
        "which revisions drove the batch, under which change",
        {str(ref): governance.change_of(ref) for ref in refs},
        mapped(
            execution.batch_record(orders.id(order)),
            lambda b: {str(ref): b.changes.get(str(ref)) for ref in b.revision_set},
        ),
    )


@then("the audit trail links that change to its approvals")
def _(check, governance, orders, expected, quality) -> None:
    for change in sorted({governance.change_of(ref) for ref in expected.revision_set("O1")}):
        check.equal(
            "URS-AUD-001",
            f"approvals of {change} in the audit trail",
            governance.approvers,
            mapped(
                quality.audit_trail("change", change),
                lambda events: {(e.actor, e.new) for e in events if e.action == "approve" and e.outcome == "accepted"},
            ),
        )


@when(
    phrase("revision {revision:Rev} of the {domain:Domain} of {product:Name} is submitted"),
    target_fixture="submitted",
)
def _(products, governance, require_accepted, revision, domain, product):
    master = products.any_revision(product, domain, revision)
    require_accepted(*governance.submit([master]))
    return master


@then("every receiver holds a receipt of it with source, payload hash, time and acceptance")
def _(check, expected, receivers, landscape, clock, submitted) -> None:
    owner = landscape.owner(submitted.domain).name
    receipt = (f"urn:syncproof:{owner}", expected.content_hash(submitted), True, "accepted")
    observers = {
        name: lambda system=system: mapped(
            having(system, "synchronised.receipts").receipts(f"{submitted.domain}/{submitted.id}"),
            lambda receipts: next(
                (
                    (r.source, r.payload_hash, r.at >= clock.now, r.status)
                    for r in receipts
                    if r.payload_hash == receipt[1]
                ),
                None,
            ),
        )
        for name, system in receivers(submitted.domain).items()
    }
    check.agreed("URS-AUD-004", f"receipt of {submitted.ref}", receipt, observers, domain=submitted.domain)


@then(
    phrase(
        "every receiver holds a receipt of each message about {entity:Told} with source, payload hash, time and acceptance"
    )
)
def _(check, told, entity) -> None:
    messages = told(*entity)
    claim = f"receipts of what was told of {entity[0]} {entity[1]}"
    check.agreed("URS-AUD-004", claim, messages.expected, messages.observers, domain="order")
