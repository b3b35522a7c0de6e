"""Which revision is in effect at a site at an instant.

An activation is stored once per site with its instant of that site; the latest instant that has come
wins, among equals the later activation (URS-REV-001).
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from syncproof.simulators.chassis import clock

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


class Active(NamedTuple):
    """One activation of one revision at one site; ``start`` is in microseconds UTC."""

    seq: int
    revision: str
    site: str
    start: int
    change_id: str
    approvals: str


COLUMNS = "seq, revision, site, effective_from, change_id, approvals"


def local_time(local: datetime, zone: ZoneInfo) -> datetime:
    """Policy ``local_time``: a wall time that occurs twice is the first, one that is skipped is read
    with the offset before the change (both are what fold 0 means)."""
    return local.replace(tzinfo=zone, fold=0)


def check(effectivity: Json) -> None:
    """ValueError if an effective date cannot be read: an instant has an offset, a local time has none."""
    if effectivity.get("instant"):
        clock.read(effectivity["instant"])
    elif datetime.fromisoformat(effectivity["local"]).tzinfo is not None:
        raise ValueError(f"local time {effectivity['local']!r} has an offset")


def in_force(candidates: Sequence[Active], at: int) -> Active | None:
    """Policy ``in_force``."""
    past = [active for active in candidates if active.start <= at]
    return max(past, key=lambda active: (active.start, active.seq), default=None)


def activations(ctx: "Context", domain: str, id: str, site: str | None = None) -> list[Active]:
    """The activations of a master, those at one site if one is given."""
    query = f"select {COLUMNS} from activations where domain=? and id=?"  # noqa: S608  names of our own
    values = [domain, id]
    if site is not None:
        query, values = query + " and site=?", [*values, site]
    return [Active(*row) for row in ctx.state.execute(query, values)]


def effective(ctx: "Context", domain: str, id: str, site: str, at: datetime) -> Json | None:
    """Policy ``effective``."""
    active = ctx.rules.in_force(activations(ctx, domain, id, site), clock.micros(at))
    if active is None:
        return None
    row = ctx.state.execute(
        "select body, hash from masters where domain=? and id=? and revision=?", (domain, id, active.revision)
    ).fetchone()
    if row is None:
        return None
    return master_state(json.loads(row[0]), row[1], "effective", active)


def master_state(master: Json, content_hash: str, status: str, active: Active | None) -> Json:
    """A MasterState as it goes on the wire."""
    return {
        "master": master,
        "status": status,
        "content_hash": content_hash,
        "effective_from": clock.wire(clock.from_micros(active.start)) if active else None,
        "change_id": active.change_id if active else None,
        "approvals": json.loads(active.approvals) if active else [],
    }


def status(accepted: bool, started: Sequence[int], current: bool, at: int) -> str:
    """Policy ``status`` of one revision: staged, draft, approved, effective or superseded."""
    if not accepted:
        return "staged"
    if not started:
        return "draft"
    if current:
        return "effective"
    return "superseded" if min(started) <= at else "approved"


def states(ctx: "Context", domain: str, id: str, site: str | None = None) -> list[Json]:
    """Every revision of a master known here, staged ones included, in the order of arrival. Without a
    site a revision counts as effective if it is so at any."""
    at = clock.micros(ctx.now)
    active = activations(ctx, domain, id, site)
    rows = ctx.state.execute(
        "select revision, body, hash, status from masters where domain=? and id=? order by seq", (domain, id)
    )
    return [_state(ctx, json.loads(body), digest, known == "accepted", active, at) for _, body, digest, known in rows]


def _state(ctx: "Context", master: Json, digest: str, accepted: bool, active: list[Active], at: int) -> Json:
    sites = sorted({each.site for each in active})
    current = [ctx.rules.in_force([a for a in active if a.site == site], at) for site in sites]
    own = [a for a in active if a.revision == master["revision"]]
    mine = [a for a in current if a is not None and a.revision == master["revision"]]
    shown = mine[0] if mine else _nearest(own, at)
    known = ctx.rules.status(accepted, [a.start for a in own], bool(mine), at)
    state = master_state(master, digest, known, shown)
    if len({a.start for a in own if shown and a.change_id == shown.change_id}) > 1:
        state["effective_from"] = None  # a local date: the instant depends on the site
    return state


def _nearest(own: list[Active], at: int) -> Active | None:
    """The activation to show of a revision that is not in effect: the last past one, else the next."""
    past = [active for active in own if active.start <= at]
    if past:
        return max(past, key=lambda active: (active.start, active.seq))
    return min(own, key=lambda active: (active.start, active.seq), default=None)
