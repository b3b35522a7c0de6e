"""Host clocks that differ by less than the stated limit."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from syncproof.defects.harmless.areas import CLOCKS
from syncproof.defects.harmless.wire import Written

if TYPE_CHECKING:
    from syncproof.landscape.definition import Definition


class Offset(Written):
    """A base: the host clock of a system is off by ``seconds``."""

    citation = "clock_offset_limit of the landscape file"
    requirements = CLOCKS
    also = ()
    paths = ("/identity",)
    seconds = 0.0
    at_most = 12

    def rewritten(self, path: str, answer: Any) -> Any:
        off = datetime.fromisoformat(answer["host_now"]) + timedelta(seconds=self.seconds)
        return {**answer, "host_now": off.isoformat()}


class Ahead(Offset):
    """The clock of execution is ahead by most of what is allowed."""

    id = "OK-CLK-01"
    system = "mes"
    seconds = 1.0


class Behind(Offset):
    """The clock of the warehouse is behind by most of what is allowed."""

    id = "OK-CLK-02"
    system = "wms"
    seconds = -1.0


class FarWithinAWiderLimit(Offset):
    """A clock is off by twenty seconds where the landscape file allows thirty."""

    id = "OK-CLK-03"
    system = "qms"
    seconds = 20.0

    def landscape(self, definition: "Definition") -> "Definition":
        return msgspec.structs.replace(definition, clock_offset_limit=30.0)
