"""Serves one system: one line of JSON on standard output when it listens."""

import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import uvicorn

from syncproof.simulators.chassis.app import build
from syncproof.simulators.chassis.config import Config
from syncproof.simulators.chassis.context import Instance
from syncproof.simulators.chassis.errors import ConfigError
from syncproof.simulators.chassis.pieces import WholeAnswers
from syncproof.simulators.chassis.state import dumps
from syncproof.simulators.chassis.system import System

KEEP_ALIVE = 600
"""Seconds that a connection may be idle. A server that closes one just when the next request is on its way breaks that
request off; callers pause, and a busy machine makes any pause long."""
GRACE = 1
"""Seconds that open requests have when the process is told to end."""


class Server(uvicorn.Server):
    """Says when it is ready and lets nobody wait for events while it ends."""

    def __init__(self, config: uvicorn.Config, instance: Instance, url: str) -> None:
        super().__init__(config)
        self._instance = instance
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(dumps({"ready": True, "url": self._url}), flush=True)  # noqa: T201  the protocol of start

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._instance.outbox.wake()
        await super().shutdown(sockets)


def serve(system: System, config: Config, around: Callable[[Any], Any] = lambda app: app) -> None:
    """Serves until the process is told to end; ConfigError if it cannot listen. ``around`` may put another ASGI
    application around the system's own."""
    listening = _listen(config)
    app = build(system, config)
    options = uvicorn.Config(
        around(app), access_log=False, log_level="critical", lifespan="off", http=WholeAnswers, ws="none",
        timeout_graceful_shutdown=GRACE, timeout_keep_alive=KEEP_ALIVE, server_header=False, date_header=False,
    )  # fmt: skip
    server = Server(options, app.instance, f"http://{config.host}:{listening.getsockname()[1]}")
    if config.exit_with_stdin:
        threading.Thread(target=_until_stdin_ends, args=(server,), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: None)  # the server hands the signal on once it has ended
    try:
        server.run(sockets=[listening])
    finally:
        app.instance.state.close()


def _listen(config: Config) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((config.host, config.port))
    except OSError as error:
        listening.close()
        raise ConfigError(f"cannot listen on {config.host}:{config.port}: {error.strerror}") from error
    return listening


def _until_stdin_ends(server: uvicorn.Server) -> None:
    """Whoever started the process holds its standard input open; ends when that is gone."""
    while sys.stdin.buffer.read(4096):
        pass
    server.should_exit = True
