"""In production nothing is written: every verb that writes answers *not supported*."""

from typing import Any, NoReturn

from syncproof.errors import NotSupported
from syncproof.ports import System

WRITES = frozenset(
    {
        "submit", "deliver", "create_orders", "release_order", "close_order", "cancel_order",
        "switch_variant", "issue", "transfer", "start_operation", "complete_operation", "consume", "report_output",
        "set_equipment_state", "scan", "receive_lots", "allocate", "move", "ship", "dispose",
        "set_disposition", "record_result", "take_sample", "request_change", "approve", "promote", "review",
        "grant_emergency", "activate", "post", "set_clock", "inject", "clear_faults",
    }
)  # fmt: skip
"""Every verb of the ports that returns an outcome or controls a system; a test holds it against them."""
CONTROL = frozenset({"control.clock", "control.faults"})
WHY = 'production is read-only: writing needs writes = "allowed" in the landscape file and --allow-writes'


class ReadOnly:
    """A system of which only the reading verbs are passed on."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.name = system.name
        self.capabilities = frozenset(
            name for name in system.capabilities - CONTROL if name.partition(".")[2] not in WRITES
        )

    def __getattr__(self, verb: str) -> Any:
        """Called for what is not set above: a verb or an attribute of the system itself."""
        found = getattr(self._system, verb)
        return self._refusal(verb) if verb in WRITES else found

    def _refusal(self, verb: str) -> Any:
        def refuse(*_: object, **__: object) -> NoReturn:
            raise NotSupported(self.name, f"{verb} ({WHY})")

        return refuse
