"""Starts the systems of a landscape that want to be started, and stops them without a trace.

The quality system comes first, because the execution system asks it about lots; the others come up
together; the integration comes last, because it speaks to all.
"""

import contextlib
import os
import secrets
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from syncproof.credentials import Credential
from syncproof.errors import LandscapeError
from syncproof.landscape.configs import SIMULATORS, Start
from syncproof.landscape.definition import REFERENCE, SIMULATED, Definition, SystemEntry
from syncproof.landscape.foreign import Foreign, Progress, silent, start_foreign
from syncproof.landscape.process import STOP_SECONDS, ChildProcess
from syncproof.landscape.runtime import RuntimeFolder, write_private
from syncproof.landscape.secrets import credentials_of

READY_SECONDS = 30.0
"""Within which a system must be ready; a fresh one takes well under a second on an idle machine."""


@dataclass
class RunningLandscape:
    """What was started: addresses, and tokens that exist only as long as it runs. ``credentials``
    are by system, then user, those of systems that run elsewhere included."""

    definition: Definition
    folder: RuntimeFolder
    tokens: dict[str, str]
    control_token: str
    credentials: dict[str, dict[str, Credential]]
    urls: dict[str, str] = field(default_factory=dict)
    children: list[ChildProcess] = field(default_factory=list)
    servers: list[Foreign] = field(default_factory=list)
    is_replayed: bool = False
    """Nothing runs: addresses and placeholders of secrets come from a record."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def token_file(self) -> Path:
        """Addresses and tokens as JSON, readable by this account only."""
        return self.directory / "tokens.json"

    @property
    def directory(self) -> Path:
        """Where configurations, states and logs lie while it runs."""
        return self.folder.path

    @property
    def pids(self) -> dict[str, int]:
        """The process id of every child, by system."""
        return {child.name: child.pid for child in self.children}

    def check(self) -> None:
        """LandscapeError if a system ended by itself; its last words are in the message."""
        for child in self.children:
            child.check()

    def close(self) -> None:
        """Stops everything, the integration first. Only logs stay, and only if a system had failed."""
        failed = any(child.failed for child in self.children)
        deadline = time.monotonic() + STOP_SECONDS
        for child in reversed(self.children):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.stop(deadline)
        for server in self.servers:
            server.stop()
        self.children.clear()
        self.servers.clear()
        self.folder.clean(keep_logs=failed)


def launch(
    definition: Definition,
    *,
    worker: str = "main",
    pack: Path | None = None,
    seconds: float = READY_SECONDS,
    environment: Mapping[str, str] = os.environ,
    progress: Progress = silent,
) -> RunningLandscape:
    """Starts what the landscape wants started; nothing is left running if anything fails.

    ``worker`` and ``pack`` say into which record the integration writes its exchanges; ``seconds``
    of host time are the deadline of each stage; ``progress`` hears of what takes long. Raises
    LandscapeError if a system does not come up, MissingSecret if a credential is not there.
    """
    running = _prepared(definition, environment)
    try:
        for stage in _stages(definition):
            _start(running, stage, worker, pack, seconds, progress)
        write_private(running.token_file, _tokens(running))
    except BaseException:
        running.close()
        raise
    return running


def _prepared(definition: Definition, environment: Mapping[str, str]) -> RunningLandscape:
    """Tokens for what is started, credentials of what runs elsewhere."""
    folder, users = definition.path.parent, definition.users
    credentials = {
        name: credentials_of(entry, users, folder, environment)
        for name, entry in definition.entries().items()
        if not entry.start
    }
    tokens = {user: secrets.token_urlsafe(24) for user in users}
    return RunningLandscape(definition, RuntimeFolder(), tokens, secrets.token_urlsafe(24), credentials)


def _stages(definition: Definition) -> Iterator[list[SystemEntry]]:
    """The systems to start, in the order in which they can."""
    wanted = [entry for entry in definition.systems.values() if entry.start]
    yield [entry for entry in wanted if "quality" in entry.roles]
    yield [entry for entry in wanted if "quality" not in entry.roles]
    if definition.integration is not None and definition.integration.start:
        yield [definition.integration]


def _start(
    running: RunningLandscape,
    stage: Sequence[SystemEntry],
    worker: str,
    pack: Path | None,
    seconds: float,
    progress: Progress,
) -> None:
    """One stage: all of its processes come up side by side."""
    deadline = time.monotonic() + seconds
    ours = [entry for entry in stage if entry.adapter in {SIMULATED, REFERENCE}]
    for entry in ours:
        running.children.append(_child(running, entry, worker, pack))
    for entry in stage:
        if entry not in ours:
            server = start_foreign(entry, running.definition, running.directory, progress)
            running.servers.append(server)
            running.urls[entry.name], running.credentials[entry.name] = server.base_url, server.credentials
    for child in running.children[-len(ours) :] if ours else ():
        running.urls[child.name] = child.wait_ready(deadline - time.monotonic())
        running.credentials[child.name] = {user: Credential(token=t) for user, t in running.tokens.items()}


def _child(running: RunningLandscape, entry: SystemEntry, worker: str, pack: Path | None) -> ChildProcess:
    if entry.port:
        _check_free(entry)
    start = Start(running.definition, entry, running.tokens, running.control_token, running.urls, running.credentials)
    directory = running.directory
    simulated = entry.adapter == SIMULATED
    config = directory / f"{entry.name}.json"
    write_private(config, start.simulator(directory) if simulated else start.integration(directory, worker, pack))
    command = ["-m", *(entry.command or own_command(entry)), "--config", str(config)]
    return ChildProcess(entry.name, command, directory / f"{entry.name}.log")


def own_command(entry: SystemEntry) -> tuple[str, ...]:
    """The module that serves a system of ours, with its arguments."""
    if entry.adapter == SIMULATED:
        return ("syncproof.simulators", SIMULATORS[entry.roles[0]])
    return ("syncproof.integration",)


def _check_free(entry: SystemEntry) -> None:
    """A taken port is told before anything is started on it, with its number and a way out."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", entry.port))
        except OSError as error:
            raise LandscapeError(
                f"port {entry.port} of {entry.name} cannot be used ({error.strerror}): end what listens "
                f"there, give {entry.name} another port, or leave port out for a free one"
            ) from None


def _tokens(running: RunningLandscape) -> dict[str, Any]:
    return {"users": running.tokens, "control": running.control_token, "urls": running.urls}
