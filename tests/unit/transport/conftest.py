"""A server that says exactly the bytes it is told to, on a real socket."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from syncproof.transport import NullSink, Recorder

CRLF = b"\r\n"


@dataclass
class Server:
    """Answers each connection with the next of its answers (the last one for ever) and hangs up."""

    answers: list[bytes]
    requests: list[bytes] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                self.requests.append(self._request(connection))
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if answer == SILENCE:
                    self.hold.wait(10)
                elif answer.startswith(DRIP):
                    self._drip(connection, answer.removeprefix(DRIP))
                else:
                    connection.sendall(answer)

    def _drip(self, connection: socket.socket, answer: bytes) -> None:
        """Byte by byte, until nobody listens any more."""
        with contextlib.suppress(OSError):
            for byte in answer:
                connection.sendall(bytes([byte]))
                if self.hold.wait(0.02):
                    return

    def _request(self, connection: socket.socket) -> bytes:
        data = connection.recv(65536)
        head, _, body = data.partition(CRLF * 2)
        for line in head.split(CRLF):
            if line.lower().startswith(b"content-length:"):
                while len(body) < int(line.partition(b":")[2]):
                    body += connection.recv(65536)
        return head + CRLF * 2 + body

    def close(self) -> None:
        self.hold.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


SILENCE = b"(no answer at all)"
DRIP = b"(byte by byte)"


def _http(status: str, body: bytes = b"", *headers: bytes, length: int | None = None) -> bytes:
    """The bytes of an HTTP answer that closes the connection."""
    lines = [
        b"HTTP/1.1 " + status.encode(),
        b"Content-Length: %d" % (len(body) if length is None else length),
        b"Connection: close",
        *headers,
    ]
    return CRLF.join(lines) + CRLF * 2 + body


@pytest.fixture
def http() -> Callable[..., bytes]:
    return _http


@pytest.fixture
def silence() -> bytes:
    return SILENCE


@pytest.fixture
def dripping() -> Callable[[bytes], bytes]:
    """An answer that is sent byte by byte."""
    return DRIP.__add__


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(*answers: bytes) -> Server:
        servers.append(Server(list(answers)))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


class MemorySink(NullSink):
    """Keeps events and bodies in memory."""

    recording = True

    def __init__(self) -> None:
        super().__init__("main")
        self.events: list[dict] = []
        self.bodies: dict[str, bytes] = {}

    def append(self, type_, fields):
        self.events.append({"type": type_, **fields})

    def keep_body(self, body):
        name = f"body-{len(self.bodies)}"
        self.bodies[name] = body
        return name


@pytest.fixture
def sink() -> MemorySink:
    return MemorySink()


@pytest.fixture
def recorder(sink: MemorySink) -> Recorder:
    return Recorder(sink)
