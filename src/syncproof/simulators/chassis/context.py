"""What a handler works with: the request's user, business time, state and rules of the system."""

import asyncio
import json
import sqlite3
from datetime import datetime
from typing import Any

from syncproof.simulators.chassis import clock, peers
from syncproof.simulators.chassis.config import Config
from syncproof.simulators.chassis.errors import ConfigError
from syncproof.simulators.chassis.outbox import Outbox
from syncproof.simulators.chassis.state import State
from syncproof.simulators.chassis.system import System

Json = dict[str, Any]
NOBODY = "unknown"
CALLER = "x-caller"
"""Header by which a system that shows the integration's token says which one it is."""


class Instance:
    """A system that runs: its declaration with configuration, state and clock."""

    def __init__(self, system: System, config: Config) -> None:
        self.system = system
        self.config = config
        self.clock = clock.Clock()
        self.state = _opened(config)
        self.outbox = Outbox(self.state)
        self.faults: dict[str, Json] = {}
        self.tokens = {user.token: user.name for user in config.users}
        self.first_roles = {user.name: frozenset(user.roles) for user in config.users}


def _opened(config: Config) -> State:
    try:
        return State(config.state, keep=config.keep)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(f"state {config.state!r} cannot be opened: {error}") from error


class Context:
    """One request. ``now`` is business time and stands still while the request is handled."""

    def __init__(self, instance: Instance, user: str = NOBODY, *, bulk: bool = False) -> None:
        self.instance = instance
        self.config = instance.config
        self.state = instance.state
        self.rules: Any = instance.system.rules
        self.user = user
        self.bulk = bulk
        self.reason: str | None = None
        self.consulted: Any = None
        self.unsettled = False
        self.now: datetime = self.rules.business_time(instance.clock.now())

    # time

    @property
    def at(self) -> str:
        """Business time as it goes on the wire."""
        return clock.wire(self.now)

    @property
    def site(self) -> str:
        """The site whose rules hold for what belongs to no site."""
        return next(iter(self.config.sites))

    # identity

    def key(self, entity: str, text: str) -> str:
        """The normal form of an identifier of an entity (``lot``, ``order``, a master's domain)."""
        key: str = self.rules.identity(text, self.identity_rule(entity))
        return key

    def identity_rule(self, entity: str) -> Json | None:
        """The identity rule in effect for an entity."""
        return self.effective("identity", entity, self.site)

    # masters

    def effective(self, domain: str, id: str, site: str, at: datetime | None = None) -> Json | None:
        """The master JSON in effect at a site (now, if no instant is given), or None."""
        state = self.effective_state(domain, id, site, at)
        return state["master"] if state else None

    def effective_state(self, domain: str, id: str, site: str, at: datetime | None = None) -> Json | None:
        """The same with status, hash, change and approvals (MasterState)."""
        state: Json | None = self.rules.effective(self, domain, id, site, at or self.now)
        return state

    # trail and events

    def audit(self, domain: str, id: str, action: str, **fields: Any) -> None:
        """An audit event of this request: ``field``, ``old``, ``new``, ``revision``, ``change_id``,
        and ``outcome``/``errors`` if it was refused."""
        event = {
            "domain": domain, "id": id, "action": action, "outcome": "accepted", "actor": self.user,
            "at": self.at, "reason": self.reason, "field": None, "old": None, "new": None,
            "revision": None, "change_id": None, "errors": [], **fields,
        }  # fmt: skip
        self.rules.audit(self, event)

    def emit(self, kind: str, subject: str, data: Json, contract: str | None = None) -> None:
        """Publishes an event of this system; pollers see it when the request is committed."""
        self.rules.publish(self, kind, subject, data, contract or kind)

    # another system

    async def call_peer(self, name: str, path: str, params: Json | None = None) -> Json:
        """What a peer answers to a GET; :class:`~peers.PeerUnavailable` if it gives no usable answer."""
        address = self.config.peers.get(name)
        if address is None:
            raise peers.PeerUnavailable(f"no address of {name!r} is configured")
        return await asyncio.to_thread(peers.get, address, path, params or {}, self.peer_headers)

    @property
    def peer_headers(self) -> dict[str, str]:
        """How this system shows itself to others: the integration's token, its own name as caller."""
        token = next((user.token for user in self.config.users if "integration" in user.roles), "")
        return {"Authorization": f"Bearer {token}", CALLER: self.config.system}


def decode(body: str) -> Any:
    """JSON text of the state as a value."""
    return json.loads(body)
