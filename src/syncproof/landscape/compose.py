"""The composition root: from a landscape file to adapters that steps can speak to.

Nothing else in the engine makes adapters, sessions or credentials.
"""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Self, cast

from syncproof import adapters
from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError, NotSupported
from syncproof.landscape import replayed
from syncproof.landscape.definition import Definition, QuantityRule, SystemEntry
from syncproof.landscape.foreign import Progress, silent
from syncproof.landscape.launch import RunningLandscape, launch
from syncproof.landscape.read_only import ReadOnly
from syncproof.landscape.reading import load
from syncproof.landscape.secrets import control_token_of
from syncproof.ports import ROLES, Controllable, Integration, System
from syncproof.transport import Recorder, RecordingSession

CLOCK = "control.clock"


class Landscape:
    """The systems of a landscape as adapters. ``systems`` are those under test; the integration,
    which moves data between them, is apart."""

    def __init__(
        self,
        definition: Definition,
        systems: Mapping[str, System],
        integration: Integration | None,
        close: Callable[[], None],
        running: RunningLandscape,
        sessions: Mapping[str, RecordingSession],
    ) -> None:
        self.definition = definition
        self.running = running
        self.systems = dict(systems)
        self._integration = integration
        self._close = close
        self._sessions = dict(sessions)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def zones(self) -> dict[str, str]:
        """The time zone of every site."""
        return dict(self.definition.sites)

    @property
    def clock_offset_limit(self) -> float:
        """Seconds by which host clocks may differ."""
        return self.definition.clock_offset_limit

    @property
    def integration(self) -> Integration:
        """The integration; NotSupported if the landscape has none that can be asked."""
        if self._integration is None:
            raise NotSupported(f"landscape {self.definition.name}", "integration")
        return self._integration

    def by_role(self, role: str) -> Any:
        """The system that plays a role (its port is that of the role)."""
        if role not in ROLES:
            raise ConfigurationError(f"there is no role {role!r}; roles: {', '.join(sorted(ROLES))}")
        if role == "integration":
            return self.integration
        for name, entry in self.definition.systems.items():
            if role in entry.roles:
                return self.systems[name]
        raise NotSupported(f"landscape {self.definition.name}", role)

    def session(self, system: str) -> RecordingSession:
        """HTTP with a system apart from its adapter, for what others wrote; NotSupported if it has no address."""
        if system not in self._sessions:
            raise NotSupported(system, "http")
        return self._sessions[system].fork()

    def owner(self, domain: str) -> System:
        """The system of record of a domain; NotSupported if the landscape names none."""
        if domain not in self.definition.ownership:
            raise NotSupported(f"landscape {self.definition.name}", f"system of record of {domain}")
        return self.systems[self.definition.ownership[domain]]

    def takers(self, domain: str) -> dict[str, System]:
        """The systems that hold masters of a domain, its owner among them."""
        return {name: s for name, s in self.systems.items() if f"master.{domain}" in s.capabilities}

    def time_zone(self, system: str) -> str:
        """The zone that the file states for a system."""
        return self.definition.entries()[system].time_zone

    def sla(self, domain: str) -> float:
        """Seconds within which a domain must be in step."""
        return self.definition.within(domain)

    def tolerance(self, unit: str, item: str | None = None) -> Decimal:
        """How far a quantity may be off, in ``unit``; 0 where the file states none."""
        return self.quantity_rule(unit, item).tolerance

    def quantity_rule(self, unit: str, item: str | None = None) -> QuantityRule:
        """Tolerance and rounding of quantities of an item or unit in this landscape."""
        return self.definition.quantity_rule(unit, item)

    def set_clock(self, now: datetime | None) -> None:
        """Business time of every system whose clock can be set. NotSupported on a wall clock."""
        controllable = [each for each in self.everybody().values() if CLOCK in each.capabilities]
        if self.definition.clock == "wall" or not controllable:
            raise NotSupported(f"landscape {self.definition.name}", CLOCK)
        for system in controllable:
            cast("Controllable", system).set_clock(now)

    def close(self) -> None:
        """Gives connections back and stops what was started for this landscape."""
        self._close()

    def everybody(self) -> dict[str, System]:
        """Every system, and the integration if there is one, by name."""
        own = self.definition.integration
        also = {} if own is None or self._integration is None else {own.name: cast("System", self._integration)}
        return {**self.systems, **also}


