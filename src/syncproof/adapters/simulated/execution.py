"""Verbs of the simulated MES."""

from typing import Any, ClassVar, Literal

from syncproof import model
from syncproof.adapters.simulated.orders import OrderReads, ScanReads
from syncproof.adapters.simulated.wire import actual as actual_body
from syncproof.model.wire import plain
from syncproof.ports import Observation, Outcome


class ExecutionVerbs(OrderReads, ScanReads):
    """Port Execution."""

    role: ClassVar[str] = "execution"

    def dispatch_list(self, order: str) -> Observation[tuple[model.JobOrder, ...]]:
        return self._read("/dispatch", "items", tuple[model.JobOrder, ...], absent=(), order=order)

    def start_operation(
        self,
        order: str,
        op_no: str,
        *,
        equipment: str | None,
        by: str,
        reason: str | None,
        label: model.MasterRef | None = None,
    ) -> Outcome:
        body: dict[str, Any] = {"order": order, "op_no": op_no, "equipment": equipment}
        return self._write("/operations/start", {**body, "label": plain(label)}, by, reason)

    def complete_operation(
        self,
        order: str,
        op_no: str,
        *,
        by: str,
        reason: str | None,
        evidence: dict[str, str] | None = None,
        labels: dict[str, int] | None = None,
    ) -> Outcome:
        body: dict[str, Any] = {"order": order, "op_no": op_no, "evidence": evidence or {}}
        if labels is not None:
            body["labels"] = labels
        return self._write("/operations/complete", body, by, reason)

    def consume(
        self, *actuals: model.MaterialActual, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        return self._write_all("/consumptions", map(actual_body, actuals), by, reason, bulk)

    def report_output(self, actual: model.MaterialActual, *, by: str, reason: str | None) -> Outcome:
        path = "/scraps" if actual.use == "Scrap" else "/outputs"
        return self._write(path, actual_body(actual), by, reason)

    def batch_record(self, order: str) -> Observation[model.BatchRecord | None]:
        return self._read("/batch-records", "item", model.BatchRecord | None, order=order)

    def where_used(self, ref: model.MasterRef) -> Observation[frozenset[str]]:
        asked = {"domain": ref.domain, "id": ref.id, "revision": ref.revision}
        return self._read("/where-used", "orders", frozenset[str], absent=frozenset(), **asked)

    def genealogy(self, lot: str) -> Observation[model.Genealogy]:
        return self._read("/genealogy", "item", model.Genealogy, lot=lot)

    def set_equipment_state(
        self, equipment: str, state: Literal["available", "down"], *, by: str, reason: str | None
    ) -> Outcome:
        return self._write("/equipment/state", {"equipment": equipment, "state": state}, by, reason)
