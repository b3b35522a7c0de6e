"""The reference execution system (MES): dispatches, executes and records batches."""

from syncproof.simulators.chassis.system import System
from syncproof.simulators.mes.api import ROUTES
from syncproof.simulators.mes.rules import MesRules

CAPABILITIES = frozenset(
    f"execution.{verb}"
    for verb in (
        "order", "dispatch_list", "start_operation", "complete_operation", "consume", "report_output",
        "requirements", "batch_record", "where_used", "genealogy", "set_equipment_state", "scan",
    )
)  # fmt: skip

SYSTEM = System(
    name="mes",
    product="Syncproof reference MES",
    rules=MesRules(),
    routes=ROUTES,
    capabilities=CAPABILITIES,
)
