"""``python -m syncproof.integration --config FILE``: the integration as a process."""

import argparse
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import uvicorn

from syncproof import adapters
from syncproof.credentials import Credential
from syncproof.errors import SyncproofError
from syncproof.evidence.journal import Journal
from syncproof.integration.app import build
from syncproof.integration.hub import Hub
from syncproof.integration.store import Store
from syncproof.transport import Recorder, RecordingSession, Redactor
from syncproof.transport.recorder import Received, Sent

READ_SECONDS = 60.0
"""Longer than a long poll lasts."""


class SharedRecorder(Recorder):
    """One record for all threads of the process."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._lock = threading.Lock()

    def exchange(self, sent: Sent, received: Received | None, error: str | None, seconds: float) -> str:
        with self._lock:
            return super().exchange(sent, received, error, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m syncproof.integration", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="JSON configuration file")
    try:
        config = json.loads(parser.parse_args().config.read_text(encoding="utf-8"))
        hub = make_hub(config)
        bound = listening(config.get("host", "127.0.0.1"), config.get("port", 0))
    except (OSError, ValueError, KeyError, SyncproofError) as error:
        sys.stderr.write(f"integration: {type(error).__name__}: {error}\n")
        sys.exit(2)
    serve(hub, build(hub, config), bound, config)


def make_hub(config: dict[str, Any]) -> Hub:
    """The hub of a configuration, connected through recording sessions."""
    recorder = make_recorder(config)

    def connect(name: str) -> Any:
        entry = config["systems"][name]
        credentials = {user: Credential(**secret) for user, secret in entry["credentials"].items()}
        session = RecordingSession(name, entry["base_url"], recorder, read_seconds=READ_SECONDS)
        return adapters.create(
            entry["adapter"],
            name=name,
            base_url=entry["base_url"],
            roles=tuple(entry["roles"]),
            session=session,
            credentials=credentials,
            options=entry.get("options") or {},
        )

    state = config.get("state") or ":memory:"
    if state != ":memory:" and not config.get("keep"):
        for suffix in ("", "-wal", "-shm"):
            Path(state + suffix).unlink(missing_ok=True)
    return Hub(config["systems"], connect, Store(state), config["sites"], config["owners"])


def make_recorder(config: dict[str, Any]) -> Recorder:
    """Records into the pack of the run, if there is one; no secret gets there."""
    redactor = Redactor()
    for user in config["users"]:
        redactor.register(user["name"], user["token"])
    for entry in config["systems"].values():
        for user, secret in entry["credentials"].items():
            for value in Credential(**secret).secrets:
                redactor.register(user, value)
    record = config.get("record")
    sink = Journal(Path(record["pack"]), record["worker"], redactor.clean) if record else None
    return SharedRecorder(sink, redactor)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two processes share the port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    bound.listen(128)
    return bound


def serve(hub: Hub, app: Any, bound: socket.socket, config: dict[str, Any]) -> None:
    """Serves until told to stop; one line of JSON on standard output says when it listens."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    if config.get("exit_with_stdin"):
        threading.Thread(target=_exit_with_stdin, daemon=True).start()
    hub.start()
    host, port = bound.getsockname()
    sys.stdout.write(json.dumps({"ready": True, "url": f"http://{host}:{port}"}) + "\n")
    sys.stdout.flush()
    server.run(sockets=[bound])
    hub.stop()


def _exit_with_stdin() -> None:
    """The parent is gone when its end of our standard input closes."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
