"""Change control: request, approve, promote. A change is the document ``change``/id with the fields of
ChangeRequest and ``promoted_by``."""

from syncproof.simulators.chassis import clock, effectivity
from syncproof.simulators.chassis.activation import EMERGENCY, REQUIRED
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import INVALID, UNKNOWN, Reason, Refused, refuse
from syncproof.simulators.chassis.routes import FLAG, TEXT, Json, Read, Write, array, obj, one, optional, roles

MEMBER = obj(domain=TEXT, id=TEXT, revision=TEXT)
WHEN = obj(instant=optional(TEXT), local=optional(TEXT))


def need(ctx: Context, text: str) -> Json:
    """A change as it is stored; refused if it is not known."""
    change = ctx.state.get("change", ctx.key("change", text))
    if change is None:
        refuse("unknown_change", f"change {text!r} is not known; request it first", "/change", status=UNKNOWN)
    return change


def save(ctx: Context, change: Json) -> None:
    ctx.state.put("change", change["id"], change)


def insist(reasons: list[Reason], status: int = 409) -> None:
    """Refuses for these reasons, if there are any."""
    if reasons:
        raise Refused(*reasons, status=status)


def shown(ctx: Context, change: Json) -> Json:
    """A change as it is answered and published: with the status it has by now."""
    row = ctx.state.execute("select min(effective_from) from activations where change_id=?", (change["id"],)).fetchone()
    first = clock.from_micros(row[0]) if row[0] is not None else None
    return {**_public(change), "status": ctx.rules.change_status(change, first, ctx.now)}


def audit_status(ctx: Context, change: Json, action: str, old: str | None) -> None:
    """The audit event of a change of state."""
    ctx.audit("change", change["id"], action, field="status", old=old, new=change["status"], change_id=change["id"])


# request


def request(ctx: Context, body: Json) -> None:
    """``POST /changes``."""
    change = _draft(ctx, body)
    if ctx.state.get("change", change["id"]):
        refuse("change_exists", f"change {change['id']} exists already; give the new one another id", "/id")
    insist(ctx.rules.completeness(change), INVALID)
    insist(ctx.rules.contract("change", _public(change)), INVALID)
    insist(ctx.rules.impact(change), INVALID)
    if change["backs_out"]:
        _reverts(ctx, change)
    insist(_readable(change), INVALID)
    insist(ctx.rules.effective_date(ctx, change), INVALID)
    save(ctx, change)
    audit_status(ctx, change, "request", None)


def _draft(ctx: Context, body: Json) -> Json:
    members = [{field: each[field] for field in ("domain", "id", "revision")} for each in body.get("members") or ()]
    when = body.get("effectivity") or {}
    return {
        "id": ctx.key("change", body["id"]),
        "rationale": body.get("rationale") or "",
        "impact": body.get("impact") or [],
        "members": [{**each, "id": ctx.key(each["domain"], each["id"])} for each in members],
        "effectivity": {"instant": when.get("instant"), "local": when.get("local")},
        "emergency": bool(body.get("emergency")),
        "backs_out": body.get("backs_out"),
        "status": "draft",
        "author": ctx.user,
        "approvals": [],
        "review_due": None,
        "review": None,
        "promoted_by": None,
    }


def _public(change: Json) -> Json:
    return {name: value for name, value in change.items() if name != "promoted_by"}


def _readable(change: Json) -> list[Reason]:
    """The effective date is one that the calendar has."""
    try:
        effectivity.check(change["effectivity"])
    except ValueError as error:
        help_ = "valid: instant 2027-03-10T06:00:00Z or local 2027-03-10T00:00:00"
        return [Reason("instant_invalid", f"change {change['id']}: {error}; {help_}", "/effectivity")]
    return []


