"""Receipts: every synchronisation transaction as the receiver keeps it (URS-AUD-004)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.state import dumps

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context


def keep(ctx: "Context", event: dict[str, Any], status: str, reasons: Iterable[Reason], payload_hash: str) -> None:
    """Policy ``receipt``: appends a receipt of an event."""
    receipt = {
        "event_id": str(event.get("id", "")),
        "source": str(event.get("source", "")),
        "type": str(event.get("type", "")),
        "subject": str(event.get("subject", "")),
        "payload_hash": payload_hash,
        "at": ctx.at,
        "status": status,
        "reasons": [reason.text for reason in reasons],
    }
    ctx.state.execute(
        "insert into receipts (event_id, subject, status, body) values (?,?,?,?)",
        (receipt["event_id"], receipt["subject"], status, dumps(receipt)),
    )


def of_subject(ctx: "Context", subject: str) -> list[str]:
    """The receipts of a subject as JSON texts, oldest first."""
    rows = ctx.state.execute("select body from receipts where subject=? order by seq", (subject,))
    return [body for (body,) in rows]


def of_event(ctx: "Context", event_id: str) -> list[str]:
    """The statuses of an event's receipts, oldest first."""
    rows = ctx.state.execute("select status from receipts where event_id=? order by seq", (event_id,))
    return [status for (status,) in rows]
