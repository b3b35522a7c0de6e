"""What a system says of itself."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import clock
from syncproof.simulators.chassis.system import COMMON_CAPABILITIES

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Instance

VERSION = "1.0.0"
"""Version of the reference systems' behaviour."""


def identify(instance: "Instance") -> dict[str, Any]:
    """SystemIdentity."""
    from syncproof.contracts import versions  # noqa: PLC0415  not needed to start

    config, system = instance.config, instance.system
    return {
        "system": config.system,
        "product": system.product,
        "version": VERSION,
        "time_zone": config.time_zone,
        "now": clock.wire(instance.clock.now()),
        "host_now": clock.wire(datetime.now(UTC)),
        "contracts": versions(),
        "capabilities": sorted(_capabilities(instance)),
    }


def _capabilities(instance: "Instance") -> frozenset[str]:
    """Without a control token there is no control plane."""
    held = COMMON_CAPABILITIES | instance.system.capabilities
    if instance.config.control_token:
        return held
    return frozenset(name for name in held if not name.startswith("control."))
