"""Names of what a system can do: one vocabulary for adapters, landscape files and the suite.

A capability is ``<port>.<verb>`` (``planning.requirements``), ``master.<domain>`` for a domain whose
masters the system holds, or a feature: something that no single verb stands for. An adapter declares
those it has; asking for another one raises :class:`~syncproof.errors.NotSupported` with its name.
"""

from collections.abc import Iterable
from typing import TypeVar

from syncproof import ports
from syncproof.errors import NotSupported
from syncproof.model import DOMAINS, MasterRef

S = TypeVar("S", bound=ports.System)

PORTS: dict[str, type] = {"system": ports.System, "synchronised": ports.Synchronised, **ports.ROLES}
"""Port names as capabilities spell them."""

FEATURES: dict[str, str] = {
    "audit.old_new": "the audit trail holds the values before and after a change",
    "audit.reason": "writes take a reason, which the audit trail keeps",
    "audit.refused": "refused writes are in the audit trail",
    "bulk": "verbs with a bulk path send many records in one call",
    "change.linked": "a revision and its audit events name the change and the approvals that released it",
    "identity.name": "the system says by what name it goes, so that another one at its address is found out",
    "contracts.stated": "the system says which versions of the contracts it speaks",
    "control.clock": "business time can be set",
    "control.faults": "faults can be injected",
    "effectivity.as_of": "the revision in effect at any instant can be asked for",
    "effectivity.schedule": "the system switches revisions by itself at their effective date",
    "effectivity.site": "a revision can be in effect at one site and not at another",
    "feed.activate": "the integration puts revisions into effect at the system (port Activatable)",
    "feed.changes": "the integration polls masters, orders and lots made there (port ChangeFeed)",
    "feed.post": "the integration posts lots, holds, orders and facts there (port Posting)",
    "holds.item": "all lots of an item can be held",
    "holds.location": "all lots of a location can be held",
    "holds.lot": "a lot can be held",
    "orders.follow_cutover": "an order that has not started follows the revision in effect",
    "orders.seen": "a change of an order can say on which version of it it rests, and is refused if that is outdated",
    "revise_conversion": "the conversion of a unit can change with a revision",
    "staging": "masters whose references are missing are kept aside until they are complete",
}
"""Features and what each means; ``effectivity`` names all three kinds of effective dates."""

GROUPS: dict[str, frozenset[str]] = {
    "effectivity": frozenset(name for name in FEATURES if name.startswith("effectivity.")),
}
"""Names that stand for several capabilities."""


def verbs(port: str) -> frozenset[str]:
    """The capability of every verb of one port."""
    declared = vars(PORTS[port])
    return frozenset(f"{port}.{name}" for name, kind in declared.items() if callable(kind) and name[0] != "_")


def domains(names: Iterable[str]) -> frozenset[str]:
    """The capability of holding the masters of each of these domains."""
    return frozenset(f"master.{name}" for name in names)


ALL: frozenset[str] = frozenset[str]().union(*map(verbs, PORTS), domains(DOMAINS), FEATURES)
"""Every capability there is."""


def having(system: S, *names: str) -> S:
    """The system, if it has all of these; raises :class:`~syncproof.errors.NotSupported` otherwise."""
    for name in names:
        if name not in system.capabilities:
            raise NotSupported(system.name, name)
    return system


def held(system: ports.System, refs: Iterable[MasterRef]) -> frozenset[MasterRef]:
    """Those of ``refs`` whose domain's masters the system holds."""
    return frozenset(ref for ref in refs if f"master.{ref.domain}" in system.capabilities)


def unknown(names: Iterable[str]) -> frozenset[str]:
    """Those of ``names`` that are no capability (a misspelling would pass for *not supported*)."""
    return frozenset(names) - ALL
