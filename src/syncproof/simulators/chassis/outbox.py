"""What a system publishes: an ordered list of CloudEvents that can be polled, and waited for."""

import asyncio
import json
import uuid
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.state import State, dumps

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
PAGE = 500
"""Events per answer at most; the cursor of the answer says where to go on."""


class Outbox:
    """The published events of one system, and those who wait for the next one."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: set[asyncio.Future[None]] = set()
        self.fresh = False

    def newest(self) -> int:
        """The cursor of the newest event; 0: there is none."""
        value: int = self._state.execute("select coalesce(max(seq), 0) from outbox").fetchone()[0]
        return value

    def after(self, cursor: int) -> Json:
        """The events after a cursor, and the cursor to ask with next."""
        rows = self._state.execute(
            "select seq, body from outbox where seq > ? order by seq limit ?", (cursor, PAGE)
        ).fetchall()
        return {
            "cursor": rows[-1][0] if rows else min(cursor, self.newest()),
            "events": [json.loads(body) for _, body in rows],
        }

    async def wait(self, cursor: int, seconds: float) -> Json:
        """The same, but an empty answer is put off until an event comes or the time is over."""
        page = self.after(cursor)
        if page["events"] or seconds <= 0:
            return page
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait({future}, timeout=seconds)
        finally:
            self._waiting.discard(future)
        return self.after(cursor)

    def announce(self) -> None:
        """Wakes who waits, if something was published; called after each commit."""
        if self.fresh:
            self.fresh = False
            self.wake()

    def wake(self) -> None:
        """Wakes everybody who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)


def publish(ctx: "Context", kind: str, subject: str, data: Json, contract: str) -> None:
    """Policy ``publish``: writes a CloudEvent with the subject's next sequence number."""
    from syncproof.contracts import dialect  # noqa: PLC0415  not needed to start

    number = ctx.state.last("out", subject) + 1
    ctx.state.advance("out", subject, number)
    event = {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": f"urn:syncproof:{ctx.config.system}",
        "type": f"org.syncproof.{kind}.v1",
        "subject": subject,
        "time": ctx.at,
        "dataschema": dialect(contract),
        "datacontenttype": "application/json",
        "sequence": f"{number:012d}",
        "data": data,
    }
    ctx.instance.outbox.fresh = True
    ctx.state.execute("insert into outbox (body) values (?)", (dumps(event),))
