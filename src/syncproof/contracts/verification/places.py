"""Which system a Pact file is about, and who asks it."""

from collections.abc import Mapping
from typing import Any

from syncproof.contracts.pact.records import Interaction, Pact
from syncproof.errors import ConfigurationError
from syncproof.landscape.compose import Landscape
from syncproof.ports import ROLES

READERS = ("viewer", "integration")
"""Who reads, if nothing says who: the first of these that there are, else anybody."""
SAFE = ("GET", "HEAD", "OPTIONS")


def system_of(landscape: Landscape, pact: Pact, named: str | None) -> str:
    """The system that is verified: the one named, that of the provider's name, or the one that plays the role of that
    name. ConfigurationError if there is none."""
    systems = landscape.systems
    for name in (named, pact.provider):
        if name in systems:
            return str(name)
        if name in ROLES:
            return _by_role(landscape, str(name))
        if named is not None:
            break
    wanted = named or pact.provider
    raise ConfigurationError(
        f"{pact.file}: there is no system {wanted!r} in the landscape {landscape.definition.name}; "
        f"name one with --system: {', '.join(sorted(systems))}"
    )


def _by_role(landscape: Landscape, role: str) -> str:
    for name, entry in landscape.definition.systems.items():
        if role in entry.roles:
            return name
    raise ConfigurationError(f"no system of the landscape {landscape.definition.name} plays the role {role!r}")


def own(interaction: Interaction) -> Mapping[str, Any] | None:
    """What one of our own interactions is about (contract, operation, example); None for others'."""
    said = interaction.comments.get("syncproof") if isinstance(interaction.comments, dict) else None
    return said if isinstance(said, dict) and {"contract", "operation", "example"} <= said.keys() else None


def credentials(landscape: Landscape, system: str, user: str | None) -> dict[str, str]:
    """The header that a user shows at a system; ConfigurationError if the landscape has none for him."""
    if user is None:
        return {}
    known = landscape.running.credentials.get(system, {})
    if user not in known:
        there = ", ".join(sorted(known)) or "none"
        raise ConfigurationError(f"there is no credential for user {user!r} at {system}; there are: {there}")
    return known[user].headers()


def asker(landscape: Landscape, system: str, method: str, values: Mapping[str, Any], wanted: str | None) -> str | None:
    """Who asks: whom the state says, else the one named with the command, else a reader for what only reads."""
    if "user" in values:
        said = values["user"]
        return None if said is None else str(said)
    known = landscape.running.credentials.get(system, {})
    if wanted is not None or not known:
        return wanted
    preferred = READERS if method in SAFE else ()
    return next((user for user in (*preferred, *known) if user in known), None)
