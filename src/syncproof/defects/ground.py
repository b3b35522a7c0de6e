"""The landscape of one worker: every system with a switch for defects, reset between two of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import msgspec

from syncproof.defects.policies import INTEGRATION
from syncproof.defects.restart import restarted
from syncproof.defects.serve import PATH
from syncproof.errors import ConfigurationError
from syncproof.landscape.configs import SIMULATORS
from syncproof.landscape.definition import DEFAULT_SLA, REFERENCE, SIMULATED, Definition, SystemEntry
from syncproof.landscape.launch import RunningLandscape, launch

MODULE = "syncproof.defects.serve"
PATIENCE = 2.0
"""Seconds within which systems must agree here: a defect that keeps them from it must not take long to show."""
SECONDS = 30.0


def prepared(definition: Definition, defects: Path | None) -> Definition:
    """The landscape with a switch in every simulated system, and with short SLAs."""
    systems = {name: _switched(entry, defects) for name, entry in definition.systems.items()}
    integration = None if definition.integration is None else _switched(definition.integration, defects)
    slas = {domain: min(seconds, PATIENCE) for domain, seconds in {"default": DEFAULT_SLA, **definition.sla}.items()}
    return msgspec.structs.replace(definition, systems=systems, integration=integration, sla=slas)


def _switched(entry: SystemEntry, defects: Path | None) -> SystemEntry:
    if not entry.start or entry.adapter not in {SIMULATED, REFERENCE}:
        return entry
    own = [] if defects is None else ["--defects", str(defects)]
    return msgspec.structs.replace(entry, command=(MODULE, kind_of(entry), *own))


def kind_of(entry: SystemEntry) -> str:
    """Which system of ours plays this entry."""
    return SIMULATORS[entry.roles[0]] if entry.adapter == SIMULATED else INTEGRATION


class Ground:
    """The running landscape; started at first use, and again if one of its systems has ended."""

    def __init__(self, definition: Definition, worker: str) -> None:
        self._definition = definition
        self._worker = worker
        self._running: RunningLandscape | None = None
        self._names = {kind_of(e): name for name, e in definition.entries().items() if e.command}

    @property
    def running(self) -> RunningLandscape:
        """What runs."""
        if self._running is None:
            self._running = launch(self._definition, worker=self._worker)
        return self._running

    def fresh(self) -> None:
        """Everything as after a start: what is under way is let out first, so that none of it comes later."""
        started = self._running is not None
        if started and self._integration:
            self._ask(self._integration, "POST", "/control/faults", {"fault": "pause_delivery", "systems": None})
        for name in self._names.values() if started else ():
            if name != self._integration:
                self._ask(name, "POST", "/control/reset")
        if started and self._integration:
            self._ask(self._integration, "POST", "/control/reset")

    @property
    def _integration(self) -> str | None:
        return self._names.get(INTEGRATION)

    def varied(self, change: Callable[[Definition], Definition]) -> "Ground":
        """A ground of its own with another landscape; this one if nothing is changed. Whoever asks closes it."""
        changed = change(self._definition)
        if changed == self._definition:
            return self
        return Ground(changed, f"{self._worker}-varied")

    def restart(self, system: str) -> None:
        """Ends one system and starts it again with what it knew."""
        restarted(self.running, self._name(system))

    def turn_on(self, system: str, defect: str) -> None:
        """One defect acts from now on."""
        self._ask(self._name(system), "POST", PATH, {"id": defect})

    def turn_off(self, system: str) -> dict[str, Any]:
        """It acts no more; what it was seen to do."""
        return self._ask(self._name(system), "DELETE", PATH)

    def check(self) -> None:
        """LandscapeError if a system has ended by itself; the next use starts all anew."""
        if self._running is None:
            return
        try:
            self._running.check()
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Ends what runs."""
        if self._running is not None:
            self._running.close()
            self._running = None

    def _name(self, system: str) -> str:
        if system not in self._names:
            raise ConfigurationError(
                f"landscape {self._definition.name} starts no reference {system} to put a defect in"
            )
        return self._names[system]

    def _ask(self, name: str, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"X-Control-Token": self.running.control_token, "Content-Type": "application/json"}
        request = Request(  # noqa: S310  our own children, over HTTP
            f"{self.running.urls[name]}{path}", json.dumps(body or {}).encode(), headers, method=method
        )
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
        return told
