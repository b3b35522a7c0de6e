"""Activation: the members of a change take effect together or not at all (URS-SYN-003)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import clock, masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.masters import ACCEPTED, Verdict
from syncproof.simulators.chassis.state import dumps

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]

REQUIRED = ("quality_approver", "production_approver")
EMERGENCY = "emergency_authority"
"""Role under which the use of an emergency authority stands among a change's approvals."""


def approvals(activation: Json) -> list[Reason]:
    """Policy ``approvals``: both roles, by two people; or an emergency authority that was used."""
    given = {(approval["role"], approval["user"]) for approval in activation["approvals"]}
    if any(role == EMERGENCY for role, _ in given):
        return []
    missing = [role for role in REQUIRED if role not in {held for held, _ in given}]
    if missing:
        return [_missing(activation, f"of {' and '.join(missing)} is missing")]
    people = {user for role, user in given if role in REQUIRED}
    if len(people) < len(REQUIRED):
        return [_missing(activation, f"by two people is needed, all are by {', '.join(people)}")]
    return []


def _missing(activation: Json, what: str) -> Reason:
    return Reason("approvals_missing", f"change {activation['change_id']}: approval {what}", "/approvals")


def gate(ctx: "Context", activation: Json) -> list[Reason]:
    """Policy ``activation_gate``: every member is accepted here, so all it depends on is known."""
    found = []
    for place, member in enumerate(activation["members"]):
        row = masters.find(ctx, member["domain"], member["id"], member["revision"])
        if row is None or row.status != "accepted":
            known = "is not known here" if row is None else "is staged here"
            name = f"{member['domain']} {member['id']} revision {member['revision']}"
            found.append(Reason("member_not_accepted", f"{name} {known}; deliver what it needs", f"/members/{place}"))
    return found


def take(ctx: "Context", activation: Json) -> Verdict:
    """Puts the members of a change into effect from its date, unless the change is active already."""
    unapproved = tuple(ctx.rules.approvals(activation))
    if unapproved:
        return Verdict("rejected", unapproved)
    known = ctx.state.execute(
        "select 1 from activations where change_id=? limit 1", (activation["change_id"],)
    ).fetchone()
    if known:
        return ACCEPTED
    missing = tuple(ctx.rules.activation_gate(ctx, activation))
    if missing:
        return Verdict("staged", missing)
    for member in activation["members"]:
        _activate(ctx, activation, member)
    return ACCEPTED


def instant_at(ctx: "Context", effectivity: Json, site: str) -> datetime:
    """The instant at which an effectivity comes at a site."""
    if effectivity.get("instant"):
        return clock.read(effectivity["instant"])
    local = datetime.fromisoformat(effectivity["local"])
    instant: datetime = ctx.rules.local_time(local, ctx.config.zone(site))
    return instant


def _activate(ctx: "Context", activation: Json, member: Json) -> None:
    domain, id, revision = member["domain"], member["id"], member["revision"]
    row = masters.find(ctx, domain, id, revision)
    own_site = masters.site_of(row) if row else None
    for site in ctx.config.sites if own_site is None else (own_site,):
        if site not in ctx.config.sites:
            continue  # a site that this system does not serve
        start = clock.micros(instant_at(ctx, activation["effectivity"], site))
        ctx.state.execute(
            "insert into activations (domain, id, revision, site, effective_from, change_id, approvals) "
            "values (?,?,?,?,?,?,?)",
            (domain, id, revision, site, start, activation["change_id"], dumps(activation["approvals"])),
        )
    effectivity = activation["effectivity"]
    ctx.audit(
        domain, id, "activate", field="effective_from", revision=revision, change_id=activation["change_id"],
        new=effectivity.get("instant") or f"{effectivity['local']} local time",
    )  # fmt: skip
