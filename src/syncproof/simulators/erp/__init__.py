"""The planning system: orders, what they require, goods issues and confirmations."""

from syncproof.simulators.chassis.system import System
from syncproof.simulators.erp.api import ROUTES
from syncproof.simulators.erp.rules import ErpRules

SYSTEM = System(
    name="erp",
    product="Syncproof reference ERP",
    rules=ErpRules(),
    routes=ROUTES,
    capabilities=frozenset(
        {
            "planning.create_orders", "planning.release_order", "planning.close_order", "planning.cancel_order",
            "planning.switch_variant", "planning.order", "planning.requirements", "planning.issue",
            "planning.transfer", "planning.genealogy", "orders.seen",
        }
    ),
)  # fmt: skip
