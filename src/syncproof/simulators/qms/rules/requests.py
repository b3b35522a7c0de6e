"""What a change request must state, and when it may be acted on."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import activation, clock, effectivity
from syncproof.simulators.chassis.errors import Reason

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
OPEN = ("draft", "approved")


def completeness(change: Json) -> list[Reason]:
    """Policy ``completeness`` (URS-CHG-001, URS-REV-011)."""
    stated = {
        "rationale_missing": (bool(change["rationale"].strip()), "/rationale", "say why it is made"),
        "impact_missing": (bool(change["impact"]), "/impact", "name the domains that it touches"),
        "members_missing": (bool(change["members"]), "/members", "name the revisions that it releases"),
        "effective_date_missing": (_dated(change), "/effectivity", "give either an instant or a local time"),
    }
    return [
        Reason(code, f"change {change['id']}: {help_}", pointer)
        for code, (given, pointer, help_) in stated.items()
        if not given
    ]


def _dated(change: Json) -> bool:
    """Exactly one of the two forms of an effective date."""
    return bool(change["effectivity"].get("instant")) != bool(change["effectivity"].get("local"))


def impact(change: Json) -> list[Reason]:
    """Policy ``impact``."""
    uncovered = sorted({member["domain"] for member in change["members"]} - set(change["impact"]))
    if not uncovered:
        return []
    return [
        Reason(
            "impact_incomplete",
            f"change {change['id']} changes {', '.join(uncovered)}, which its impact does not name",
            "/impact",
        )
    ]


def effective_date(ctx: "Context", change: Json) -> list[Reason]:
    """Policy ``effective_date``: it has not passed at any site yet. Now is allowed."""
    if change["emergency"] or not _ever_active(ctx, change["members"]):
        return []
    first = min(activation.instant_at(ctx, change["effectivity"], site) for site in ctx.config.sites)
    if first >= ctx.now:
        return []
    return [
        Reason(
            "effective_date_past",
            f"change {change['id']} would take effect at {clock.wire(first)}, it is {ctx.at} now; "
            "give a date that is to come",
            "/effectivity",
        )
    ]


def _ever_active(ctx: "Context", members: list[Json]) -> bool:
    """Whether any revision of one of these masters was ever activated."""
    return any(effectivity.activations(ctx, member["domain"], member["id"]) for member in members)


def open_for_approval(change: Json) -> list[Reason]:
    """Policy ``open_for_approval``."""
    return _open(change, "approved")


def open_for_promotion(change: Json) -> list[Reason]:
    """Policy ``open_for_promotion``."""
    return _open(change, "promoted")


def _open(change: Json, what: str) -> list[Reason]:
    if change["status"] in OPEN:
        return []
    return [
        Reason(
            "change_state",
            f"change {change['id']} is {change['status']} and cannot be {what}; valid in state {' or '.join(OPEN)}",
        )
    ]


def status(change: Json, first_in_effect: datetime | None, now: datetime) -> str:
    """Policy ``change_status``: a promoted change is active from its first instant in effect."""
    if change["status"] == "promoted" and first_in_effect is not None and first_in_effect <= now:
        return "active"
    known: str = change["status"]
    return known
