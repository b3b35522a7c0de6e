"""The named policies of the quality system, on top of those that all systems have."""

from dataclasses import dataclass

from syncproof.simulators.chassis.rules import Policy, Rules
from syncproof.simulators.qms.rules import duties, emergency, release, requests


@dataclass(frozen=True, kw_only=True)
class QmsRules(Rules):
    """Reasons are an empty list where nothing is wrong."""

    # lots
    inspected: Policy = release.inspected
    """(ctx, lot id) -> the lot that a result is recorded for; Refused if there is none."""
    release_gate: Policy = release.gate
    """(specification, results) -> Reasons: enough results, all within limits."""
    specification: Policy = release.specification
    """(ctx, lot) -> the test specification in effect for a lot, or None."""
    eligibility_log: Policy = release.log_check
    """(ctx, lot, eligible) -> keeps who asked on demand, and what was answered."""

    # change requests
    completeness: Policy = requests.completeness
    """(change) -> Reasons: rationale, impact, members and date are stated."""
    impact: Policy = requests.impact
    """(change) -> Reasons: the impact covers every domain that changes."""
    effective_date: Policy = requests.effective_date
    """(ctx, change) -> Reasons: no date in the past, but for initial loads and emergencies."""
    open_for_approval: Policy = requests.open_for_approval
    """(change) -> Reasons: a promoted change is not approved again."""
    open_for_promotion: Policy = requests.open_for_promotion
    """(change) -> Reasons: a change is promoted once."""
    change_status: Policy = requests.status
    """(change, first instant in effect or None, now) -> its status."""

    # segregation of duties
    approver: Policy = duties.approver
    """(change, user) -> Reasons: not the author, not twice."""
    promoter: Policy = duties.promoter
    """(change, user) -> Reasons: not the author."""
    reviewer: Policy = duties.reviewer
    """(change, promoted by, user) -> Reasons: neither the author nor who promoted."""
    promotion_approvals: Policy = duties.promotion_approvals
    """(change) -> Reasons: both roles, by two people."""

    # emergency
    authority: Policy = emergency.authority
    """(authority or None, user, now) -> Reasons: granted and not expired."""
    review_due: Policy = emergency.review_due
    """(now) -> when the use of an authority must have been reviewed."""
