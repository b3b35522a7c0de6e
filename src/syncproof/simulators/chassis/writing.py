"""Endpoints that change something: single and bulk writes by one declaration, and the inbox.

Nothing is awaited within a transaction, so nothing else sees a request half done.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from syncproof.simulators.chassis import inbox, staging
from syncproof.simulators.chassis.answers import CREATED, OK, STAGED, answer, refusal
from syncproof.simulators.chassis.asgi import Endpoint, Request, Response
from syncproof.simulators.chassis.context import Context, Instance
from syncproof.simulators.chassis.errors import FORBIDDEN, INVALID, Reason, Refused, of_product
from syncproof.simulators.chassis.routes import Answer, Json, Write
from syncproof.simulators.chassis.sessions import authenticated
from syncproof.simulators.chassis.state import dumps
from syncproof.simulators.product.errors import ProductError

DELIVERER = frozenset({"integration"})
"""Role that may deliver events."""


@contextmanager
def committed(ctx: Context) -> Iterator[None]:
    """One transaction; what waited for its outcome is looked at again before it ends."""
    with ctx.state.transaction():
        yield
        staging.settle(ctx)
    ctx.instance.outbox.announce()


# single and bulk


def writing(instance: Instance, write: Write) -> Endpoint:
    """The endpoint of a :class:`Write`."""

    async def endpoint(request: Request) -> Response:
        ctx = authenticated(instance, request)
        body = _body(request)
        ctx.reason = _reason(body)
        ctx.consulted = await _consult(ctx, write, body)
        with committed(ctx):
            status, result = one(ctx, write, body)
        return answer(result, status)

    return endpoint


def bulk(instance: Instance, write: Write) -> Endpoint:
    """The endpoint that takes many bodies of a :class:`Write`; each passes what a single one does."""

    async def endpoint(request: Request) -> Response:
        ctx = authenticated(instance, request)
        body = _body(request)
        items = _items(body)
        ctx.reason, ctx.bulk = _reason(body), True
        consulted = [await _consult(ctx, write, item) for item in items]
        with committed(ctx):
            results = [_item(ctx, write, item, told) for item, told in zip(items, consulted, strict=True)]
        return answer({"results": results})

    return endpoint


def _items(body: Any) -> list[Any]:
    items = body.get("items") if isinstance(body, dict) else None
    if isinstance(items, list):
        return items
    raise Refused(Reason("schema", 'a bulk body is {"items": [...], "reason": text}', "/items"), status=INVALID)


def _item(ctx: Context, write: Write, item: Any, consulted: Any) -> Json:
    ctx.consulted = consulted
    status, result = one(ctx, write, item)
    return {**result, "code_http": status}


def one(ctx: Context, write: Write, body: Any) -> tuple[int, Json]:
    """One write with all its checks: everything of it is kept, or only the audit of its refusal."""
    try:
        with ctx.state.savepoint():
            _check(ctx, write, body)
            result = write.handler(ctx, body) or Answer()
    except ProductError as error:
        return _refused(ctx, write, body, of_product(error))
    except Refused as refused:
        return _refused(ctx, write, body, refused)
    return _done(result, write.object_of(body)[1])


def _check(ctx: Context, write: Write, body: Any) -> None:
    for check in ctx.rules.bulk_checks if ctx.bulk else ctx.rules.single_checks:
        check(ctx, write, body)


def _done(result: Answer, key: str) -> tuple[int, Json]:
    reasons = [reason.wire() for reason in result.reasons]
    done = {"status": result.status, "key": result.key or key, "reasons": reasons, **result.fields}
    return STAGED if result.status == "staged" else CREATED, done


def _refused(ctx: Context, write: Write, body: Any, refused: Refused) -> tuple[int, Json]:
    domain, key = write.object_of(body)
    errors = [reason.text for reason in refused.reasons]
    ctx.audit(
        domain, ctx.key(domain, key), f"{write.method} {write.path}", outcome="refused",
        revision=_revision(body), errors=errors,
    )  # fmt: skip
    return refused.status, refusal(refused, key)


def _revision(body: Any) -> str | None:
    """The revision that a refused body is about, if it says so."""
    data = body.get("data") if isinstance(body, dict) else None
    revision = data.get("revision") if isinstance(data, dict) else None
    return revision if isinstance(revision, str) else None


async def _consult(ctx: Context, write: Write, body: Any) -> Any:
    """What another system says about a write that needs to know. It is not asked about a write that is
    refused anyhow."""
    if write.consult is None:
        return None
    try:
        _check(ctx, write, body)
    except Refused:
        return None
    return await write.consult(ctx, body)


def _body(request: Request) -> Any:
    try:
        body = json.loads(request.body)
        dumps(body).encode()  # text that is no Unicode cannot be stored
    except (ValueError, RecursionError) as error:
        raise Refused(Reason("schema", f"the body is no JSON: {error}"), status=INVALID) from error
    return body


def _reason(body: Any) -> str | None:
    reason = body.get("reason") if isinstance(body, dict) else None
    return reason if isinstance(reason, str) else None


# inbox


def delivery(instance: Instance) -> Endpoint:
    """``POST /inbox``: one CloudEvent or a list of them, each with a result of its own."""

    async def endpoint(request: Request) -> Response:
        ctx = authenticated(instance, request)
        body = _body(request)
        events = body if isinstance(body, list) else [body]
        _may_deliver(ctx, events)
        with committed(ctx):
            results = [inbox.take(ctx, event) for event in events]
        return answer({"results": results}, OK)

    return endpoint


def _may_deliver(ctx: Context, events: list[Any]) -> None:
    reason = ctx.rules.role_guard(ctx, DELIVERER)
    if reason:
        with ctx.state.transaction():
            ctx.audit("session", ctx.user, "POST /inbox", outcome="refused", errors=[reason.text])
        raise Refused(reason, status=FORBIDDEN)
    if not all(isinstance(event, dict) for event in events):
        raise Refused(Reason("schema", "an event is a JSON object (CloudEvents 1.0)"), status=INVALID)
