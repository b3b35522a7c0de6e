"""The warehouse system: lots, stock, allocations, movements and scans."""

from syncproof.simulators.chassis.system import System
from syncproof.simulators.wms.api import ROUTES
from syncproof.simulators.wms.rules import WmsRules

SYSTEM = System(
    name="wms",
    product="Syncproof reference WMS",
    rules=WmsRules(),
    routes=ROUTES,
    capabilities=frozenset(
        {
            "warehouse.receive_lots", "warehouse.order", "warehouse.requirements", "warehouse.allocate",
            "warehouse.issue", "warehouse.move", "warehouse.ship", "warehouse.dispose", "warehouse.stock",
            "warehouse.scan", "orders.follow_cutover",
        }
    ),
)  # fmt: skip
