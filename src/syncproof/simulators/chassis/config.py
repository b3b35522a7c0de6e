"""The configuration of one system: where it listens, its sites, users, owners and peers."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from syncproof.simulators.chassis.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class User:
    """A user with the roles that hold until a security master says otherwise."""

    name: str
    token: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Config:
    """``sites`` maps a site to its zone; ``owns`` are the domains this system is the system of record
    of; ``owners`` maps every domain to its owner; ``peers`` maps a system to its URL."""

    system: str
    time_zone: str
    sites: dict[str, str]
    host: str = "127.0.0.1"
    port: int = 0
    state: str = ":memory:"
    keep: bool = False
    owns: frozenset[str] = frozenset()
    owners: dict[str, str] = field(default_factory=dict)
    users: tuple[User, ...] = ()
    control_token: str | None = None
    peers: dict[str, str] = field(default_factory=dict)
    exit_with_stdin: bool = False

    def zone(self, site: str) -> ZoneInfo:
        """The time zone of a site."""
        return ZoneInfo(self.sites[site])


KEYS = frozenset(Config.__dataclass_fields__)


def read_config(path: Path) -> Config:
    """The configuration in a JSON file; ConfigError says what is wrong with it."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    return make_config(document)


def make_config(document: dict[str, Any]) -> Config:
    """A configuration from its JSON form."""
    unknown = sorted(document.keys() - KEYS)
    if unknown:
        raise ConfigError(f"unknown keys {', '.join(unknown)}; valid: {', '.join(sorted(KEYS))}")
    try:
        users = tuple(
            User(name=u["name"], token=u["token"], roles=tuple(u.get("roles", ()))) for u in document.get("users", ())
        )
        values = {**document, "users": users, "owns": frozenset(document.get("owns", ()))}
        config = Config(**values)
        for site in config.sites:
            config.zone(site)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigError(f"unusable configuration: {error!r}") from error
    if not config.sites:
        raise ConfigError('"sites" is empty; valid: {"EAST": "Europe/Berlin"}')
    return config
