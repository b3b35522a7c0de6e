"""A server that answers everything in one wrong way."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "a server error": (500, "text/html", b"<html>Internal Server Error</html>"),
    "out of service": (503, "application/json", b'{"status": "refused", "reasons": []}'),
    "another page": (200, "text/html", b"<html><form>Please log in</form></html>"),
    "an empty answer": (200, "application/json", b""),
    "another shape": (200, "application/json", b'{"garbage": [1, 2, 3]}'),
    "a list": (200, "application/json", b"[]"),
    "null": (200, "application/json", b"null"),
    "no such page": (404, "text/plain", b"Not Found"),
    "elsewhere": (302, "text/html", b"<html>Moved</html>"),
}
UNREACHABLE = ("refused", "broken off", "half an answer")
MODES = (*UNREACHABLE, *ANSWERS)


@contextmanager
def faulty(mode: str) -> Iterator[str]:
    """The origin (``http://127.0.0.1:PORT``) of a server that is wrong in this way."""
    if mode == "refused":
        with socket.socket() as closed:  # bound, so that nobody else gets the port, but not listening
            closed.bind(("127.0.0.1", 0))
            yield f"http://127.0.0.1:{closed.getsockname()[1]}"
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"mode": mode}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    mode: ClassVar[str]
    wbufsize = -1  # unbuffered writes stall against delayed acknowledgements

    def handle_one_request(self) -> None:
        """Any method is answered alike, after the request was read."""
        self.raw_requestline = self.rfile.readline(65537)
        self.close_connection = True
        if not self.raw_requestline or not self.parse_request():
            return
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.mode in ANSWERS:
            self._answer(*ANSWERS[self.mode])
        elif self.mode == "half an answer":
            self._head(200, "application/json", 1000)
            self.wfile.write(b'{"status": "acc')
        self.wfile.flush()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self._head(status, kind, len(body))
        self.wfile.write(body)

    def _head(self, status: int, kind: str, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        if status == 302:  # noqa: PLR2004  the one that needs it
            self.send_header("Location", "/login")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""
