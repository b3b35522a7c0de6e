"""What a landscape file says, typed. Nothing here has been started or reached yet."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec

from syncproof.patience import CONNECT_SECONDS, READ_SECONDS

DEFAULT_SLA = 10.0
"""Seconds, where the file names neither the domain nor a default."""

SIMULATED, REFERENCE = "simulated", "reference"
STARTABLE = frozenset({SIMULATED, REFERENCE, "tryton"})
"""Adapters whose systems this package can start by itself."""

Rounding = Literal["up", "down", "half_up", "half_even"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all records of a landscape file."""


class SecretPlace(Frozen, frozen=True):
    """Where the credential of one user lies: in the environment or in a file, never in here."""

    token_env: str | None = None
    token_file: str | None = None
    user: str | None = None
    password_env: str | None = None
    password_file: str | None = None


class SystemEntry(Frozen, frozen=True):
    """One system: started by us (``start``) or found at ``base_url``. ``credentials`` are by user;
    ``*`` stands for every user that has no entry of its own. ``command`` is a module with its arguments that is
    started in place of the system's own; no file can name one."""

    name: str
    adapter: str
    time_zone: str = "UTC"
    roles: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    start: bool = False
    port: int = 0
    base_url: str | None = None
    control_token_env: str | None = None
    credentials: dict[str, SecretPlace] = {}
    verify: bool | str = True
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS
    options: dict[str, Any] = {}
    mappings: dict[str, dict[str, str]] = {}
    command: tuple[str, ...] = ()


class QuantityRule(Frozen, frozen=True):
    """How exact quantities of a unit or item are there: ``tolerance`` is absolute, in that unit."""

    tolerance: Decimal = Decimal(0)
    mode: Rounding | None = None
    increment: Decimal | None = None


class Quantities(Frozen, frozen=True):
    """Rules by unit and by item; the item's goes first."""

    units: dict[str, QuantityRule] = {}
    items: dict[str, QuantityRule] = {}


class KeyRule(Frozen, frozen=True):
    """What business keys of one entity must look like to be acceptable to the plant's systems."""

    max_length: int
    alphabet: str


class Definition(Frozen, frozen=True):
    """A whole landscape file. ``read_only`` is True in production unless file and command both
    allow writes; ``clock_offset_limit`` is in seconds of host time."""

    path: Path
    name: str
    environment: Literal["validation", "test", "production"]
    clock: Literal["controllable", "wall"]
    sites: dict[str, str]
    users: dict[str, tuple[str, ...]]
    systems: dict[str, SystemEntry]
    ownership: dict[str, str]
    integration: SystemEntry | None = None
    clock_offset_limit: float = 2.0
    read_only: bool = False
    sla: dict[str, float] = {}
    quantities: Quantities = Quantities()
    keys: dict[str, KeyRule] = {}

    def within(self, domain: str) -> float:
        """Seconds within which a domain must be in step."""
        return self.sla.get(domain, self.sla.get("default", DEFAULT_SLA))

    def quantity_rule(self, unit: str, item: str | None = None) -> QuantityRule:
        """The rule of the item, else of the unit, else exactness."""
        by_unit = self.quantities.units.get(unit, QuantityRule())
        return by_unit if item is None else self.quantities.items.get(item, by_unit)

    def entries(self) -> dict[str, SystemEntry]:
        """All systems and the integration, by name."""
        own = {} if self.integration is None else {self.integration.name: self.integration}
        return {**self.systems, **own}
