"""``python -m syncproof.integration --config FILE``: the integration as a process.

One line of JSON on standard output says when it listens. Exit code 2, with one line on standard error,
if the configuration cannot be used. It ends on SIGTERM and, with ``exit_with_stdin``, when whoever
started it is gone.
"""

import argparse
import json
import logging
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from syncproof.errors import SyncproofError
from syncproof.integration.app import build
from syncproof.integration.config import Config, read_config
from syncproof.integration.connections import connector, recorder_of
from syncproof.integration.database import Database, forget
from syncproof.integration.hub import Hub
from syncproof.transport import Recorder

KEEP_ALIVE = 600
"""Seconds that a connection may be idle before it is closed."""
GRACE = 1
"""Seconds that open requests have when the process is told to end."""


class Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens, then says so."""
        await super().startup(sockets)
        print(json.dumps({"ready": True, "url": self._url}), flush=True)  # noqa: T201  the protocol of start


def main(arguments: list[str] | None = None, amend: Callable[[Hub], object] = lambda hub: hub) -> int:
    """Runs the integration until it is told to end; ``amend`` may exchange parts of it before it starts."""
    parser = argparse.ArgumentParser(prog="python -m syncproof.integration", description="Runs the integration.")
    parser.add_argument("--config", type=Path, required=True, help="JSON configuration file")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    try:
        config = read_config(parser.parse_args(arguments).config)
        listening = listen(config)
        recorder = recorder_of(config)
        hub = make_hub(config, recorder)
        amend(hub)
    except SyncproofError as error:
        print(f"integration: {error}", file=sys.stderr)  # noqa: T201
        return 2
    try:
        serve(hub, build(hub, config), listening, config)
    finally:
        recorder.sink.close()
    return 0


def make_hub(config: Config, recorder: Recorder) -> Hub:
    """The hub of a configuration; an earlier process's work goes on unless it is not to be kept."""
    if not config.keep and config.state != ":memory:":
        forget(config.state)
    connect = connector(config, recorder)
    return Hub(config.systems, connect, Database(config.state), config.sites, config.owners)


def listen(config: Config) -> socket.socket:
    """A socket that listens; ConfigurationError if the port cannot be had."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there the option would let two processes share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((config.host, config.port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or str(error)
        raise SyncproofError(f"cannot listen on {config.host}:{config.port}: {why}") from None
    return listening


def serve(hub: Hub, app: Starlette, listening: socket.socket, config: Config) -> None:
    """Serves until told to stop."""
    options = uvicorn.Config(
        app, access_log=False, log_level="critical", lifespan="off", http="httptools", ws="none",
        timeout_graceful_shutdown=GRACE, timeout_keep_alive=KEEP_ALIVE, server_header=False, date_header=False,
    )  # fmt: skip
    server = Server(options, f"http://{config.host}:{listening.getsockname()[1]}")
    if config.exit_with_stdin:
        threading.Thread(target=_until_stdin_ends, args=(server,), daemon=True).start()
    hub.start()
    try:
        server.run(sockets=[listening])
    finally:
        hub.stop()


def _until_stdin_ends(server: uvicorn.Server) -> None:
    """Whoever started the process holds its standard input open; ends when that is gone."""
    while sys.stdin.buffer.read(4096):
        pass
    server.should_exit = True


if __name__ == "__main__":
    sys.exit(main())
