"""What happened on the shop floor."""

from datetime import datetime
from typing import Literal

from syncproof.model.values import MasterRef, Quantity, Record


class JobOrder(Record, frozen=True, kw_only=True):
    """One operation of one order as the execution system would dispatch it."""

    order_id: str
    op_no: str
    name: str
    status: Literal["Waiting", "Ready", "Running", "Completed", "Held"]
    step_definition: str
    equipment_class: str
    routing_revision: str
    evidence: tuple[str, ...] = ()


class MaterialActual(Record, frozen=True, kw_only=True):
    """Material that was consumed or produced; ``use`` follows B2MML MaterialUse."""

    order_id: str
    item: str
    lot: str
    quantity: Quantity
    use: Literal["Consumed", "Produced", "Scrap"]
    op_no: str | None = None
    at: datetime | None = None
    by: str | None = None
    explanation: str | None = None


class OperationRun(Record, frozen=True, kw_only=True):
    """One executed operation with the equipment and label version that it used."""

    op_no: str
    equipment: str | None
    started_at: datetime
    completed_at: datetime | None = None
    by: str | None = None
    label: MasterRef | None = None
    evidence: dict[str, str] = {}


class BatchRecord(Record, frozen=True, kw_only=True):
    """What drove a batch and what it used. ``revision_set`` is fixed when the batch starts."""

    order_id: str
    item: str
    site: str
    revision_set: frozenset[MasterRef]
    started_at: datetime
    variant: str | None = None
    operations: tuple[OperationRun, ...] = ()
    materials: tuple[MaterialActual, ...] = ()
    changes: dict[str, str] = {}


class Genealogy(Record, frozen=True, kw_only=True):
    """Lots that went into (``inputs``) or came out of (``outputs``) one lot, over all levels."""

    lot: str
    inputs: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()
