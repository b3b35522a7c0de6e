"""The roles a system can play, as small Protocols.

An adapter implements the roles its system has. It translates and never enforces, computes or
filters: what it returns is what the system answered, with the ids of the exchanges behind it.

Conventions of every verb
    ``by`` is the user (a key of ``[users]`` in the landscape file) whose credentials are used.
    ``bulk=True`` takes the system's path for many records at once instead of the single one.
    Writes return an :class:`Outcome`; reads return an :class:`Observation`.
    A verb that the system does not have raises :class:`~syncproof.errors.NotSupported`; the
    adapter's ``capabilities`` say so beforehand. No usable answer raises
    :class:`~syncproof.errors.SystemUnavailable` or :class:`~syncproof.errors.UnusableAnswer`. What
    cannot be said to the system raises :class:`~syncproof.errors.Untranslatable`: nobody refused it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, Protocol, TypeVar, runtime_checkable

from syncproof import model as m

T_co = TypeVar("T_co", covariant=True)

LISTENERS: "list[Callable[[Observation[Any]], None]]" = []
"""Called with every observation that is made in this process."""


@dataclass(frozen=True, slots=True)
class Observation(Generic[T_co]):
    """What a system answered to a read, and the recorded exchanges it was read from. ``version`` is what the
    system calls the state that was read (an ETag, a time stamp), to be given back with a write that rests on it."""

    value: T_co
    exchanges: tuple[str, ...]
    system: str
    version: str | None = None

    def __post_init__(self) -> None:
        """Whoever listens hears of every observation when it is made."""
        for hear in LISTENERS:
            hear(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a system answered to a write. ``reasons`` are the system's own words
    (``code: message``), never the adapter's."""

    status: Literal["accepted", "staged", "refused"]
    exchanges: tuple[str, ...]
    system: str
    reasons: tuple[str, ...] = ()
    key: str | None = None


@runtime_checkable
class System(Protocol):
    """What every system can do, whatever its roles."""

    name: str
    capabilities: frozenset[str]

    def identify(self) -> Observation[m.SystemIdentity]:
        """Who answers: product, version, zone, clocks, contract versions, capabilities."""

    def submit(self, *masters: m.AnyMaster, by: str, reason: str | None, bulk: bool = False) -> tuple[Outcome, ...]:
        """Offer masters as a user edits them here; one outcome per master."""

    def masters(self, domain: str, id: str) -> Observation[tuple[m.MasterState, ...]]:
        """Every revision of one master known here, staged ones included."""

    def effective(
        self, domain: str, id: str, site: str, at: datetime | None = None
    ) -> Observation[m.MasterState | None]:
        """The revision in effect at ``site`` at an instant (None: now), or None."""

    def audit_trail(self, domain: str, id: str) -> Observation[tuple[m.AuditEvent, ...]]:
        """The audit events of one object, oldest first."""

    def lot(self, id: str) -> Observation[m.MaterialLot | None]:
        """One lot with its effective disposition as known here."""


@runtime_checkable
class Synchronised(Protocol):
    """A system that takes masters as versioned events and keeps receipts."""

    def deliver(self, *events: dict[str, Any]) -> tuple[Outcome, ...]:
        """Offer CloudEvents as the integration does; one outcome per event."""

    def receipts(self, subject: str) -> Observation[tuple[m.SyncReceipt, ...]]:
        """The receipts of one subject (``bom/ID``), oldest first."""

    def published(self, after: int = 0) -> Observation[tuple[dict[str, Any], ...]]:
        """The CloudEvents this system has published since a cursor."""


