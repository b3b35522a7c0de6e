"""What comes from other systems: CloudEvents, each with a receipt, applied once and in order."""

import re
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import activation, masters, receipts, staging
from syncproof.simulators.chassis.errors import Reason, of_product
from syncproof.simulators.chassis.masters import ACCEPTED, Verdict
from syncproof.simulators.product.errors import ProductError

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]

TYPE = re.compile(r"org\.syncproof\.([a-z_]+)\.v1")
SCHEMA = re.compile(r"urn:syncproof:contract:([a-z_]+):(\d+)\.\d+\.\d+")
CONTRACTS = {kind: kind for kind in ("activation", "change", "lot", "disposition", "order", "fact")}
"""Contract of the data of each kind of event; that of a master is its domain."""
STATES = ("disposition", "lot", "order")
"""Kinds that carry the present state of their subject: an older one must not undo a newer one."""


class Rejected(Exception):
    """Rolls back what a rejected event did."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__()
        self.reasons = reasons


def kind_of(event: Json) -> str | None:
    """The kind that an event's type names; None if the type or its version is not understood."""
    match = TYPE.fullmatch(str(event.get("type")))
    return match[1] if match else None


def envelope(ctx: "Context", event: Json) -> Reason | None:
    """Policy ``envelope``: nothing is guessed about an event that is not fully understood."""
    broken = ctx.rules.contract("event", event)
    if broken:
        reason: Reason = broken[0]
        return reason
    kinds = handlers(ctx)
    if kind_of(event) not in kinds:
        valid = ", ".join(f"org.syncproof.{kind}.v1" for kind in sorted(kinds))
        return Reason("unsupported_event_version", f"type {event['type']!r} is not understood; valid: {valid}")
    schema = event.get("dataschema")
    return None if schema is None else _dialect(str(schema))


def _dialect(schema: str) -> Reason | None:
    """A contract is understood in every version of the major number that is held here: later ones add to it."""
    from syncproof.contracts import versions  # noqa: PLC0415  not needed to start

    said = SCHEMA.fullmatch(schema)
    held = versions().get(said[1], "1.x.y") if said else "1.x.y"
    major = held.partition(".")[0]
    if said and said[2] == major:
        return None
    return Reason("unsupported_event_version", f"dataschema {schema!r} is not understood; valid: {major}.x.y")


def source(ctx: "Context", event: Json) -> Reason | None:
    """Policy ``source``: a master counts only from the system of record of its domain."""
    owner = ctx.config.owners.get(str(event["data"].get("domain")))
    if kind_of(event) != "master" or owner is None or event["source"] == f"urn:syncproof:{owner}":
        return None
    return Reason(
        "not_system_of_record",
        f"{event['source']} does not own {event['data']['domain']}; {owner} does",
        "/source",
    )


def deduplication(ctx: "Context", event: Json) -> list[str]:
    """Policy ``deduplication``: what was answered to this event before."""
    return receipts.of_event(ctx, str(event["id"]))


def sequencing(ctx: "Context", event: Json) -> Reason | None:
    """Policy ``sequencing``: a state older than the one applied is not applied."""
    if kind_of(event) not in STATES:
        return None
    stream = f"{event['source']} {event['subject']}"
    last = ctx.state.last("in", stream)
    number = int(event["sequence"])
    if number < last:
        return Reason("stale_sequence", f"{event['subject']} is at {last}, the event is number {number}")
    ctx.state.advance("in", stream, number)
    return None


def handlers(ctx: "Context") -> Json:
    """What is done with each kind of event."""
    rules = ctx.rules
    return {
        "master": None, "activation": activation.take, "change": rules.apply_change,
        "lot": rules.apply_lot, "disposition": rules.apply_disposition, "order": rules.apply_order,
        "fact": rules.apply_fact, **ctx.instance.system.events,
    }  # fmt: skip


