"""Masters: taken from an author at the system of record or from another system's event, kept in
staging until everything they need is known, published by their owner once accepted."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from syncproof.simulators.chassis.errors import Reason, of_product
from syncproof.simulators.chassis.state import State, dumps
from syncproof.simulators.product.errors import ProductError

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of something offered."""

    status: Literal["accepted", "staged", "rejected"] = "accepted"
    reasons: tuple[Reason, ...] = ()


ACCEPTED = Verdict()


@dataclass(frozen=True, slots=True)
class Row:
    """A stored revision. ``origin`` is ``author`` or ``event``."""

    domain: str
    id: str
    revision: str
    body: str
    hash: str
    status: str
    origin: str
    actor: str
    event: str | None


COLUMNS = "domain, id, revision, body, hash, status, origin, actor, event"


def content_hash(master: Json) -> str:
    """Policy ``content_hash``: sha256 over the canonical form of RFC 8785."""
    import rfc8785  # noqa: PLC0415  not needed to start

    return "sha256:" + sha256(rfc8785.dumps(master)).hexdigest()


def immutable(known: Row | None, new_hash: str) -> Reason | None:
    """Policy ``immutable``: an accepted revision keeps its content for good (URS-REV-010)."""
    if known is None or known.status != "accepted" or known.hash == new_hash:
        return None
    return Reason(
        "revision_exists",
        f"{known.domain} {known.id} revision {known.revision} exists with other content; "
        "submit the change as a new revision",
        "/revision",
    )


def find(ctx: "Context", domain: str, id: str, revision: str) -> Row | None:
    """A stored revision, staged or accepted."""
    row = ctx.state.execute(
        f"select {COLUMNS} from masters where domain=? and id=? and revision=?",  # noqa: S608
        (domain, id, revision),
    ).fetchone()
    return Row(*row) if row else None


def site_of(row: Row) -> str | None:
    """The one site a revision is for; None: all."""
    site: str | None = json.loads(row.body).get("site")
    return site


def newest(ctx: "Context", domain: str, id: str) -> Json | None:
    """The accepted revision of a master that came last, whatever its effectivity."""
    row = ctx.state.execute(
        "select body from masters where domain=? and id=? and status='accepted' order by seq desc limit 1",
        (domain, id),
    ).fetchone()
    return json.loads(row[0]) if row else None


def accepted(ctx: "Context", domain: str, id: str | None = None) -> list[Json]:
    """Accepted revisions of a domain, of one id if given, in the order of arrival."""
    query, values = "select body from masters where status='accepted' and domain=?", [domain]
    if id is not None:
        query, values = query + " and id=?", [domain, id]
    return [json.loads(body) for (body,) in ctx.state.execute(query + " order by seq", values)]


def examine(ctx: "Context", master: Json) -> Verdict:
    """What the rules say of a master that keeps its contract."""
    validator = ctx.rules.validators.get(master["domain"])
    try:
        reasons = tuple(validator(ctx, master)) if validator else ()
    except ProductError as error:
        reasons = of_product(error).reasons
    return Verdict(ctx.rules.quarantine(reasons), reasons)


def take(ctx: "Context", data: Json, *, origin: str, event: Json | None = None) -> Verdict:
    """Accepts, stages or rejects a master; stores it unless it is rejected."""
    domain = str(data.get("domain"))
    broken = tuple(ctx.rules.contract(domain, data))
    if broken:
        return Verdict("rejected", broken)
    master = {**data, "id": ctx.key(domain, data["id"])}
    try:
        digest = ctx.rules.content_hash(master)
    except ValueError as error:
        return Verdict("rejected", (Reason("schema", f"{domain} {master['id']} has no canonical form: {error}"),))
    return _offered(ctx, master, digest, origin, event)


