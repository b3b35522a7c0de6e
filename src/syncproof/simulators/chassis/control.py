"""The control plane: clock, reset and faults. It exists only if the configuration has a control token,
and it is no part of the business API: nothing is observed through it."""

import asyncio
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import clock, masters
from syncproof.simulators.chassis.answers import answer
from syncproof.simulators.chassis.asgi import Around, Endpoint, Request, Response

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Instance

Json = dict[str, Any]
Action = Callable[["Instance", Json], Response]

FAULTS = ("unavailable", "slow", "half_body", "status", "garbage", "tamper")


def endpoints(instance: "Instance") -> dict[tuple[str, str], Endpoint]:
    """The endpoints of the control plane."""
    actions: dict[tuple[str, str], Action] = {
        ("POST", "/control/clock"): set_clock,
        ("POST", "/control/faults"): inject,
        ("DELETE", "/control/faults"): clear,
        ("POST", "/control/reset"): reset,
        **instance.system.controls,
    }
    return {where: _guarded(instance, action) for where, action in actions.items()}


def _guarded(instance: "Instance", action: Action) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        shown = request.headers.get("x-control-token", "")
        if not hmac.compare_digest(shown.encode(), (instance.config.control_token or "").encode()):
            return answer({"error": "wrong X-Control-Token"}, 401)
        try:
            return action(instance, json.loads(request.body or b"{}"))
        except (ValueError, KeyError, TypeError) as error:
            return answer({"error": f"{request.path}: {error!r}"}, 422)

    return endpoint


def set_clock(instance: "Instance", body: Json) -> Response:
    """Freezes business time at ``now``; null returns to the host's clock."""
    now = body.get("now")
    instance.clock.set(clock.read(now) if now else None)
    return answer({"now": clock.wire(instance.clock.now())})


def inject(instance: "Instance", body: Json) -> Response:
    """Starts a fault; ``tamper`` happens at once."""
    name = body["fault"]
    if name not in FAULTS:
        return answer({"error": f"unknown fault {name!r}; valid: {', '.join(FAULTS)}"}, 422)
    if name == "tamper":
        return _tamper(instance, body)
    instance.faults[name] = body
    return answer({"faults": sorted(instance.faults)})


def _tamper(instance: "Instance", body: Json) -> Response:
    with instance.state.transaction():
        done = masters.tampered(
            instance.state, body["domain"], body["id"], body["revision"], body["field"], body["value"]
        )
    return answer({"tampered": done}, 200 if done else 404)


def clear(instance: "Instance", _body: Json) -> Response:
    """Ends all faults."""
    instance.faults.clear()
    return answer({"faults": []})


def reset(instance: "Instance", _body: Json) -> Response:
    """Back to the state of a fresh start."""
    instance.state.reset()
    instance.faults.clear()
    instance.clock.set(None)
    instance.outbox.wake()
    return answer({"reset": True})


def faults(instance: "Instance") -> Around:
    """Lets the faults that were asked for happen to business calls."""

    async def around(request: Request, inner: Endpoint) -> Response:
        active = instance.faults
        if not active or request.path.startswith("/control/"):
            return await inner(request)
        if "slow" in active:
            await asyncio.sleep(float(active["slow"].get("seconds", 1)))
        instead = _instead(active)
        if instead is not None:
            return instead
        response = await inner(request)
        return replace(response, broken="half_body" in active)

    return around


def _instead(active: dict[str, Json]) -> Response | None:
    """The answer that a fault gives in place of the system."""
    if "unavailable" in active:
        return answer(_refusal("unavailable", "the system is out of service"), 503)
    if "status" in active:
        code = int(active["status"].get("code", 500))
        return answer(_refusal("fault", f"status {code} as asked for"), code)
    if "garbage" in active:
        return answer({"garbage": [1, 2, 3]})
    return None


def _refusal(code: str, message: str) -> Json:
    return {"status": "refused", "reasons": [{"code": code, "message": message, "pointer": ""}]}