def take(ctx: "Context", event: Json) -> Json:
    """Takes one event: its result, with a receipt kept whatever it is."""
    digest = _digest(ctx, event)
    unusable = ctx.rules.envelope(ctx, event)
    if unusable:
        _refused(ctx, event, (unusable,))
        return _answer(ctx, event, "rejected", (unusable,), digest)
    earlier = ctx.rules.deduplication(ctx, event)
    if earlier and earlier[-1] != "rejected":
        return _repeated(ctx, event, earlier, digest)
    status, reasons = _apply(ctx, event)
    return _answer(ctx, event, status, reasons, digest)


def _digest(ctx: "Context", event: Json) -> str:
    try:
        digest: str = ctx.rules.content_hash(event.get("data"))
    except (ValueError, TypeError):
        return "sha256:unhashable"
    return digest


def _repeated(ctx: "Context", event: Json, earlier: list[str], digest: str) -> Json:
    """The same event again has no second effect; one that was staged may have become accepted."""
    answer: str = "duplicate"
    reasons: tuple[Reason, ...] = ()
    if "staged" in earlier:
        answer = "accepted" if "accepted" in earlier else "staged"
    if answer == "staged":
        reasons = _still_missing(ctx, event)
    ctx.rules.receipt(ctx, event, "duplicate", reasons, digest)
    return _result(event, answer, reasons)


def _still_missing(ctx: "Context", event: Json) -> tuple[Reason, ...]:
    """What something in staging waits for now."""
    if kind_of(event) == "master":
        return masters.examine(ctx, event["data"]).reasons
    return tuple(ctx.rules.activation_gate(ctx, event["data"]))


def _apply(ctx: "Context", event: Json) -> tuple[str, tuple[Reason, ...]]:
    """Applies an event, or nothing of it."""
    try:
        with ctx.state.savepoint():
            return _decide(ctx, event)
    except Rejected as rejected:
        reasons = rejected.reasons
    except ProductError as error:
        reasons = of_product(error).reasons
    _refused(ctx, event, reasons)
    return "rejected", reasons


def _decide(ctx: "Context", event: Json) -> tuple[str, tuple[Reason, ...]]:
    foreign = ctx.rules.source(ctx, event)
    if foreign:
        raise Rejected(foreign)
    kind, data = str(kind_of(event)), event["data"]
    if kind == "master":
        return _unless_rejected(masters.take(ctx, data, origin="event", event=event))
    broken = tuple(ctx.rules.contract(CONTRACTS.get(kind, kind), data))
    if broken:
        raise Rejected(*broken)
    stale = ctx.rules.sequencing(ctx, event)
    if stale:
        return "duplicate", (stale,)
    verdict = handlers(ctx)[kind](ctx, data) or ACCEPTED
    if verdict.status == "staged":
        staging.keep_event(ctx, event)
    return _unless_rejected(verdict)


def _unless_rejected(verdict: Verdict) -> tuple[str, tuple[Reason, ...]]:
    if verdict.status == "rejected":
        raise Rejected(*verdict.reasons)
    return verdict.status, verdict.reasons


def _refused(ctx: "Context", event: Json, reasons: tuple[Reason, ...]) -> None:
    domain, _, id = str(event.get("subject", "")).partition("/")
    data = event.get("data")
    revision = data.get("revision") if isinstance(data, dict) else None
    ctx.audit(
        domain or "session", id or "unnamed", "synchronise", outcome="refused", revision=revision,
        errors=[reason.text for reason in reasons],
    )  # fmt: skip


def _answer(ctx: "Context", event: Json, status: str, reasons: tuple[Reason, ...], digest: str) -> Json:
    ctx.rules.receipt(ctx, event, status, reasons, digest)
    return _result(event, status, reasons)


def _result(event: Json, status: str, reasons: tuple[Reason, ...]) -> Json:
    id_ = event.get("id")
    named = id_ if isinstance(id_, str) else None  # what is no id is not given back as one
    return {"event_id": named, "status": status, "reasons": [reason.wire() for reason in reasons]}
