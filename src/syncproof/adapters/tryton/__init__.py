"""Adapter of Tryton 8.2 as ERP, WMS, or both. Tryton is GPL software that runs as a separate server: it is
spoken to over HTTP and never imported.
"""

from collections.abc import Mapping
from typing import Any

from syncproof.adapters.tryton.abilities import CAPABILITIES
from syncproof.adapters.tryton.execution import ExecutionVerbs
from syncproof.adapters.tryton.planning import PlanningVerbs
from syncproof.adapters.tryton.posting import PostingVerbs
from syncproof.adapters.tryton.warehousing import WarehouseVerbs
from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError
from syncproof.transport import RecordingSession

ROLES: dict[str, type] = {
    "planning": PlanningVerbs,
    "execution": ExecutionVerbs,
    "warehouse": WarehouseVerbs,
}
"""Roles that Tryton can play, execution in part."""


def create(
    *,
    name: str,
    base_url: str,  # noqa: ARG001  the session has it
    roles: tuple[str, ...],
    session: RecordingSession,
    credentials: Mapping[str, Credential],
    options: Mapping[str, Any],
) -> PostingVerbs:
    """The adapter of one Tryton database (``base_url`` ends in its name)."""
    unfit = [role for role in roles if role not in ROLES]
    if unfit:
        text = f"systems.{name}.roles: Tryton cannot play {unfit[0]!r}. Valid: {', '.join(sorted(ROLES))}"
        raise ConfigurationError(text)
    kind = type("Tryton", (*(ROLES[role] for role in roles), PostingVerbs), {})
    adapter: PostingVerbs = kind(name, session, credentials, options)
    adapter.capabilities = adapter.capabilities & _of_roles(roles)
    return adapter


def _of_roles(roles: tuple[str, ...]) -> frozenset[str]:
    """Capabilities less the verbs of roles the system does not play."""
    others = frozenset(f"{role}." for role in ROLES if role not in roles)
    return frozenset(c for c in CAPABILITIES if not c.startswith(tuple(others)))


__all__ = ["ROLES", "create"]
