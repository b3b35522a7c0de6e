"""The masters that drive one order: pinned ones once its batch has started, else those in effect."""

from collections.abc import Callable

from syncproof.simulators.product.quantities import Json
from syncproof.simulators.product.structure import Lookup

Effective = Callable[[str, str, str | None], Json | None]
"""``effective(domain, id, at)``: the master in effect at the order's site at an instant (None: now)."""

Revision = Callable[[str, str, str], Json | None]
"""``revision(domain, id, revision)``: one revision whatever its effectivity."""


def lookup_for(order: Json, effective: Effective, revision: Revision) -> Lookup:
    """How the masters of an order are found. A started order (``pinned``) is driven by its
    ``revision_set``; what that does not name is taken as it was in effect at ``started_at``."""
    refs = order.get("revision_set", ()) if order.get("pinned") else ()
    pinned = {(ref["domain"], ref["id"]): ref["revision"] for ref in refs}
    at = order.get("started_at")
    found: dict[tuple[str, str], Json | None] = {}

    def lookup(domain: str, key: str) -> Json | None:
        name = domain, key
        if name not in found:
            fixed = pinned.get(name)
            found[name] = revision(domain, key, fixed) if fixed is not None else effective(domain, key, at)
        return found[name]

    return lookup
