"""A landscape in which nothing runs: the addresses and users of a record, placeholders for its secrets."""

from pathlib import Path
from typing import Any

from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError, LandscapeError, MissingSecret, SyncproofError
from syncproof.landscape.definition import Definition
from syncproof.landscape.launch import RunningLandscape
from syncproof.landscape.reading import load
from syncproof.landscape.runtime import RuntimeFolder
from syncproof.transport.redaction import Redactor, placeholder

OPENED = "landscape_opened"
"""Type of the event in which a run says what its systems could be reached under, and by whom; or why not."""
FAILURES = {kind.__name__: kind for kind in (ConfigurationError, LandscapeError, MissingSecret)}
"""Errors after which a scenario could not begin; all others are alike."""


def facts(running: RunningLandscape, redactor: Redactor) -> dict[str, Any]:
    """What replay has to know of a landscape that runs; no secret, but what stands for each in the record (users
    may share one)."""
    entries = running.definition.entries()
    return {
        "urls": {name: running.urls.get(name) or entry.base_url for name, entry in entries.items()},
        "users": {
            system: {user: _shown(one, redactor) for user, one in users.items()}
            for system, users in running.credentials.items()
        },
        "read_only": running.definition.read_only,
    }


def _shown(credential: Credential, redactor: Redactor) -> dict[str, Any]:
    kind = "token" if credential.token else "password"
    stand_in = redactor.text(credential.token or credential.password or "")
    return {"login": credential.user, "by": kind, "stand_in": stand_in}


def failure(error: Exception, text: str) -> dict[str, Any]:
    """Why a landscape could not be opened, for replay to fail in the same words."""
    return {"failure": {"kind": type(error).__name__, "text": text}}


def definition(file: Path, said: dict[str, Any]) -> Definition:
    """The landscape file as the run read it: writable or not, and without looking for secrets. Raises what the run
    failed with, LandscapeError if the record does not say how its landscape was opened."""
    if "failure" in said:
        raise FAILURES.get(said["failure"]["kind"], SyncproofError)(said["failure"]["text"])
    if "read_only" not in said:
        raise LandscapeError(f"the record holds no {OPENED!r}: it does not say how its systems were reached")
    return load(file, allow_writes=not said["read_only"])


def running(definition: Definition, said: dict[str, Any]) -> RunningLandscape:
    """The landscape that such facts tell of."""
    credentials = {
        system: {user: _credential(one) for user, one in users.items()} for system, users in said["users"].items()
    }
    urls = {name: url for name, url in said["urls"].items() if url}
    tokens = {user: placeholder(user) for user in definition.users}
    return RunningLandscape(
        definition, RuntimeFolder(), tokens, placeholder("control"), credentials, urls, is_replayed=True
    )


def _credential(said: dict[str, Any]) -> Credential:
    if said["by"] == "token":
        return Credential(token=said["stand_in"], user=said["login"])
    return Credential(user=said["login"], password=said["stand_in"])
