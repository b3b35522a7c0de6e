"""Real systems that we can start for a look and for tests: their adapter brings a server of its own."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError
from syncproof.landscape.definition import Definition, SystemEntry

LAUNCHERS = {"tryton": "syncproof.adapters.tryton.server"}
"""Adapter -> module with ``launch(name, *, users, sites, time_zone, directory, progress)``."""

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Nobody wants to hear of progress."""


class Started(Protocol):
    """What such a launcher returns."""

    base_url: str
    credentials: Mapping[str, tuple[str, str]]

    def stop(self) -> None: ...


class Foreign:
    """A started real system."""

    def __init__(self, started: Started) -> None:
        self._started = started
        self.base_url = started.base_url
        self.credentials = {
            user: Credential(user=login, password=password) for user, (login, password) in started.credentials.items()
        }

    def stop(self) -> None:
        """End it."""
        self._started.stop()


def start_foreign(entry: SystemEntry, definition: Definition, directory: Path, progress: Progress) -> Foreign:
    """Starts the server of an adapter; LandscapeError or ConfigurationError say why it cannot."""
    launcher: Any = import_module(_launcher(entry))
    folder = directory / entry.name
    folder.mkdir()
    started: Started = launcher.launch(
        entry.name,
        users=definition.users,
        sites=definition.sites,
        time_zone=entry.time_zone,
        directory=folder,
        progress=progress,
    )
    return Foreign(started)


def _launcher(entry: SystemEntry) -> str:
    if entry.adapter not in LAUNCHERS:
        raise ConfigurationError(f"Syncproof cannot start {entry.name} (adapter {entry.adapter!r})")
    return LAUNCHERS[entry.adapter]
