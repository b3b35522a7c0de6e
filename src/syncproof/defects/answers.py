"""The answers of a system on their way out: the policy ``answer`` of every system."""

from collections.abc import Callable
from typing import Any

from syncproof.defects.policies import Exchange

Message = dict[str, Any]
App = Callable[[Message, Any, Any], Any]
OURS = ("/control/", "/openapi.json")
"""Beginnings of paths that no business call has."""


def as_it_is(_method: str, _path: str, text: str) -> str:
    """Policy ``answer``: the text as the system wrote it."""
    return text


def answering(app: App, exchange: Exchange) -> App:
    """The application with the policy ``answer`` behind it."""
    answer = exchange("answer", as_it_is)

    async def answered(scope: Message, receive: Any, send: Any) -> None:
        business = scope["type"] == "http" and not scope["path"].startswith(OURS)
        asked = f"{scope['path']}?{scope['query_string'].decode('latin-1')}" if scope["type"] == "http" else ""
        held = Held(lambda text: answer(scope["method"], asked, text), send)
        await app(scope, receive, held if business else send)

    return app if answer is as_it_is else answered


class Held:
    """Keeps the head of an answer back until its body is known, which decides its length."""

    def __init__(self, answer: Callable[[str], str], send: Any) -> None:
        self._answer = answer
        self._send = send
        self._head: Message = {}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        if not message.get("more_body"):  # else it is broken off on purpose
            message = {**message, "body": self._answer(message["body"].decode()).encode()}
            self._head = {**self._head, "headers": _of_length(self._head["headers"], len(message["body"]))}
        await self._send(self._head)
        await self._send(message)


def _of_length(headers: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    return [(name, str(length).encode() if name == b"content-length" else value) for name, value in headers]
