"""What every simulated system can do: identity, masters, audit trail, lots, events, test control."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from syncproof import capabilities, model
from syncproof.adapters.simulated.calls import Roles
from syncproof.adapters.simulated.control import ControlVerbs
from syncproof.model.values import Record
from syncproof.model.wire import plain
from syncproof.ports import Observation, Outcome
from syncproof.transport import RecordingSession

INTEGRATION = "integration"
"""The user that may deliver events."""
GRACE_SECONDS = 10.0
"""How much longer than a long poll may last its answer is waited for."""

FEATURES = frozenset(
    {
        "audit.old_new", "audit.reason", "audit.refused", "bulk", "change.linked", "contracts.stated", "identity.name",
        "effectivity.as_of", "effectivity.schedule",
        "effectivity.site", "holds.item", "holds.location", "holds.lot", "orders.follow_cutover",
        "revise_conversion", "staging",
    }
)  # fmt: skip


class Page(Record, frozen=True, kw_only=True):
    """A page of an outbox, and the cursor to go on with."""

    cursor: int
    events: list[dict[str, Any]]


class SimulatedBase(Roles, ControlVerbs):
    """Every simulated system, whatever its roles."""

    def __init__(
        self, name: str, session: RecordingSession, credentials: Mapping[str, Any], options: Mapping[str, Any]
    ) -> None:
        super().__init__(name, session, credentials, options)
        self.capabilities = self._declared()

    def _declared(self) -> frozenset[str]:
        ports = ("system", "synchronised", *sorted(self._ports()))
        verbs = frozenset[str]().union(*map(capabilities.verbs, ports))
        return verbs | capabilities.domains(model.DOMAINS) | FEATURES | self._controls()

    # --- port System -------------------------------------------------------------------------------

    def identify(self) -> Observation[model.SystemIdentity]:
        answer = self._get("/identity")
        self._insist_ok(answer)
        return Observation(self._typed(answer, model.SystemIdentity), (answer.exchange,), self.name)

    def submit(self, *masters: model.AnyMaster, by: str, reason: str | None, bulk: bool = False) -> tuple[Outcome, ...]:
        return self._write_all("/masters", ({"data": plain(x)} for x in masters), by, reason, bulk)

    def masters(self, domain: str, id: str) -> Observation[tuple[model.MasterState, ...]]:
        kind = tuple[model.MasterState, ...]
        return self._read("/masters", "items", kind, absent=(), domain=domain, id=id)

    def effective(
        self, domain: str, id: str, site: str, at: datetime | None = None
    ) -> Observation[model.MasterState | None]:
        asked = {"domain": domain, "id": id, "site": site, "at": at.isoformat() if at else None}
        return self._read("/masters/effective", "item", model.MasterState | None, **asked)

    def audit_trail(self, domain: str, id: str) -> Observation[tuple[model.AuditEvent, ...]]:
        kind = tuple[model.AuditEvent, ...]
        return self._read("/audit", "items", kind, absent=(), domain=domain, id=id)

    def lot(self, id: str) -> Observation[model.MaterialLot | None]:
        return self._read("/lots", "item", model.MaterialLot | None, id=id)

    # --- port Synchronised -------------------------------------------------------------------------

    def deliver(self, *events: dict[str, Any]) -> tuple[Outcome, ...]:
        return self._outcomes(self._post("/inbox", list(events), INTEGRATION), len(events))

    def receipts(self, subject: str) -> Observation[tuple[model.SyncReceipt, ...]]:
        kind = tuple[model.SyncReceipt, ...]
        return self._read("/receipts", "items", kind, absent=(), subject=subject)

    def published(self, after: int = 0) -> Observation[tuple[dict[str, Any], ...]]:
        events: list[dict[str, Any]] = []
        exchanges: list[str] = []
        while True:  # an outbox answers in pages; the last one is empty
            exchange, page = self._page(after, 0)
            exchanges.append(exchange)
            events += page.events
            if not page.events or page.cursor <= after:
                return Observation(tuple(events), tuple(exchanges), self.name)
            after = page.cursor

    def await_published(self, after: int, seconds: float) -> tuple[int, list[dict[str, Any]]]:
        """The next cursor and the events since one; waits for some, at most so many seconds."""
        _, page = self._page(after, seconds)
        return page.cursor, page.events

    def _page(self, after: int, seconds: float) -> tuple[str, Page]:
        asked = {"after": after, "wait": seconds or None}
        answer = self._get("/outbox", params=asked, read_seconds=seconds + GRACE_SECONDS)
        self._insist_ok(answer)
        return answer.exchange, self._typed(answer, Page)
