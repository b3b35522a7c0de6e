"""The control plane: clock, faults, reset. For tests only, and nothing is observed through it."""

import difflib
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from syncproof.integration.delivery import Delivery
from syncproof.integration.hub import Hub

CAPABILITIES = ("control.clock", "control.faults")
FAULTS = ("pause_delivery",)

Action = Callable[[Hub, dict[str, Any]], dict[str, Any] | None]
Handler = Callable[[Request], Awaitable[Response]]


def routes(hub: Hub, token: str) -> list[Route]:
    """The routes, for whoever shows the token."""
    return [
        Route(path, _guarded(hub, token, action), methods=[method])
        for method, path, action in (
            ("POST", "/control/clock", set_clock),
            ("POST", "/control/faults", inject),
            ("DELETE", "/control/faults", clear_faults),
            ("POST", "/control/reset", reset),
            *((method, path, action) for (method, path), action in hub.controls.items()),
        )
    ]


def _guarded(hub: Hub, token: str, action: Action) -> Handler:
    async def handler(request: Request) -> Response:
        shown = request.headers.get("x-control-token", "").encode()
        if not hmac.compare_digest(shown, token.encode()):
            return JSONResponse({"error": "wrong X-Control-Token"}, HTTPStatus.UNAUTHORIZED)
        try:
            body = await request.body()
            told = await run_in_threadpool(action, hub, json.loads(body) if body else {})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return JSONResponse({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return JSONResponse({"status": "accepted", **(told or {})})

    return handler


def set_clock(hub: Hub, body: dict[str, Any]) -> None:
    """Freezes business time at ``now``, or lets it go with the host's clock again (null)."""
    now = datetime.fromisoformat(body["now"]) if body["now"] else None
    if now is not None and now.tzinfo is None:
        raise ValueError(f"now {body['now']!r} has no offset; valid: 2027-03-10T06:00:00Z")
    hub.set_clock(now)


def inject(hub: Hub, body: dict[str, Any]) -> None:
    """Starts a fault: ``pause_delivery`` to ``systems`` (null: to all) lets things queue up."""
    if body["fault"] not in FAULTS:
        raise ValueError(f"there is no fault {body['fault']!r}; valid: {', '.join(FAULTS)}")
    names = body.get("systems")
    paused = [_delivery(hub, name) for name in (hub.deliveries if names is None else names)]
    for delivery in paused:
        delivery.pause()


def _delivery(hub: Hub, name: str) -> Delivery:
    if name in hub.deliveries:
        return hub.deliveries[name]
    near = difflib.get_close_matches(name, hub.deliveries, n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"nothing is delivered to {name!r}{meant}; valid: {', '.join(hub.deliveries)}")


def clear_faults(hub: Hub, _: dict[str, Any]) -> None:
    """Ends every fault."""
    for delivery in hub.deliveries.values():
        delivery.go_on()


def reset(hub: Hub, _: dict[str, Any]) -> None:
    """Forgets everything: what the systems have published is read again from the beginning."""
    clear_faults(hub, {})
    hub.set_clock(None)
    hub.database.clear()
