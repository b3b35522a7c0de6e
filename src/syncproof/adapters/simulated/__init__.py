"""Adapter of the simulated reference systems: a plain translation of their HTTP API.

calls                 how calls are made and answers read
control               clock and faults
wire                  records as JSON
base                  ports System and Synchronised
orders                what several roles share
planning, execution,
warehouse, quality    the verbs of each role
"""

from collections.abc import Mapping
from typing import Any

from syncproof.adapters.simulated.base import SimulatedBase
from syncproof.adapters.simulated.execution import ExecutionVerbs
from syncproof.adapters.simulated.planning import PlanningVerbs
from syncproof.adapters.simulated.quality import QualityVerbs
from syncproof.adapters.simulated.warehouse import WarehouseVerbs
from syncproof.errors import ConfigurationError

ROLE_CLASSES: dict[str, type[SimulatedBase]] = {
    "planning": PlanningVerbs,
    "execution": ExecutionVerbs,
    "warehouse": WarehouseVerbs,
    "quality": QualityVerbs,
}


def create(
    *,
    name: str,
    base_url: str,  # noqa: ARG001  the session has it
    roles: tuple[str, ...],
    session: Any,
    credentials: Mapping[str, Any],
    options: Mapping[str, Any],
) -> SimulatedBase:
    """The adapter of one simulated system: the verbs of every role it plays, and no others."""
    for role in roles:
        if role not in ROLE_CLASSES:
            valid = ", ".join(ROLE_CLASSES)
            raise ConfigurationError(f"systems.{name}.roles: no simulated system plays {role!r}; valid: {valid}")
    bases = tuple(ROLE_CLASSES[role] for role in roles) or (SimulatedBase,)
    kind: type[SimulatedBase] = bases[0] if len(bases) == 1 else type("Simulated", bases, {})
    return kind(name, session, credentials, options)


__all__ = ["SimulatedBase", "create"]