@runtime_checkable
class Planning(Protocol):
    """ERP: orders and what they require."""

    def create_orders(
        self, *orders: m.ProductionOrder, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]: ...
    def release_order(self, order: str, *, by: str, reason: str | None) -> Outcome: ...
    def close_order(self, order: str, *, by: str, reason: str | None) -> Outcome: ...
    def cancel_order(self, order: str, *, by: str, reason: str | None) -> Outcome: ...
    def switch_variant(
        self, order: str, variant: str, *, by: str, reason: str | None, seen: str | None = None
    ) -> Outcome:
        """``seen``: the version of the order that the user has read; the system refuses if it has changed since."""

    def order(self, order: str) -> Observation[m.ProductionOrder | None]: ...
    def requirements(self, order: str) -> Observation[frozenset[m.Requirement]]: ...
    def issue(self, *actuals: m.MaterialActual, by: str, reason: str | None, bulk: bool = False) -> tuple[Outcome, ...]:
        """Goods issue: the consuming verb of planning."""

    def transfer(
        self, lot: str, to: str, quantity: m.Quantity, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome:
        """Transfer posting: the moving verb of planning."""

    def genealogy(self, lot: str) -> Observation[m.Genealogy]:
        """What went into a lot and what it went into, as far as planning was told."""


@runtime_checkable
class Execution(Protocol):
    """MES: dispatch, execute, record."""

    def order(self, order: str) -> Observation[m.ProductionOrder | None]: ...
    def dispatch_list(self, order: str) -> Observation[tuple[m.JobOrder, ...]]:
        """The operations of an order as they would be dispatched now."""

    def start_operation(
        self,
        order: str,
        op_no: str,
        *,
        equipment: str | None,
        by: str,
        reason: str | None,
        label: m.MasterRef | None = None,
    ) -> Outcome: ...
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
        """``labels`` reconciles a packaging operation: issued, used, destroyed, returned."""

    def consume(
        self, *actuals: m.MaterialActual, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]: ...
    def report_output(self, actual: m.MaterialActual, *, by: str, reason: str | None) -> Outcome: ...
    def requirements(self, order: str) -> Observation[frozenset[m.Requirement]]: ...
    def batch_record(self, order: str) -> Observation[m.BatchRecord | None]: ...
    def where_used(self, ref: m.MasterRef) -> Observation[frozenset[str]]:
        """The orders whose batch was driven by this revision."""

    def genealogy(self, lot: str) -> Observation[m.Genealogy]: ...
    def set_equipment_state(
        self, equipment: str, state: Literal["available", "down"], *, by: str, reason: str | None
    ) -> Outcome: ...
    def scan(self, barcode: str, *, by: str) -> tuple[Outcome, m.Scan | None]: ...


@runtime_checkable
class Warehouse(Protocol):
    """WMS: lots, stock and moves. ``issue`` and ``allocate`` are its consuming verbs, ``move`` and
    ``ship`` its moving ones; ``dispose`` and a move for inspection stay allowed under a hold."""

    def receive_lots(
        self, *lots: m.MaterialLot, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]: ...
    def order(self, order: str) -> Observation[m.ProductionOrder | None]: ...
    def requirements(self, order: str) -> Observation[frozenset[m.Requirement]]: ...
    def allocate(
        self, lot: str, order: str, quantity: m.Quantity, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome: ...
    def issue(
        self, *actuals: m.MaterialActual, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]: ...
    def move(
        self,
        lot: str,
        to: str,
        quantity: m.Quantity,
        *,
        by: str,
        reason: str | None,
        purpose: Literal["storage", "inspection"] = "storage",
        bulk: bool = False,
    ) -> Outcome: ...
    def ship(
        self,
        lot: str,
        quantity: m.Quantity,
        destination: str,
        *,
        by: str,
        reason: str | None,
        bulk: bool = False,
    ) -> Outcome: ...
    def dispose(self, lot: str, quantity: m.Quantity, *, by: str, reason: str | None) -> Outcome: ...
    def stock(self, lot: str) -> Observation[tuple[m.StockBalance, ...]]: ...
    def scan(self, barcode: str, *, by: str) -> tuple[Outcome, m.Scan | None]: ...


@runtime_checkable
class Quality(Protocol):
    """QMS: holds, dispositions, results, change control."""

    def set_disposition(self, *holds: m.Hold, by: str, bulk: bool = False) -> tuple[Outcome, ...]:
        """Restrict or release lots, locations or items; the release of a lot is gated by the
        effective test specification of its item."""

    def record_result(
        self, lot: str, characteristic: str, sample: int, value: str, *, by: str, reason: str | None
    ) -> Outcome: ...
    def take_sample(self, lot: str, quantity: m.Quantity, *, by: str, reason: str | None) -> Outcome: ...
    def eligibility_checks(self, lot: str) -> Observation[tuple[m.EligibilityCheck, ...]]: ...
    def request_change(self, change: m.ChangeRequest, *, by: str, reason: str | None) -> Outcome: ...
    def approve(self, change: str, *, role: str, meaning: str, by: str, reason: str | None) -> Outcome: ...
    def promote(self, change: str, *, by: str, reason: str | None) -> Outcome: ...
    def review(self, change: str, conclusion: str, *, by: str, reason: str | None) -> Outcome: ...
    def grant_emergency(self, authority: m.EmergencyAuthority, *, by: str, reason: str | None) -> Outcome: ...
    def change(self, change: str) -> Observation[m.ChangeRequest | None]: ...


@runtime_checkable
class Integration(Protocol):
    """Moves masters and facts from owner to consumers."""

    def drift(self, refs: Sequence[m.MasterRef]) -> Observation[frozenset[tuple[str, str]]]:
        """Compares the content of these masters at every consumer with the owner's; returns
        (system, text of the master ref) for each that differs or is missing."""

    def pending(self, change: str) -> Observation[tuple[str, ...]]:
        """Why a promoted change is not activated yet (empty: it is, or it is unknown)."""


Change = m.AnyMaster | m.ProductionOrder | m.MaterialLot
"""What a system without events is asked for."""


@runtime_checkable
class ChangeFeed(Protocol):
    """A system that publishes no events: the integration polls it for what was made or changed there."""

    def changes(self, cursor: str | None) -> tuple[str, tuple[Change, ...]]:
        """Masters, orders and received lots that the system holds and that were made or changed there
        since ``cursor`` (None: ever), and the next cursor. A record may come again; one that changed
        always comes."""


@runtime_checkable
class Activatable(Protocol):
    """A system without effective dates: the integration puts a revision into effect when its time has
    come."""

    def activate(self, ref: m.MasterRef) -> Outcome: ...


@runtime_checkable
class Posting(Protocol):
    """A system that takes no events: the integration posts what happened elsewhere."""

    def post(self, kind: str, data: dict[str, Any]) -> Outcome:
        """``kind`` and ``data`` as in the CloudEvents (``master``, ``order``, ``lot``,
        ``disposition``, ``fact``). A kind the system has no use for raises NotSupported, data that
        cannot be said to it Untranslatable, which names the field."""


@runtime_checkable
class Controllable(Protocol):
    """Test control of a system we started; never used to observe."""

    def set_clock(self, now: datetime | None) -> None:
        """Freeze business time at an instant; None returns to the host clock."""

    def inject(self, fault: str, **parameters: Any) -> None:
        """Start a fault (``unavailable``, ``pause_delivery``, ``tamper``, ...)."""

    def clear_faults(self) -> None: ...


ROLES: dict[str, type] = {
    "planning": Planning,
    "execution": Execution,
    "warehouse": Warehouse,
    "quality": Quality,
    "integration": Integration,
}
"""Role names of the landscape file and the port each stands for."""
