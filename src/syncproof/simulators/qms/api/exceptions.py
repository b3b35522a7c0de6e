"""The governed exception: emergency authority that ends by itself, and the review afterwards."""

from syncproof.simulators.chassis.common import instant
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import INVALID, UNKNOWN, Reason, Refused, refuse
from syncproof.simulators.chassis.routes import INSTANT, TEXT, Json, Write, obj, roles
from syncproof.simulators.qms.api.changes import insist, need, save


def grant(ctx: Context, body: Json) -> None:
    """``POST /emergency-authorities``."""
    user, until = body["user"], body["valid_until"]
    if user not in ctx.instance.first_roles:
        refuse("unknown_user", f"user {user!r} is not known here; name a user", "/user", status=UNKNOWN)
    if instant(until, "valid_until") <= ctx.now:
        refuse(
            "validity_past", f"valid_until {until} is not after {ctx.at}, which is now", "/valid_until",
            status=INVALID,
        )  # fmt: skip
    if user == ctx.user:
        raise Refused(Reason("segregation_of_duties", f"user {user!r} cannot grant authority to themselves", "/user"))
    known = ctx.state.get("authority", user)
    ctx.state.put("authority", user, {"user": user, "granted_by": ctx.user, "valid_until": until})
    ctx.audit(
        "session", user, "grant emergency authority", field="valid_until",
        old=known["valid_until"] if known else None, new=until,
    )  # fmt: skip


def review(ctx: Context, body: Json) -> None:
    """``POST /reviews``: the conclusion on an emergency change, by somebody who had no part in it."""
    change = need(ctx, body["change"])
    if not change["emergency"] or change["status"] != "promoted" or change["review"]:
        state = "reviewed" if change["review"] else change["status"]
        kind = "emergency" if change["emergency"] else "ordinary"
        refuse(
            "change_state",
            f"change {change['id']} is an {kind} change and {state}; only a promoted emergency change that "
            "has no review is reviewed",
        )
    insist(ctx.rules.reviewer(change, change["promoted_by"], ctx.user))
    save(ctx, {**change, "review": body["conclusion"]})
    ctx.audit("change", change["id"], "review", field="review", new=body["conclusion"], change_id=change["id"])


ROUTES = (
    Write(
        path="/emergency-authorities", handler=grant, summary="Grant emergency authority until an instant",
        roles=roles("quality_approver"), about=("session", "user"),
        body=obj(user=TEXT, valid_until=INSTANT),
    ),
    Write(
        path="/reviews", handler=review, summary="Conclude the review of an emergency change",
        roles=roles("quality_approver"), about=("change", "change"),
        body=obj(change=TEXT, conclusion=TEXT),
    ),
)  # fmt: skip
