"""The simulated quality system: holds and their release, results, samples, on-demand eligibility,
change control."""

from syncproof.simulators.chassis.system import System
from syncproof.simulators.qms.api import changes, exceptions, lots
from syncproof.simulators.qms.rules import QmsRules

CAPABILITIES = frozenset(
    f"quality.{verb}"
    for verb in (
        "set_disposition", "record_result", "take_sample", "eligibility_checks", "request_change", "approve",
        "promote", "review", "grant_emergency", "change",
    )
)  # fmt: skip

SYSTEM = System(
    name="qms",
    product="Syncproof reference QMS",
    rules=QmsRules(),
    routes=(*lots.ROUTES, *changes.ROUTES, *exceptions.ROUTES),
    capabilities=CAPABILITIES,
)
