"""HTTP surface of the integration: identity, drift, pending changes, its own description."""

import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from syncproof import __version__
from syncproof.contracts import versions
from syncproof.errors import SyncproofError
from syncproof.integration import control
from syncproof.integration.config import Config
from syncproof.integration.hub import Hub
from syncproof.integration.openapi import describe
from syncproof.integration.store import Member

Handler = Callable[[Request], Awaitable[Response]]

CAPABILITIES = ("system.identify", "integration.drift", "integration.pending")


def build(hub: Hub, config: Config) -> Starlette:
    """The application; the control plane exists only if there is a token for it."""

    async def identity(_: Request) -> Response:
        return JSONResponse(_identity(hub, config))

    async def drift(request: Request) -> Response:
        refs = _refs(request.query_params.get("refs", ""))
        if refs is None:
            return refusal("parameter_invalid", 'refs must be JSON like [["bom", "B-1", "A"]]')
        try:
            return JSONResponse({"items": await run_in_threadpool(hub.drift.report, refs)})
        except SyncproofError as error:
            return refusal("drift_unknown", str(error), HTTPStatus.SERVICE_UNAVAILABLE)

    async def pending(request: Request) -> Response:
        change = request.query_params.get("change")
        if not change:
            return refusal("parameter_missing", "say which change: ?change=ID")
        return JSONResponse({"items": hub.changes.why(change)})

    async def openapi(_: Request) -> Response:
        return JSONResponse(describe(config.system))

    handlers = {"/identity": identity, "/drift": drift, "/pending": pending}
    routes = [Route(path, _known(handler, config)) for path, handler in handlers.items()]
    routes.append(Route("/openapi.json", openapi))
    if config.control_token:
        routes += control.routes(hub, config.control_token)
    return Starlette(routes=routes)


def refusal(code: str, message: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    """A refusal in the form that all systems use."""
    reason = {"code": code, "message": message, "pointer": ""}
    return JSONResponse({"status": "refused", "reasons": [reason]}, status)


def _known(handler: Handler, config: Config) -> Handler:
    """Answers only to a known token."""

    async def guard(request: Request) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
        if not any(hmac.compare_digest(token, user.token.encode()) for user in config.users):
            text = "send the token of a user of the landscape"
            return refusal("unauthenticated", text, HTTPStatus.UNAUTHORIZED)
        return await handler(request)

    return guard


def _refs(text: str) -> list[Member] | None:
    """The masters that are asked about; None if the parameter is not as agreed."""
    try:
        return [(str(domain), str(id), str(revision)) for domain, id, revision in json.loads(text)]
    except (ValueError, TypeError):
        return None


def _identity(hub: Hub, config: Config) -> dict[str, Any]:
    controls = control.CAPABILITIES if config.control_token else ()
    return {
        "system": config.system,
        "product": "Syncproof reference integration",
        "version": __version__,
        "time_zone": config.time_zone,
        "now": hub.now().isoformat(),
        "host_now": datetime.now(UTC).isoformat(),
        "contracts": versions(),
        "capabilities": sorted((*CAPABILITIES, *controls)),
    }
