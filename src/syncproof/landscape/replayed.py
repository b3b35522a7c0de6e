"""A landscape in which nothing runs: the addresses and users of a record, placeholders for its secrets."""

from typing import Any

from syncproof.credentials import Credential
from syncproof.landscape.definition import Definition
from syncproof.landscape.launch import RunningLandscape
from syncproof.landscape.runtime import RuntimeFolder
from syncproof.transport.redaction import placeholder

OPENED = "landscape_opened"
"""Type of the event in which a run says what its systems could be reached under, and by whom."""


def facts(running: RunningLandscape) -> dict[str, Any]:
    """What replay has to know of a landscape that runs; no secret."""
    entries = running.definition.entries()
    return {
        "urls": {name: running.urls.get(name) or entry.base_url for name, entry in entries.items()},
        "users": {
            system: {
                user: {"login": one.user, "by": "token" if one.token else "password"} for user, one in users.items()
            }
            for system, users in running.credentials.items()
        },
    }


def running(definition: Definition, said: dict[str, Any]) -> RunningLandscape:
    """The landscape that such facts tell of."""
    credentials = {
        system: {user: _credential(user, one) for user, one in users.items()} for system, users in said["users"].items()
    }
    urls = {name: url for name, url in said["urls"].items() if url}
    tokens = {user: placeholder(user) for user in definition.users}
    return RunningLandscape(
        definition, RuntimeFolder(), tokens, placeholder("control"), credentials, urls, is_replayed=True
    )


def _credential(user: str, said: dict[str, Any]) -> Credential:
    stand_in = placeholder(user)
    if said["by"] == "token":
        return Credential(token=stand_in, user=said["login"])
    return Credential(user=said["login"], password=stand_in)