def _reverts(ctx: Context, change: Json) -> None:
    """A back-out reverts a change that was promoted."""
    reverted = need(ctx, change["backs_out"])
    if reverted["status"] != "promoted":
        refuse(
            "change_state",
            f"change {reverted['id']} is {reverted['status']}; only a promoted one can be backed out",
            "/backs_out",
        )


# approve


def approving(body: Json) -> frozenset[str]:
    """An approval needs the role in which it is given."""
    return roles(str(body["role"])) if body.get("role") else roles(*REQUIRED)


def approve(ctx: Context, body: Json) -> None:
    """``POST /approvals``. The role check has made sure that the user has the role."""
    role = body["role"]
    if role not in REQUIRED:
        refuse(
            "role_invalid", f"role {role!r} approves nothing; valid: {', '.join(REQUIRED)}", "/role",
            status=INVALID,
        )  # fmt: skip
    change = need(ctx, body["change"])
    insist(ctx.rules.open_for_approval(change))
    insist(ctx.rules.approver(change, ctx.user))
    old = change["status"]
    approval = {"user": ctx.user, "role": role, "meaning": body["meaning"], "at": ctx.at}
    change["approvals"].append(approval)
    ctx.audit("change", change["id"], "approve", field="approvals", new=role, change_id=change["id"])
    if not ctx.rules.promotion_approvals(change) and old != "approved":
        change["status"] = "approved"
        audit_status(ctx, change, "approved", old)
    save(ctx, change)


# promote


def promote(ctx: Context, body: Json) -> None:
    """``POST /promotions``: publishes the change; the integration activates it."""
    change = need(ctx, body["change"])
    insist(ctx.rules.open_for_promotion(change))
    insist(ctx.rules.promoter(change, ctx.user))
    missing = ctx.rules.promotion_approvals(change)
    if change["emergency"]:
        _by_exception(ctx, change, needed=bool(missing))
    else:
        insist(missing)
    old = change["status"]
    change |= {"status": "promoted", "promoted_by": ctx.user}
    save(ctx, change)
    audit_status(ctx, change, "promote", old)
    ctx.emit("change", f"change/{change['id']}", shown(ctx, change))


def _by_exception(ctx: Context, change: Json, *, needed: bool) -> None:
    """An emergency change: an authority stands in for the approvals that are missing, and the use of it
    is noted among them; it must be reviewed."""
    change["review_due"] = clock.wire(ctx.rules.review_due(ctx.now))
    if not needed:
        return
    granted = ctx.state.get("authority", ctx.user)
    insist(ctx.rules.authority(granted, ctx.user, ctx.now))
    until = granted["valid_until"] if granted else None
    meaning = f"emergency promotion under authority until {until}"
    change["approvals"].append({"user": ctx.user, "role": EMERGENCY, "meaning": meaning, "at": ctx.at})
    ctx.audit("change", change["id"], "use of authority", field="approvals", new=meaning, change_id=change["id"])


def show(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /changes``."""
    change = ctx.state.get("change", ctx.key("change", query["id"]))
    return {"item": shown(ctx, change) if change else None}


ROUTES = (
    Write(
        path="/changes", handler=request, summary="Request a change", roles=roles("engineer"),
        about=("change", "id"),
        body=obj(
            id=TEXT, rationale=optional({"type": "string"}), impact=optional(array(TEXT)),
            members=optional(array(MEMBER)), effectivity=optional(WHEN), emergency=optional(FLAG),
            backs_out=optional(TEXT),
        ),
    ),
    Write(
        path="/approvals", handler=approve, summary="Approve a change in a role that the user has",
        roles=approving, about=("change", "change"),
        body=obj(change=TEXT, role=TEXT, meaning=TEXT),
    ),
    Write(
        path="/promotions", handler=promote, summary="Promote an approved change",
        roles=roles("release_manager"), about=("change", "change"), body=obj(change=TEXT),
    ),
    Read(path="/changes", handler=show, summary="A change request", required=("id",), answer=one("change")),
)  # fmt: skip
