"""Answers in one piece.

uvicorn writes the head of an answer and its body apart. The head wakes the caller, which then waits for the
body: between processes of one machine that costs both more than the answer itself.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Whole:
    """A transport that writes once per turn of the event loop."""

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keeps a piece; all go out together when what is being done now is done."""
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)

    def close(self) -> None:
        """Writes what is kept before the connection ends."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        if pieces:
            self._transport.write(b"".join(pieces))


class WholeAnswers(HttpToolsProtocol):
    """HTTP with each answer in one piece."""

    def connection_made(self, transport: Any) -> None:
        """A caller has connected."""
        super().connection_made(Whole(transport, self.loop))  # type: ignore[arg-type]
