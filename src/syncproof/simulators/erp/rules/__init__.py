"""The decisions of the planning system, each one small function that can be exchanged."""

from dataclasses import dataclass

from syncproof.simulators.chassis.rules import Policy, Rules
from syncproof.simulators.erp import wire
from syncproof.simulators.erp.rules import (
    confirmations,
    ledger,
    lifecycle,
    orders,
    postings,
    requirements,
    revisions,
)
from syncproof.simulators.product import EXACT, Arithmetic
from syncproof.simulators.product import genealogy as tracing


@dataclass(frozen=True, kw_only=True)
class ErpRules(Rules):
    """The policies of planning, on top of those of every system."""

    # orders
    unique: Policy = orders.unique
    """(order id, known order or None) -> Reason or None."""
    new_order: Policy = orders.new_order
    """(ctx, order) -> Reasons."""
    transition: Policy = lifecycle.transition
    """(order, verb) -> Reason or None."""
    given_back: Policy = lifecycle.given_back
    """(order, what was issued to it) -> Reason or None: it can be cancelled."""
    version: Policy = wire.version
    """(ctx, order) -> the name of its present state."""
    unchanged: Policy = lifecycle.unchanged
    """(order, its version, the version that was seen or None) -> Reason or None."""
    release_gate: Policy = revisions.release_gate
    """(ctx, order) -> Reasons."""
    close_gate: Policy = lifecycle.close_gate
    """(order, operation numbers) -> Reason or None."""
    announce: Policy = wire.announce
    """(ctx, order) -> tells the other systems of an order's new state."""

    # what drives an order
    lookup: Policy = revisions.lookup
    """(ctx, order) -> (domain, id) -> the master JSON that drives the order."""
    revision_set: Policy = revisions.shown_set
    """(ctx, order) -> references."""
    pin: Policy = revisions.pin
    """(order, started fact) -> order."""
    operations: Policy = revisions.operations
    """(ctx, order) -> operation numbers of its routing."""

    # quantities
    arithmetic: Arithmetic = EXACT
    """Conversion, demand of a BOM line, rounding of a total."""
    requirements: Policy = requirements.required
    """(ctx, order) -> required quantities."""

    genealogy: Policy = tracing.genealogy
    """(lot, links) -> lots before and after it."""

    # postings
    positive: Policy = postings.positive
    """(amount) -> Reason or None."""
    lot_item: Policy = postings.lot_item
    """(lot, item) -> Reason or None."""
    needed_item: Policy = postings.needed_item
    """(ctx, order, item) -> Reason or None."""
    used_at: Policy = postings.used_at
    """(ctx, order, item, op_no or None) -> Reason or None."""
    open_issues: Policy = postings.open_issues
    """(issues, consumptions) -> what is issued and not consumed."""
    enough: Policy = postings.enough
    """(lot, wanted, on hand, issued) -> Reason or None."""

    # confirmations
    enter: Policy = ledger.enter
    """(ctx, fact) -> what it does to the lot it names."""
    apply_fact: Policy = confirmations.apply_fact
    confirm: Policy = confirmations.confirm
    """(ctx, order, fact) -> order."""
    add_up: Policy = confirmations.add_up
    """(text so far, amount) -> text."""
    status_after: Policy = lifecycle.status_after
    """(order, operation numbers) -> status."""
