"""Segregation of duties: author, approvers, promoter and reviewer are different people."""

from typing import Any

from syncproof.simulators.chassis.activation import REQUIRED
from syncproof.simulators.chassis.errors import Reason

Json = dict[str, Any]


def _segregation(change: Json, user: str, why: str) -> Reason:
    return Reason("segregation_of_duties", f"change {change['id']}: user {user!r} {why}; somebody else must do it")


def approver(change: Json, user: str) -> list[Reason]:
    """Policy ``approver``."""
    if user == change["author"]:
        return [_segregation(change, user, "is its author and cannot approve it")]
    if any(approval["user"] == user for approval in change["approvals"]):
        return [_segregation(change, user, "has approved it already")]
    return []


def promoter(change: Json, user: str) -> list[Reason]:
    """Policy ``promoter``."""
    if user == change["author"]:
        return [_segregation(change, user, "is its author and cannot promote it")]
    return []


def reviewer(change: Json, promoted_by: str | None, user: str) -> list[Reason]:
    """Policy ``reviewer``."""
    if user in (change["author"], promoted_by):
        return [_segregation(change, user, "wrote or promoted it and cannot review it")]
    return []


def promotion_approvals(change: Json) -> list[Reason]:
    """Policy ``promotion_approvals``."""
    people = {
        role: {approval["user"] for approval in change["approvals"] if approval["role"] == role} for role in REQUIRED
    }
    missing = [role for role, users in people.items() if not users]
    if missing:
        what = f"approval as {' and '.join(missing)} is missing"
    elif len(set().union(*people.values())) < len(REQUIRED):
        what = "all approvals are by one person, two are needed"
    else:
        return []
    return [Reason("approvals_missing", f"change {change['id']}: {what}")]
