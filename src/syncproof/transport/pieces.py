"""The ``requests`` adapter of a session: all calls go to one address, each request goes out in one piece, and each
answer must be complete in time.

urllib3 sends the head of a request and its body apart. The head wakes the system, which then waits for the
body: between processes of one machine that costs both more than all the rest of a short call.
"""

from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool, HTTPSConnectionPool

from syncproof.transport.deadline import InTime


class _Whole(HTTPConnection):
    """Keeps the pieces of a request until all are there; bodies are bytes here, never streams."""

    response_class = InTime
    _pieces: list[bytes] | None = None

    def request(self, *args: Any, **options: Any) -> None:
        pieces: list[bytes] = []
        self._pieces = pieces
        try:
            super().request(*args, **options)
        finally:
            self._pieces = None
        self.send(b"".join(pieces))

    def send(self, data: Any) -> None:
        if self._pieces is None:
            super().send(data)
        else:
            self._pieces.append(data)


class _WholeTLS(_Whole, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Whole


class _PoolTLS(HTTPSConnectionPool):
    ConnectionCls = _WholeTLS


class OneAddress(HTTPAdapter):
    """Finds the connections of its address once, not at each call: address, trust and certificate of a
    session never change."""

    _pool: ConnectionPool | None = None

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Makes connections that send requests in one piece."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolTLS}

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        """The connections of the address."""
        if self._pool is None:
            self._pool = super().get_connection_with_tls_context(*args, **options)
        return self._pool
