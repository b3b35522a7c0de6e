"""The little of HTTP that a system needs, as a plain ASGI application.

Paths are exact and few, so a dictionary finds the endpoint; a framework would cost more at each start
than all that is used of it (start-up counts: every test worker starts its own landscape).
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Instance

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
UNKNOWN_PATH, WRONG_METHOD = 404, 405


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Header names are in lower case; of a query parameter given twice the last counts."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """One JSON answer. ``broken`` breaks it off in the middle of its body (a fault)."""

    body: bytes
    status: int = 200
    broken: bool = False


Endpoint = Callable[[Request], Awaitable[Response]]
Around = Callable[[Request, Endpoint], Awaitable[Response]]


class Application:
    """Finds the endpoint of a request. ``around`` may do something before and after it."""

    def __init__(
        self,
        instance: "Instance",
        endpoints: Mapping[tuple[str, str], Endpoint],
        missing: Callable[[int, str], Response],
        around: Around | None = None,
    ) -> None:
        self.instance = instance
        self._endpoints = endpoints
        self._paths = {path for _, path in endpoints}
        self._missing = missing
        self._around = around

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        request = await _request(scope, receive)
        if self._around is None:
            response = await self._answer(request)
        else:
            response = await self._around(request, self._answer)
        await _send(response, send)

    async def _answer(self, request: Request) -> Response:
        endpoint = self._endpoints.get((request.method, request.path))
        if endpoint is not None:
            return await endpoint(request)
        status = WRONG_METHOD if request.path in self._paths else UNKNOWN_PATH
        return self._missing(status, f"{request.method} {request.path}")


async def _request(scope: Message, receive: Receive) -> Request:
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers=_headers(scope["headers"]),
        body=await _body(receive),
    )


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


async def _body(receive: Receive) -> bytes:
    chunks = []
    more = True
    while more:
        message = await receive()
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks)


async def _send(response: Response, send: Send) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(response.body)).encode()),
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if response.broken:
        half = response.body[: len(response.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        raise ConnectionAbortedError("half a body, as asked for")
    await send({"type": "http.response.body", "body": response.body})


async def _lifespan(receive: Receive, send: Send) -> None:
    """Nothing has to be started or stopped."""
    for event in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{event}.complete"})
