"""The configuration of the integration: a JSON file, checked before anything is started."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError
from syncproof.patience import CONNECT_SECONDS, READ_SECONDS


class Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the parts of a configuration."""


class Secret(Frozen, frozen=True):
    """What is shown to a system: a token, or a login name and a password."""

    token: str | None = None
    user: str | None = None
    password: str | None = None

    def credential(self) -> Credential:
        """The same as an adapter takes it."""
        return Credential(token=self.token, user=self.user, password=self.password)


class Target(Frozen, frozen=True):
    """A system to connect."""

    adapter: str
    base_url: str
    roles: tuple[str, ...] = ()
    credentials: dict[str, Secret] = {}
    options: dict[str, Any] = {}
    verify: bool | str = True
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS


class User(Frozen, frozen=True):
    """Somebody who may ask the integration."""

    name: str
    token: str
    roles: tuple[str, ...] = ()


class Record(Frozen, frozen=True):
    """The pack that the exchanges are written into, and the name of the journal."""

    pack: str
    worker: str


class Config(Frozen, frozen=True):
    """``owners`` maps a domain to its system of record. ``state`` is a file that an earlier process may
    have left: work goes on from there unless ``keep`` is false. Without ``control_token`` there is no
    control plane."""

    systems: dict[str, Target]
    sites: dict[str, str]
    owners: dict[str, str]
    users: tuple[User, ...] = ()
    system: str = "integration"
    host: str = "127.0.0.1"
    port: int = 0
    state: str = ":memory:"
    keep: bool = True
    time_zone: str = "UTC"
    control_token: str | None = None
    exit_with_stdin: bool = False
    record: Record | None = None


def read_config(path: Path) -> Config:
    """The configuration in a file; ConfigurationError says what is wrong with it, and where."""
    try:
        return checked(msgspec.json.decode(path.read_bytes(), type=Config))
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise ConfigurationError(f"{path}: {error}") from None


def checked(config: Config) -> Config:
    """The configuration, if its zones are zones and its owners systems of it."""
    for site, zone in config.sites.items():
        try:
            ZoneInfo(zone)
        except (KeyError, OSError, ValueError):
            raise ConfigurationError(f"sites.{site}: {zone!r} is no time zone; valid: Europe/Berlin") from None
    if not config.sites:
        raise ConfigurationError('sites is empty; valid: {"EAST": "Europe/Berlin"}')
    for domain, owner in config.owners.items():
        if owner not in config.systems:
            valid = ", ".join(sorted(config.systems))
            raise ConfigurationError(f"owners.{domain}: there is no system {owner!r}; valid: {valid}")
    return config
