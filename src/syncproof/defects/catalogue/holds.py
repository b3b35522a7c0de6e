"""Holds: which lots must not be used, and who knows it."""

from collections.abc import Callable
from typing import Any

from syncproof.defects.base import Defect

Json = dict[str, Any]
Original = Callable[..., Any]


class LocationForgotten(Defect):
    """A hold of a location does not count: what lies there is still available."""

    id = "HLD-01"
    citation = "msupply-foundation/open-msupply#5147"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "wms"
    policy = "hold_guard"

    def replacement(self, original: Original, ctx: Any, lot: Json) -> None:
        original(ctx, {**lot, "location": "nowhere"})
