"""The declaration of a system: its name, rules, routes and what it does with events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.routes import Route
from syncproof.simulators.chassis.rules import Rules

if TYPE_CHECKING:
    from syncproof.simulators.chassis.asgi import Response
    from syncproof.simulators.chassis.context import Context, Instance
    from syncproof.simulators.chassis.masters import Verdict

Handler = Callable[["Context", dict[str, Any]], "Verdict | None"]
"""Takes the data of an event; None means accepted."""

Control = Callable[["Instance", dict[str, Any]], "Response"]
"""An action of the control plane, with the body of its request."""

DOMAINS = (
    "material", "uom", "bom", "recipe", "routing", "equipment", "test_specification", "label", "identity",
    "security", "variant",
)  # fmt: skip
"""The domains of masters; every system holds all of them."""

COMMON_CAPABILITIES = frozenset(
    {
        "system.identify", "system.submit", "system.masters", "system.effective", "system.audit_trail",
        "system.lot", "synchronised.deliver", "synchronised.receipts", "synchronised.published",
        "audit.old_new", "audit.reason", "audit.refused", "bulk", "change.linked", "contracts.stated", "identity.name",
        "effectivity.as_of", "effectivity.schedule",
        "effectivity.site", "holds.item", "holds.location", "holds.lot", "orders.follow_cutover",
        "revise_conversion", "staging", "control.clock", "control.faults",
    }
) | {f"master.{domain}" for domain in DOMAINS}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class System:
    """One simulated system. ``events`` extends or replaces what is done with a kind of event;
    ``capabilities`` and ``controls`` (more of its control plane) come on top of the common ones."""

    name: str
    product: str
    rules: Rules = field(default_factory=Rules)
    routes: tuple[Route, ...] = ()
    events: Mapping[str, Handler] = field(default_factory=dict)
    capabilities: frozenset[str] = frozenset()
    controls: Mapping[tuple[str, str], Control] = field(default_factory=dict)
