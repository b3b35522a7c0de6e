"""Endpoints that only answer."""

import math

from syncproof.simulators.chassis.answers import answer
from syncproof.simulators.chassis.asgi import Endpoint, Request, Response
from syncproof.simulators.chassis.context import Instance
from syncproof.simulators.chassis.errors import INVALID, Reason, Refused
from syncproof.simulators.chassis.identify import identify
from syncproof.simulators.chassis.routes import Read
from syncproof.simulators.chassis.sessions import authenticated

LAST = 2**63 - 1
"""The greatest cursor that there can be."""
MAX_WAIT = 30.0
"""Seconds that an outbox poll may be held at most."""


def reading(instance: Instance, read: Read) -> Endpoint:
    """The endpoint of a :class:`Read`."""

    async def endpoint(request: Request) -> Response:
        ctx = authenticated(instance, request)
        return answer(read.handler(ctx, _query(read, request)))

    return endpoint


def _query(read: Read, request: Request) -> dict[str, str]:
    query = request.query
    missing = [name for name in read.required if not query.get(name)]
    if missing:
        reason = Reason("schema", f"the query lacks {', '.join(missing)}", f"/{missing[0]}")
        raise Refused(reason, status=INVALID)
    return query


def identity(instance: Instance) -> Endpoint:
    """``GET /identity``."""

    async def endpoint(request: Request) -> Response:
        authenticated(instance, request)
        return answer(identify(instance))

    return endpoint


def outbox(instance: Instance) -> Endpoint:
    """``GET /outbox``: returns as soon as there is an event after the cursor."""

    async def endpoint(request: Request) -> Response:
        authenticated(instance, request)
        after, wait = _numbers(request)
        return answer(await instance.outbox.wait(after, min(wait, MAX_WAIT)))

    return endpoint


def _numbers(request: Request) -> tuple[int, float]:
    query = request.query
    try:
        after, wait = int(query.get("after", "0")), float(query.get("wait", "0"))
    except ValueError as error:
        reason = Reason("schema", f"after and wait are numbers: {error}", "/after")
        raise Refused(reason, status=INVALID) from error
    if not -LAST <= after <= LAST or not math.isfinite(wait):
        text = "after is the cursor of an earlier answer, wait a time in seconds"
        raise Refused(Reason("schema", text, "/after"), status=INVALID)
    return after, wait
