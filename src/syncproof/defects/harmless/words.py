"""Other words for states, which the landscape file maps to ours."""

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from syncproof.defects.harmless.areas import LOTS, WORK
from syncproof.defects.harmless.wire import Written, mapped

if TYPE_CHECKING:
    from syncproof.landscape.definition import Definition

LOTS_GERMAN = {"UnRestricted": "FREI", "Restricted": "GESPERRT"}
ORDERS_GERMAN = {
    "Created": "ERÖFFNET", "Released": "FREIGEGEBEN", "Running": "IN ARBEIT", "Completed": "RÜCKGEMELDET",
    "Closed": "ABGESCHLOSSEN", "Ready": "BEREIT", "Waiting": "WARTET",
}  # fmt: skip
OUTCOMES = {"accepted": "OK", "refused": "NOK", "staged": "PARKED"}


class OtherWords(Written):
    """A base: ``words`` (ours: theirs) stand in the answers of ``system`` and in the landscape file."""

    citation = "[systems.NAME.mappings] of the landscape file"
    requirements = LOTS
    also = ()
    kind = "status"
    words: ClassVar[dict[str, str]] = {}

    def landscape(self, definition: "Definition") -> "Definition":
        entry = definition.systems[self.system]
        known = msgspec.structs.replace(entry, mappings={**entry.mappings, self.kind: self.words})
        return msgspec.structs.replace(definition, systems={**definition.systems, self.system: known})

    def rewritten(self, path: str, answer: Any) -> Any:
        return mapped(answer, self._said)

    def _said(self, name: str, text: str) -> str:
        named = {"status": ("status", "disposition"), "code": ("code",)}[self.kind]
        return self.words.get(text, text) if name in named else text


class WarehouseInGerman(OtherWords):
    """The warehouse says of a lot that it is FREI or GESPERRT."""

    id = "OK-WRD-01"
    system = "wms"
    words = LOTS_GERMAN


class PlanningInGerman(OtherWords):
    """Planning says of an order that it is FREIGEGEBEN or IN ARBEIT, and of lots as the warehouse does."""

    id = "OK-WRD-02"
    system = "erp"
    requirements = WORK
    words = {**LOTS_GERMAN, **ORDERS_GERMAN}


class ExecutionInGerman(OtherWords):
    """Execution says of its operations that they are BEREIT or IN ARBEIT."""

    id = "OK-WRD-03"
    system = "mes"
    requirements = WORK
    words = {**LOTS_GERMAN, **ORDERS_GERMAN}
    paths = ("/dispatch", "/orders?", "/lots?", "/batch-records")


class OutcomesRenamed(OtherWords):
    """The warehouse answers OK, NOK and PARKED."""

    id = "OK-WRD-04"
    system = "wms"
    words = OUTCOMES
    paths = ("/allocations", "/issues", "/moves", "/shipments", "/disposals", "/lots")


class CodesRenumbered(OtherWords):
    """The warehouse numbers its reasons."""

    id = "OK-WRD-05"
    system = "wms"
    kind = "code"
    words = {"lot_restricted": "M7-022", "lot_expired": "M7-023", "insufficient": "M7-061", "forbidden": "S1-001"}
