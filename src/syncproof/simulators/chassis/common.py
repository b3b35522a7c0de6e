"""The routes that every system has."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import audit, clock, effectivity, holds, inbox, masters, receipts
from syncproof.simulators.chassis.errors import CONFLICT, INVALID, Refused, refuse
from syncproof.simulators.chassis.routes import TEXT, Answer, Json, Read, Write, array, many, obj, one, roles

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

AUTHORS = {"security": "administrator"}
"""Role that authors the masters of a domain; all others are authored by the engineer."""


def submit(ctx: "Context", body: Json) -> Answer | None:
    """``POST /masters``."""
    data = body["data"]
    foreign = ctx.rules.ownership(ctx, data["domain"])
    if foreign:
        raise Refused(foreign, status=CONFLICT)
    verdict = masters.take(ctx, data, origin="author")
    if verdict.status == "rejected":
        exists = any(reason.code == "revision_exists" for reason in verdict.reasons)
        raise Refused(*verdict.reasons, status=CONFLICT if exists else INVALID)
    if verdict.status == "staged":
        return Answer("staged", verdict.reasons)
    return None


def about_master(body: Json) -> tuple[str, str]:
    """Domain and id of the master that is submitted."""
    data = body.get("data")
    data = data if isinstance(data, dict) else {}
    return str(data.get("domain") or "master"), str(data.get("id") or "unnamed")


def authors(body: Json) -> frozenset[str]:
    """Who may author this master."""
    return roles(AUTHORS.get(about_master(body)[0], "engineer"))


def known(ctx: "Context", query: dict[str, str]) -> Json:
    """``GET /masters``."""
    site = query.get("site")
    if site is not None:
        _site(ctx, site)
    id = ctx.key(query["domain"], query["id"])
    return {"items": effectivity.states(ctx, query["domain"], id, site)}


def effective(ctx: "Context", query: dict[str, str]) -> Json:
    """``GET /masters/effective``."""
    domain, site = query["domain"], _site(ctx, query["site"])
    at = instant(query["at"], "at") if query.get("at") else None
    return {"item": ctx.effective_state(domain, ctx.key(domain, query["id"]), site, at)}


def _site(ctx: "Context", site: str) -> str:
    if site not in ctx.config.sites:
        known_sites = ", ".join(sorted(ctx.config.sites))
        refuse("unknown_site", f"site {site!r} is not known; valid: {known_sites}", "/site", status=INVALID)
    return site


def instant(text: str, field: str) -> Any:
    """An instant of a request; refused if it cannot be read."""
    try:
        return clock.read(text)
    except ValueError:
        refuse(
            "instant_invalid", f"{field} {text!r} is no instant; valid: 2027-03-10T06:00:00Z", f"/{field}",
            status=INVALID,
        )  # fmt: skip


def receipts_of(ctx: "Context", query: dict[str, str]) -> str:
    """``GET /receipts``."""
    return _items(receipts.of_subject(ctx, query["subject"]))


def trail(ctx: "Context", query: dict[str, str]) -> str:
    """``GET /audit``."""
    return _items(audit.trail(ctx, query["domain"], query["id"]))


def _items(texts: list[str]) -> str:
    return f'{{"items":[{",".join(texts)}]}}'


def lot(ctx: "Context", query: dict[str, str]) -> Json:
    """``GET /lots``."""
    found = holds.find(ctx, query["id"])
    return {"item": holds.shown(ctx, found) if found else None}


def deliver(ctx: "Context", event: Json) -> Json:
    """One event of ``POST /inbox``."""
    return inbox.take(ctx, event)


MASTER: Json = {"type": "object", "required": ["domain", "id", "revision"]}
MASTER["properties"] = {"domain": TEXT, "id": TEXT, "revision": TEXT}

ROUTES = (
    Write(
        path="/masters", handler=submit, summary="Submit a master at its system of record",
        roles=authors, body=obj(data=MASTER), about=about_master, bulk=True,
    ),
    Read(path="/masters", handler=known, summary="Every revision of a master known here",
         required=("domain", "id"), optional=("site",), answer=many("master_state")),
    Read(path="/masters/effective", handler=effective, summary="The revision in effect at a site",
         required=("domain", "id", "site"), optional=("at",), answer=one("master_state")),
    Read(path="/receipts", handler=receipts_of, summary="Receipts of a subject", required=("subject",),
         answer=many("receipt")),
    Read(path="/audit", handler=trail, summary="Audit trail of an object", required=("domain", "id"),
         answer=many("audit_event")),
    Read(path="/lots", handler=lot, summary="A lot with its effective disposition", required=("id",),
         answer=one("lot")),
)  # fmt: skip
EVENTS = array({"type": "object"})
