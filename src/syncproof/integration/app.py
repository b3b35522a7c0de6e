"""HTTP surface of the integration: identity, drift, pending changes, control plane."""

import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from syncproof import __version__
from syncproof.contracts import versions
from syncproof.integration.hub import Hub

Handler = Callable[[Request], Awaitable[Response]]
PATHS = {
    "/identity": "who answers",
    "/drift": "where consumers differ from the owner; ?refs=[[domain, id, revision], ...]",
    "/pending": "why a promoted change is not active yet; ?change=",
}


def build(hub: Hub, config: dict[str, Any]) -> Starlette:
    """The application; the control plane exists only if there is a token for it."""
    tokens = {user["token"] for user in config["users"]}

    def known(handler: Handler) -> Handler:
        async def guard(request: Request) -> Response:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not any(hmac.compare_digest(token, each) for each in tokens):
                reason = {"code": "unauthenticated", "message": "send a known token"}
                return JSONResponse({"status": "refused", "reasons": [reason]}, 401)
            return await handler(request)

        return guard

    async def identity(_: Request) -> Response:
        return JSONResponse(_identity(hub, config))

    async def drift(request: Request) -> Response:
        try:
            refs = [
                (str(d), str(i), str(r)) for d, i, r in json.loads(request.query_params.get("refs", "[]"))
            ]
        except (ValueError, TypeError):
            reason = {"code": "parameter_invalid", "message": "refs must be [[domain, id, revision], ...]"}
            return JSONResponse({"status": "refused", "reasons": [reason]}, 422)
        return JSONResponse({"items": await run_in_threadpool(hub.drift, refs)})

    async def pending(request: Request) -> Response:
        return JSONResponse({"items": hub.store.why(request.query_params.get("change", ""))})

    async def openapi(_: Request) -> Response:
        return JSONResponse(_openapi(config["system"]))

    routes = [
        Route("/identity", known(identity)),
        Route("/drift", known(drift)),
        Route("/pending", known(pending)),
        Route("/openapi.json", openapi),
    ]
    control = _control(hub, config["control_token"]) if config.get("control_token") else []
    return Starlette(routes=routes + control)


def _identity(hub: Hub, config: dict[str, Any]) -> dict[str, Any]:
    return {
        "system": config["system"],
        "product": "Syncproof reference integration",
        "version": __version__,
        "time_zone": config.get("time_zone", "UTC"),
        "now": hub.now().isoformat(),
        "host_now": datetime.now(UTC).isoformat(),
        "contracts": versions(),
        "capabilities": ["system.identify", "integration.drift", "integration.pending"],
    }


def _openapi(name: str) -> dict[str, Any]:
    answer = {"200": {"description": "answered"}, "401": {"description": "unknown token"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Syncproof {name}", "version": __version__},
        "paths": {path: {"get": {"summary": text, "responses": answer}} for path, text in PATHS.items()},
    }


def _control(hub: Hub, token: str) -> list[Route]:
    def guarded(handler: Handler) -> Handler:
        async def guard(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get("x-control-token", ""), token):
                return JSONResponse({"status": "refused"}, 401)
            return await handler(request)

        return guard

    async def clock(request: Request) -> Response:
        now = (await request.json())["now"]
        await run_in_threadpool(hub.set_clock, datetime.fromisoformat(now) if now else None)
        return JSONResponse({"status": "accepted"})

    async def fault(request: Request) -> Response:
        body = await request.json()
        if body["fault"] != "pause_delivery":
            return JSONResponse({"status": "refused", "known": ["pause_delivery"]}, 422)
        names = body.get("systems") or list(hub.deliveries)
        for name in names:
            hub.deliveries[name].paused = True
        return JSONResponse({"status": "accepted"})

    async def clear(_: Request) -> Response:
        for delivery in hub.deliveries.values():
            delivery.paused = False
        with hub.store.changed:
            hub.store.changed.notify_all()
        return JSONResponse({"status": "accepted"})

    async def reset(_: Request) -> Response:
        hub.store.clear()
        return JSONResponse({"status": "accepted"})

    return [
        Route("/control/clock", guarded(clock), methods=["POST"]),
        Route("/control/faults", guarded(fault), methods=["POST"]),
        Route("/control/faults", guarded(clear), methods=["DELETE"]),
        Route("/control/reset", guarded(reset), methods=["POST"]),
    ]
