"""When a promoted change may be activated, and with which date (URS-SYN-003, URS-DEP-001)."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from syncproof.contracts import dialect
from syncproof.integration.changes import Change, Changes
from syncproof.integration.store import Member, Store

Activate = Callable[[dict[str, Any], list[Member], datetime], None]
"""Sends an activation event; with the members and the first site's instant."""


class Gate:
    """Activates a change at every system, owner included, once all of them hold all members.

    ``takers`` maps a domain to the systems that take its masters; ``keeps_staged`` are those that look
    again by themselves at what they keep in staging, ``troubles`` says what hinders a delivery.
    """

    def __init__(
        self,
        store: Store,
        changes: Changes,
        zones: Mapping[str, str],
        now: Callable[[], datetime],
        takers: Callable[[str], Iterable[str]],
        *,
        keeps_staged: frozenset[str],
        troubles: Callable[[str], str | None],
        activate: Activate,
    ) -> None:
        self._store = store
        self._changes = changes
        self._zones = {site: ZoneInfo(zone) for site, zone in zones.items()}
        self._now = now
        self._takers = takers
        self._keeps_staged = keeps_staged
        self._troubles = troubles
        self._activate = activate

    def look(self) -> None:
        """Looks at every pending change; called whenever something was accepted or promoted."""
        for change in self._changes.pending():
            try:
                self._look_at(change)
            except (KeyError, TypeError, ValueError) as error:  # a change that breaks its contract
                self._changes.explain(change["id"], [f"change {change['id']} cannot be read: {error!r}"])

    def _look_at(self, change: Change) -> None:
        members = [(str(m["domain"]), str(m["id"]), str(m["revision"])) for m in change["members"]]
        missing = [reason for member in members for reason in self._missing(member)]
        if missing:
            self._changes.explain(change["id"], missing)
            return
        with self._store.database.transaction():
            activation = self._activation(change, members)
            start = min(self.starts(activation["effectivity"]))
            self._changes.activated(change["id"], members)
            self._activate(event_of(activation, self._now()), members, start)

    def _missing(self, member: Member) -> Iterator[str]:
        """Where a member is not accepted yet, and why."""
        domain, id, revision = member
        name = f"{domain} {id} rev {revision}"
        takers = list(self._takers(domain))
        if not takers:
            yield f"{name}: no system takes masters of domain {domain}"
        for system in takers:
            standing = self._store.standing(system, member)
            if standing is None:
                yield f"{name} at {system}: not published by its owner yet"
            elif standing.status != "accepted":
                self._ask_again(system, member)
                yield f"{name} at {system}: {self._said(system, standing.status, standing.reasons)}"

    def _said(self, system: str, status: str, reasons: tuple[str, ...]) -> str:
        if status == "open":
            trouble = self._troubles(system)
            return f"not delivered yet ({trouble})" if trouble else "not delivered yet"
        return f"{status}: {'; '.join(reasons)}" if reasons else status

    def _ask_again(self, system: str, member: Member) -> None:
        """Offers a staged revision again when something was accepted there since: it may have been what
        was missing. A system that keeps nothing in staging refuses what it cannot take yet."""
        standing = self._store.standing(system, member)
        if standing is None or not standing.fresh:
            return
        if standing.status == "staged" or (standing.status == "rejected" and system not in self._keeps_staged):
            self._store.offer_again(system, standing.seq)

    def _activation(self, change: Change, members: list[Member]) -> dict[str, Any]:
        effectivity, now = change["effectivity"], self._now()
        if max(self.starts(effectivity)) < now and not self._changes.is_initial(members):
            # Its date went by while it was waiting: history must not be rewritten.
            effectivity = {"instant": now.isoformat()}
        return {
            "change_id": change["id"],
            "members": change["members"],
            "effectivity": effectivity,
            "approvals": change.get("approvals", []),
        }

    def starts(self, effectivity: Mapping[str, str | None]) -> list[datetime]:
        """The instant at which an effectivity comes, at each site (URS-DEP-001: in the site's own zone)."""
        instant, local = effectivity.get("instant"), effectivity.get("local")
        if instant:
            return [datetime.fromisoformat(instant)]
        if not local:
            raise ValueError(f"effectivity {dict(effectivity)!r} states neither instant nor local")
        wall = datetime.fromisoformat(local)
        return [wall.replace(tzinfo=zone, fold=0).astimezone(UTC) for zone in self._zones.values()]


def event_of(activation: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The CloudEvent of an activation: there is one of each change."""
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": "urn:syncproof:integration",
        "type": "org.syncproof.activation.v1",
        "subject": f"activation/{activation['change_id']}",
        "time": now.isoformat(),
        "dataschema": dialect("activation"),
        "datacontenttype": "application/json",
        "sequence": f"{1:012d}",
        "data": activation,
    }
