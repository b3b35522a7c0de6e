"""The configuration files of the processes that we start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.credentials import Credential
from syncproof.landscape.definition import SIMULATED, Definition, SystemEntry

SIMULATORS = {"planning": "erp", "execution": "mes", "warehouse": "wms", "quality": "qms"}
"""Which simulator plays a role."""
HOST = "127.0.0.1"
INTEGRATION_USER = "integration"
"""The user whose credentials the integration works with."""


@dataclass(frozen=True)
class Start:
    """One process to start, and what is known by then: addresses of those that run already."""

    definition: Definition
    entry: SystemEntry
    tokens: Mapping[str, str]
    control_token: str
    urls: Mapping[str, str]
    credentials: Mapping[str, Mapping[str, Credential]]

    def simulator(self, directory: Path) -> dict[str, Any]:
        """For ``python -m syncproof.simulators``."""
        ownership = self.definition.ownership
        return {
            **self._common(directory),
            "owns": [domain for domain, owner in ownership.items() if owner == self.entry.name],
            "peers": self._peers(),
        }

    def integration(self, directory: Path, worker: str, pack: Path | None) -> dict[str, Any]:
        """For ``python -m syncproof.integration``; its exchanges go into the same record."""
        record = None if pack is None else {"pack": str(pack), "worker": f"{self.entry.name}-{worker}"}
        systems = {name: self._target(entry) for name, entry in self.definition.systems.items()}
        return {**self._common(directory), "systems": systems, "record": record}

    def _common(self, directory: Path) -> dict[str, Any]:
        return {
            "system": self.entry.name,
            "host": HOST,
            "port": self.entry.port,
            "state": str(directory / f"{self.entry.name}.sqlite"),
            "time_zone": self.entry.time_zone,
            "sites": self.definition.sites,
            "owners": self.definition.ownership,
            "users": [
                {"name": user, "token": self.tokens[user], "roles": list(roles)}
                for user, roles in self.definition.users.items()
            ],
            "control_token": self.control_token,
            "exit_with_stdin": True,
        }

    def _peers(self) -> dict[str, str]:
        """The quality system, under the name by which the execution simulator knows it."""
        for name, entry in self.definition.systems.items():
            address = self.urls.get(name) or entry.base_url
            if "quality" in entry.roles and entry.adapter == SIMULATED and address:
                return {"qms": address}
        return {}

    def _target(self, entry: SystemEntry) -> dict[str, Any]:
        """A system as the integration is told of it."""
        credential = self.credentials.get(entry.name, {}).get(INTEGRATION_USER)
        return {
            "adapter": entry.adapter,
            "base_url": self.urls.get(entry.name) or entry.base_url,
            "roles": list(entry.roles),
            "verify": entry.verify,
            "connect_seconds": entry.connect_seconds,
            "read_seconds": entry.read_seconds,
            "credentials": {} if credential is None else {INTEGRATION_USER: _plain(credential)},
            "options": {**entry.options, "mappings": entry.mappings},
        }


def _plain(credential: Credential) -> dict[str, str]:
    pairs = {"token": credential.token, "user": credential.user, "password": credential.password}
    return {key: value for key, value in pairs.items() if value is not None}
