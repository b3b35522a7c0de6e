"""The part of port Execution that Tryton has: works, consumption, output, genealogy."""

from typing import Literal

from syncproof import model as m
from syncproof.adapters.tryton import consumption, genealogy, orders, works
from syncproof.adapters.tryton.planning import OrderVerbs
from syncproof.ports import Observation, Outcome


class ExecutionVerbs(OrderVerbs):
    """Tryton's shop floor: it records cycles of work and lots, not evidence or equipment."""

    def dispatch_list(self, order: str) -> Observation[tuple[m.JobOrder, ...]]:
        """The works of an order."""
        return self.look(lambda c: works.dispatch_list(c, order))

    def start_operation(
        self,
        order: str,
        op_no: str,
        *,
        equipment: str | None,
        by: str,
        reason: str | None,
        label: m.MasterRef | None = None,
    ) -> Outcome:
        """A cycle of work begins; equipment and label have no place in it."""
        return self.write(by, f"{order}/{op_no}", lambda c: works.start(c, order, op_no))

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
        """The running cycle ends; evidence and labels have no place in it."""
        return self.write(by, f"{order}/{op_no}", lambda c: works.complete(c, order, op_no))

    def consume(
        self, *actuals: m.MaterialActual, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        """Consumption of a lot for an order."""
        return self._issue(actuals, by)

    def report_output(self, actual: m.MaterialActual, *, by: str, reason: str | None) -> Outcome:
        """Output of an order, into stock as a lot."""
        return self.write(
            by, actual.lot, lambda c: consumption.produce(c, actual.order_id, actual.lot, actual.quantity)
        )

    def batch_record(self, order: str) -> Observation[m.BatchRecord | None]:
        """Not supported."""
        self.unsupported("execution.batch_record")

    def where_used(self, ref: m.MasterRef) -> Observation[frozenset[str]]:
        """Orders that ran under a revision of a bom or routing."""
        if ref.domain not in ("bom", "routing"):
            self.unsupported(f"master.{ref.domain}")
        return self.look(lambda c: orders.where_used(c, ref))

    def genealogy(self, lot: str) -> Observation[m.Genealogy]:
        """Tryton's lot traces, followed over all levels."""
        return self.look(lambda c: genealogy.genealogy(c, lot))

    def set_equipment_state(
        self, equipment: str, state: Literal["available", "down"], *, by: str, reason: str | None
    ) -> Outcome:
        """Not supported."""
        self.unsupported("execution.set_equipment_state")

    def scan(self, barcode: str, *, by: str) -> tuple[Outcome, m.Scan | None]:
        """Not supported."""
        self.unsupported("execution.scan")
