"""Answers that must be complete in time.

The read timeout of a socket starts again with every byte: a system that sends one byte now and then would hold a
call for ever. Here it is the time within which the whole answer must have come.
"""

import io
import time
from http.client import HTTPResponse
from socket import socket
from typing import Any


class InTime(HTTPResponse):
    """An answer that may take as long as the socket's timeout says when it is awaited, head and body together."""

    def __init__(self, sock: socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        seconds = sock.gettimeout()
        if seconds is not None:
            self.fp = io.BufferedReader(_Bounded(self.fp.detach(), sock, time.perf_counter() + seconds))


class _Bounded(io.RawIOBase):
    """What a socket still sends before a time of ``time.perf_counter``; then TimeoutError."""

    def __init__(self, raw: io.RawIOBase, sock: socket, end: float) -> None:
        super().__init__()
        self._raw, self._sock, self._end = raw, sock, end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - time.perf_counter()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