def _offered(ctx: "Context", master: Json, digest: str, origin: str, event: Json | None) -> Verdict:
    known = find(ctx, master["domain"], master["id"], master["revision"])
    overwritten = ctx.rules.immutable(known, digest)
    if overwritten:
        return Verdict("rejected", (overwritten,))
    if known is not None and known.status == "accepted" and known.hash == digest:
        return ACCEPTED
    verdict = examine(ctx, master)
    if verdict.status != "rejected":
        # What an author submitted here is published once accepted, even if it comes back as an event.
        _store(ctx, master, digest, verdict, known.origin if known else origin, event)
    return verdict


def _store(ctx: "Context", master: Json, digest: str, verdict: Verdict, origin: str, event: Json | None) -> None:
    before = newest(ctx, master["domain"], master["id"])
    event_text = dumps({**event, "data": None}) if event else None
    row = Row(
        master["domain"], master["id"], master["revision"], dumps(master), digest,
        verdict.status, origin, ctx.user, event_text,
    )  # fmt: skip
    ctx.state.execute(
        f"insert into masters ({COLUMNS}, reasons, at) values (?,?,?,?,?,?,?,?,?,?,?) "  # noqa: S608
        "on conflict (domain, id, revision) do update set body=excluded.body, hash=excluded.hash, "
        "status=excluded.status, origin=excluded.origin, actor=excluded.actor, event=excluded.event, "
        "reasons=excluded.reasons, at=excluded.at",
        (*_values(row), dumps([r.wire() for r in verdict.reasons]), ctx.at),
    )
    if verdict.status == "accepted":
        _accepted(ctx, row, before, "submit" if origin == "author" else "synchronise")
    else:
        ctx.audit(
            row.domain, row.id, "stage", revision=row.revision, field="status", new="staged",
            errors=[reason.text for reason in verdict.reasons],
        )  # fmt: skip


def _values(row: Row) -> tuple[Any, ...]:
    return (
        row.domain, row.id, row.revision, row.body, row.hash, row.status, row.origin, row.actor, row.event,
    )  # fmt: skip


def _accepted(ctx: "Context", row: Row, before: Json | None, action: str) -> None:
    old = ctx.rules.content_hash(before) if before else None
    ctx.audit(
        row.domain, row.id, action, actor=row.actor, revision=row.revision, field="content", old=old,
        new=row.hash,
    )  # fmt: skip
    ctx.unsettled = True
    if row.origin == "author":
        ctx.emit("master", f"{row.domain}/{row.id}", json.loads(row.body), row.domain)


def staged(ctx: "Context") -> list[Row]:
    """What is kept in staging, oldest first."""
    rows = ctx.state.execute(f"select {COLUMNS} from masters where status='staged' order by seq")  # noqa: S608
    return [Row(*row) for row in rows]


def revalidate(ctx: "Context") -> bool:
    """Policy ``revalidate``: one pass over the staged masters; those that are in order now become
    accepted. What is wrong for good stays staged, never in effect, until its author mends it."""
    changed = False
    for row in staged(ctx):
        if examine(ctx, json.loads(row.body)).status == "accepted":
            _promote(ctx, row)
            changed = True
    return changed


def _promote(ctx: "Context", row: Row) -> None:
    before = newest(ctx, row.domain, row.id)
    ctx.state.execute(
        "update masters set status='accepted', reasons='[]' where domain=? and id=? and revision=?",
        (row.domain, row.id, row.revision),
    )
    _accepted(ctx, row, before, "accept")
    if row.event:
        event = json.loads(row.event)
        ctx.rules.receipt(ctx, event, "accepted", (), row.hash)


def tampered(state: State, domain: str, id: str, revision: str, field: str, value: Any) -> bool:
    """Edits a stored master with no trace (a fault of the control plane); False: there is none."""
    row = state.execute(
        "select body from masters where domain=? and id=? and revision=?", (domain, id, revision)
    ).fetchone()
    if row is None:
        return False
    master = {**json.loads(row[0]), field: value}
    state.execute(
        "update masters set body=?, hash=? where domain=? and id=? and revision=?",
        (dumps(master), content_hash(master), domain, id, revision),
    )
    return True
