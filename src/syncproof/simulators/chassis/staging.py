"""What waits for something else: looked at again whenever something was accepted."""

import json
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import activation
from syncproof.simulators.chassis.state import dumps

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def keep_event(ctx: "Context", event: Json) -> None:
    """Keeps an activation that came before its members."""
    ctx.state.execute(
        "insert or replace into staged_events (id, actor, body) values (?,?,?)",
        (event["id"], ctx.user, dumps(event)),
    )


def settle(ctx: "Context") -> None:
    """Re-validates staged masters until nothing changes, then the activations that waited for them."""
    if not ctx.unsettled:
        return
    while ctx.rules.revalidate(ctx):
        pass
    for id, body in ctx.state.execute("select id, body from staged_events order by rowid").fetchall():
        event = json.loads(body)
        verdict = activation.take(ctx, event["data"])
        if verdict.status == "accepted":
            ctx.state.execute("delete from staged_events where id=?", (id,))
            ctx.rules.receipt(ctx, event, "accepted", (), ctx.rules.content_hash(event["data"]))
    ctx.unsettled = False
