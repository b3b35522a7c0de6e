"""What the author of an adapter tells the tests, and what the tests make of it."""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from syncproof.evidence.canonical import sha256
from syncproof.ports import Observation, Outcome
from syncproof.transport import Recorder, RecordingSession

USERS = {
    "author": "engineer",
    "planner": "planner",
    "operator": "operator",
    "warehouse": "warehouse",
    "inspector": "inspector",
    "approver": "qa",
    "releaser": "release",
    "reader": "viewer",
}
"""Who does what, where the subject does not say otherwise (the users of the reference landscape)."""

Result = Observation[Any] | Outcome


@dataclass(frozen=True, kw_only=True)
class Subject:
    """An adapter and its system.

    ``connect`` makes the adapter for a session; it is called with sessions to other addresses as well.
    ``owns`` are the domains that the system is the system of record of; ``owners`` names that of others,
    as events from there do. ``users`` replaces names of :data:`USERS`; ``site`` is a site that it serves.
    """

    name: str
    base_url: str
    connect: Callable[[RecordingSession], Any]
    roles: tuple[str, ...] = ()
    owns: frozenset[str] = frozenset()
    owners: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    site: str = "EAST"

    def user(self, work: str) -> str:
        """The user who does a kind of work."""
        return self.users.get(work, USERS[work])


class Tape:
    """A record in memory."""

    worker = "conformance"
    recording = True
    pack: Path | None = None
    scenario: str | None = None
    step: int | None = None

    def __init__(self) -> None:
        self.exchanges: dict[str, dict[str, Any]] = {}
        self.bodies: dict[str, bytes] = {}

    def append(self, type_: str, fields: dict[str, Any]) -> None:
        """Keeps an exchange by its id."""
        if type_ == "exchange":
            self.exchanges[fields["id"]] = fields

    def keep_body(self, body: bytes) -> str | None:
        """Keeps a body by its hash."""
        if not body:
            return None
        name = sha256(body)
        self.bodies[name] = body
        return name

    def sync(self) -> None:
        """Nothing to sync."""

    def close(self) -> None:
        """Nothing to close."""

    def said(self, exchange: str) -> str | None:
        """The text of a response (that of a JSON body without its escapes); None if there was none."""
        response = self.exchanges[exchange]["response"]
        if response is None:
            return None
        body = self.bodies.get(response["body_sha"] or "", b"").decode("utf-8", "replace")
        try:
            return " ".join(_texts(json.loads(body)))
        except ValueError:
            return body


def _texts(value: Any) -> list[str]:
    """Every text in a JSON value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for member in value.items() for part in member for text in _texts(part)]
    if isinstance(value, list):
        return [text for member in value for text in _texts(member)]
    return []


class Bench:
    """A connected adapter, with a record of what it says and hears."""

    def __init__(self, subject: Subject, base_url: str | None = None) -> None:
        self.subject = subject
        self.tape = Tape()
        self.recorder = Recorder(self.tape)
        url = base_url or subject.base_url
        self.session = RecordingSession(subject.name, url, self.recorder, read_seconds=10.0)
        self.system = subject.connect(self.session)

    @property
    def ports(self) -> tuple[str, ...]:
        """Names of the ports that the adapter must have."""
        return ("system", *self.subject.roles)

    def declares(self, *capabilities: str) -> bool:
        """Whether the adapter declares all of these."""
        return all(capability in self.system.capabilities for capability in capabilities)

    def needs(self, *capabilities: str) -> None:
        """Skips a test of what the adapter does not declare."""
        missing = sorted(set(capabilities) - self.system.capabilities)
        if missing:
            pytest.skip(f"{self.subject.name} does not declare {', '.join(missing)}")

    def declared(self, verbs: Iterable[str]) -> list[str]:
        """Those of ``verbs`` that the adapter declares; a test of none of them is skipped, not passed."""
        found = [verb for verb in verbs if verb in self.system.capabilities]
        if not found:
            pytest.skip(f"{self.subject.name} declares none of these verbs")
        return found

    def key(self, prefix: str = "CONF") -> str:
        """A fresh identifier that any system should take."""
        return f"{prefix}{secrets.token_hex(5).upper()}"


def parted(base_url: str, origin: str) -> str:
    """The path of an address at another origin."""
    return origin + urlsplit(base_url).path


def expect(holds: object, text: str) -> None:
    """Fails the test with a sentence for the author of the adapter."""
    if not holds:
        pytest.fail(text, pytrace=False)
