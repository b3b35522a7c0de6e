"""A proxy before one system that answers some calls in a wrong way; all others it passes on."""

import base64
import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, urlsplit

ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "401": (401, "application/json", b'{"status": "refused", "reasons": [{"code": "x", "message": "who are you?"}]}'),
    "500": (500, "text/html", b"<html>Internal Server Error</html>"),
    "garbage": (200, "application/json", b"\x00\xff<html>Please log in</html>"),
    "broken contract": (200, "application/json", b'{"system": 7, "items": "none", "status": "perhaps"}'),
}
SLOW, DOWN, HALF, ECHO = "slow", "down", "half a body", "echo"
"""``down``: it hangs up without a word; ``echo``: it says back what was shown to it, in every form."""
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "date", "server"}


@dataclass
class Proxy:
    """``fault`` is what it does wrong (None: nothing) to calls that ``hits`` picks by method and path."""

    target: str
    url: str = ""
    fault: str | None = None
    hits: Callable[[str, str], bool] = lambda method, path: True
    calls: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def wrong(self, method: str, path: str) -> str | None:
        """The fault of this call."""
        self.calls.append(f"{method} {path}")
        return self.fault if self.fault and self.hits(method, path) else None


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """A running proxy before ``target`` (an origin)."""
    state = Proxy(target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"state": state}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        thread.join()
        server.socket.close()


class _Handler(BaseHTTPRequestHandler):
    state: Proxy
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # unbuffered writes stall against delayed acknowledgements

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wrong = self.state.wrong(self.command, self.path)
        if wrong in ANSWERS:
            self._answer(*ANSWERS[wrong])
        elif wrong == HALF:
            self._half()
        elif wrong == SLOW:
            self.state.over.wait()  # longer than anybody waits
            self.close_connection = True
        elif wrong == ECHO:
            self._echo()
        elif wrong == DOWN:
            self.close_connection = True
        else:
            self._pass_on(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _handle  # noqa: N815  as http.server calls them

    def _pass_on(self, body: bytes) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.state.target).netloc, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            self._answer(answer.status, answer.headers.get("Content-Type", "application/json"), answer.read())
        except OSError:
            self.close_connection = True  # the system behind is gone, and so are we
        finally:
            connection.close()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self._head(status, kind, len(body))
        self.wfile.write(body)

    def _echo(self) -> None:
        kind, _, shown = self.headers.get("Authorization", "").partition(" ")
        plain = base64.b64decode(shown) if kind == "Basic" else shown.encode()
        body = b"Traceback: Authorization=%b %r %b" % (shown.encode(), plain, quote(plain).encode())
        self.send_response(500)
        self.send_header("Set-Cookie", f"session={shown}")
        self.send_header("X-You-Are", shown)
        self.send_header("Location", f"/login?back={quote(shown, safe='')}&t={quote(plain)}")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _half(self) -> None:
        self._head(200, "application/json", 1000)
        self.wfile.write(b'{"status": "acc')
        self.close_connection = True

    def _head(self, status: int, kind: str, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""
