"""Connects the systems of a configuration through recording sessions: what the integration says and
hears is part of the record of the run."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from syncproof import adapters
from syncproof.evidence.journal import Journal, journal_path
from syncproof.integration.config import Config
from syncproof.transport import Received, Recorder, RecordingSession, Redactor, Sent


class SharedRecorder(Recorder):
    """One record for all threads of the process."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._lock = threading.Lock()

    def exchange(self, sent: Sent, received: Received | None, error: str | None, seconds: float) -> str:
        """Record one exchange and return its id."""
        with self._lock:
            return super().exchange(sent, received, error, seconds)


def recorder_of(config: Config) -> Recorder:
    """Records into the pack of the run, if there is one; no secret gets there."""
    redactor = Redactor()
    for user in config.users:
        redactor.register(user.name, user.token)
    for target in config.systems.values():
        for user_name, secret in target.credentials.items():
            for value in secret.credential().secrets:
                redactor.register(user_name, value)
    if config.control_token:
        redactor.register("control", config.control_token)
    if config.record is None:
        return SharedRecorder(None, redactor)
    pack = Path(config.record.pack)
    journal = Journal(pack, _free(pack, config.record.worker), redactor.clean)
    return SharedRecorder(journal, redactor)


def _free(pack: Path, worker: str) -> str:
    """A name for the journal: after a restart within a run another one goes on."""
    name, number = worker, 1
    while journal_path(pack / "record", name).exists():
        number += 1
        name = f"{worker}-{number}"
    return name


def connector(config: Config, recorder: Recorder) -> Callable[[str], Any]:
    """Makes adapters by name of the system, each with a session of its own."""

    def connect(name: str) -> Any:
        target = config.systems[name]
        session = RecordingSession(
            name,
            target.base_url,
            recorder,
            verify=target.verify,
            connect_seconds=target.connect_seconds,
            read_seconds=target.read_seconds,
        )
        return adapters.create(
            target.adapter,
            name=name,
            base_url=target.base_url,
            roles=target.roles,
            session=session,
            credentials={user: secret.credential() for user, secret in target.credentials.items()},
            options=target.options,
        )

    return connect
