"""The small named policies that every system decides by.

Each is one function; a system's own rules are a subclass with more fields. Whatever is decided goes
through ``ctx.rules``, so that one decision of one system can be exchanged for another
(``dataclasses.replace(system.rules, hold_guard=...)``) and nothing else changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from syncproof.simulators.chassis import (
    access,
    activation,
    audit,
    clock,
    effectivity,
    facts,
    holds,
    identifiers,
    inbox,
    masters,
    outbox,
    pipeline,
    receipts,
)
from syncproof.simulators.chassis import (
    validators as master_rules,
)

Policy = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The policies that all systems have."""

    # who may do what
    roles_of: Policy = access.roles_of
    """(ctx, user) -> the user's roles now: the security master in effect, else the configured ones."""
    role_guard: Policy = access.role_guard
    """(ctx, needed roles) -> Reason or None."""
    reason_guard: Policy = access.reason_guard
    """(reason) -> Reason or None: no write without a reason."""
    ownership: Policy = access.ownership
    """(ctx, domain) -> Reason or None: masters are edited at their system of record only."""
    single_checks: tuple[Policy, ...] = pipeline.CHECKS
    """What every single write passes before its handler: (ctx, write, body) -> None or Refused."""
    bulk_checks: tuple[Policy, ...] = pipeline.CHECKS
    """What every item of a bulk write passes before its handler."""

    # masters
    contract: Policy = master_rules.contract
    """(name, document) -> Reasons: what breaks the JSON Schema."""
    validators: Mapping[str, Policy] = field(default_factory=lambda: master_rules.VALIDATORS)
    """Domain -> (ctx, master) -> Reasons: what is wrong with its meaning."""
    quarantine: Policy = master_rules.quarantine
    """(reasons) -> accepted, staged or rejected."""
    immutable: Policy = masters.immutable
    """(known row, new hash) -> Reason or None: an accepted revision is never overwritten."""
    content_hash: Policy = masters.content_hash
    """(master) -> text of the hash over its canonical form."""
    revalidate: Policy = masters.revalidate
    """(ctx) -> anything changed: looks again at what is staged."""
    identity: Policy = identifiers.normal_form
    """(text, rule or None) -> the normal form of an identifier."""
    identity_format: Policy = identifiers.format_reasons
    """(key, rule or None) -> Reasons."""

    # effectivity
    business_time: Policy = clock.business_time
    """(instant of the clock) -> the instant by which a request is judged."""
    approvals: Policy = activation.approvals
    """(activation) -> Reasons: an activation carries the approvals it needs."""
    activation_gate: Policy = activation.gate
    """(ctx, activation) -> Reasons: all members are accepted here."""
    local_time: Policy = effectivity.local_time
    """(wall time, zone) -> instant."""
    in_force: Policy = effectivity.in_force
    """(activations of one id at one site, instant) -> the one in effect, or None."""
    effective: Policy = effectivity.effective
    """(ctx, domain, id, site, instant) -> MasterState or None."""
    status: Policy = effectivity.status
    """(accepted, activation times, whether in effect, instant) -> status of a revision."""

    # events
    envelope: Policy = inbox.envelope
    """(ctx, event) -> Reason or None: type, version and contract are known here."""
    source: Policy = inbox.source
    """(ctx, event) -> Reason or None: masters come from their system of record."""
    deduplication: Policy = inbox.deduplication
    """(ctx, event) -> statuses of the receipts of the same event."""
    sequencing: Policy = inbox.sequencing
    """(ctx, event) -> Reason or None: nothing older than what was applied."""
    receipt: Policy = receipts.keep
    """(ctx, event, status, reasons, payload hash) -> keeps a receipt."""
    publish: Policy = outbox.publish
    """(ctx, kind, subject, data, contract) -> publishes an event."""
    audit: Policy = audit.keep
    """(ctx, audit event) -> keeps it."""

    # lots
    restrictions: Policy = holds.restrictions
    """(ctx, lot) -> Reasons why it must not be used: hold of lot, item or location, expiry."""
    hold_guard: Policy = holds.guard
    """(ctx, lot) -> Refused if it must not be used."""
    apply_lot: Policy = facts.apply_lot
    """(ctx, data) -> Verdict: takes over a lot that another system tells of."""
    apply_disposition: Policy = facts.apply_disposition
    """(ctx, data) -> Verdict: takes over a hold or a release."""
    apply_order: Policy = facts.apply_order
    """(ctx, data) -> Verdict: takes over an order."""
    apply_fact: Policy = facts.apply_fact
    """(ctx, data) -> Verdict: what happened to a lot elsewhere."""
    apply_change: Policy = facts.apply_change
    """(ctx, data) -> Verdict: notes a change request."""
