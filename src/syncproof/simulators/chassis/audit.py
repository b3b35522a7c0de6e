"""The audit trail: who did what to which object, when, why, with values before and after."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.state import dumps

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context


def keep(ctx: "Context", event: dict[str, Any]) -> None:
    """Policy ``audit``: appends an event; nothing is ever changed or deleted."""
    ctx.state.execute(
        "insert into audit (domain, id, body) values (?,?,?)", (event["domain"], event["id"], dumps(event))
    )


def trail(ctx: "Context", domain: str, id: str) -> list[str]:
    """The audit events of an object as JSON texts, oldest first."""
    rows = ctx.state.execute(
        "select body from audit where domain=? and id=? order by seq", (domain, ctx.key(domain, id))
    )
    return [body for (body,) in rows]