def open_landscape(
    source: Definition | Path | str,
    recorder: Recorder | None = None,
    *,
    worker: str = "main",
    pack: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    progress: Progress = silent,
    running: RunningLandscape | None = None,
) -> Landscape:
    """Starts what the landscape wants started and makes its adapters; closing it stops both. What is ``running``
    already is used as it is, and left running.

    ``recorder`` records the harness's exchanges; ``pack`` is where the integration keeps its own. A recorder that
    plays a record back gets adapters that speak to nobody.
    """
    if running is not None:
        return compose(running, recorder or Recorder(), environment)
    definition = source if isinstance(source, Definition) else load(source, environment=environment)
    if recorder is not None and recorder.player is not None:
        nothing = replayed.running(definition, recorder.player.landscape)
        return compose(nothing, recorder, environment, close=nothing.close)
    running = launch(definition, worker=worker, pack=pack, environment=environment, progress=progress)
    try:
        return compose(running, recorder or Recorder(), environment, close=running.close)
    except BaseException:
        running.close()
        raise


def compose(
    running: RunningLandscape,
    recorder: Recorder,
    environment: Mapping[str, str] = os.environ,
    *,
    close: Callable[[], None] | None = None,
) -> Landscape:
    """Adapters for a running landscape. Every secret is made known to the redactor first."""
    definition = running.definition
    sessions: dict[str, RecordingSession] = {}
    made: dict[str, System] = {}
    for name, entry in definition.entries().items():
        control = _control(entry, running, environment)
        _register(recorder, running.credentials.get(name, {}), control)
        made[name] = _adapter(entry, running, recorder, sessions, control)
    integration = None if definition.integration is None else made.pop(definition.integration.name)

    def close_all() -> None:
        for session in sessions.values():
            session.close()
        if close is not None:
            close()

    return Landscape(definition, made, cast("Integration | None", integration), close_all, running, sessions)


def _control(entry: SystemEntry, running: RunningLandscape, environment: Mapping[str, str]) -> str | None:
    """The token of a system's control plane, if it has one; at replay, what stands for it."""
    if entry.start or (running.is_replayed and entry.control_token_env):
        return running.control_token
    return control_token_of(entry, environment)


def _register(recorder: Recorder, credentials: Mapping[str, Credential], control: str | None) -> None:
    for user, credential in credentials.items():
        for secret in credential.secrets:
            recorder.redactor.register(user, secret)
    if control:
        recorder.redactor.register("control", control)


def _adapter(
    entry: SystemEntry,
    running: RunningLandscape,
    recorder: Recorder,
    sessions: dict[str, RecordingSession],
    control: str | None,
) -> System:
    base_url = running.urls.get(entry.name) or entry.base_url or ""
    session = None
    if base_url:
        session = RecordingSession(
            entry.name,
            base_url,
            recorder,
            connect_seconds=entry.connect_seconds,
            read_seconds=entry.read_seconds,
            verify=entry.verify,
        )
        sessions[entry.name] = session
    system = adapters.create(
        entry.adapter,
        name=entry.name,
        base_url=base_url,
        roles=entry.roles,
        session=session,
        credentials=running.credentials.get(entry.name, {}),
        options=_options(entry, running.definition, control),
    )
    return cast("System", ReadOnly(system)) if running.definition.read_only else system


def _options(entry: SystemEntry, definition: Definition, control: str | None) -> dict[str, Any]:
    """What the file says for the adapter, and what every adapter may need to know."""
    return {
        **entry.options,
        "mappings": entry.mappings,
        "control_token": control,
        "sites": {site: definition.sites[site] for site in entry.sites or definition.sites},
        "time_zone": entry.time_zone,
        "users": tuple(definition.users),
        "keys": definition.keys,
    }
