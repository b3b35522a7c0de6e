"""Who asks: a bearer token names a user."""

from typing import NoReturn

from syncproof.simulators.chassis.asgi import Request
from syncproof.simulators.chassis.context import CALLER, NOBODY, Context, Instance
from syncproof.simulators.chassis.errors import UNAUTHENTICATED, Reason, Refused


def authenticated(instance: Instance, request: Request) -> Context:
    """The context of a request; Refused without a known token, which leaves an audit event."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    name = instance.tokens.get(token, NOBODY) if scheme.lower() == "bearer" else NOBODY
    if name == NOBODY:
        _unauthenticated(instance, request)
    ctx = Context(instance, name)
    caller = request.headers.get(CALLER)
    if caller and "integration" in ctx.rules.roles_of(ctx, name):
        ctx.user = caller
    return ctx


def _unauthenticated(instance: Instance, request: Request) -> NoReturn:
    reason = Reason("unauthenticated", "no known bearer token was shown; log in as a user of this system")
    ctx = Context(instance)
    with instance.state.transaction():
        ctx.audit("session", NOBODY, f"{request.method} {request.path}", outcome="refused", errors=[reason.text])
    raise Refused(reason, status=UNAUTHENTICATED)
