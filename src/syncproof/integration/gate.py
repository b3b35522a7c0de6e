"""When a promoted change may be activated, and with which date (URS-SYN-003, URS-DEP-001)."""

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from syncproof.integration.store import Member, Store

Change = dict[str, Any]


class Gate:
    """Activates a change at every system, owner included, once all of them hold all members.

    ``takers`` says which systems take masters of a domain.
    """

    def __init__(
        self,
        store: Store,
        zones: dict[str, str],
        now: Callable[[], datetime],
        takers: Callable[[str], Iterable[str]],
        activate: Callable[[dict[str, Any], list[Member]], None],
    ) -> None:
        self._store = store
        self._zones = zones
        self._now = now
        self._takers = takers
        self._activate = activate

    def look(self) -> None:
        """Looks at every pending change; called whenever something was accepted or promoted."""
        for change in self._store.pending_changes():
            members = [(m["domain"], m["id"], m["revision"]) for m in change["members"]]
            missing = list(self._missing(members))
            if missing:
                self._store.explain(change["id"], missing)
                continue
            activation = self._activation(change, members)
            self._store.activated(change["id"], members)
            self._activate(event_of(activation, self._now()), members)

    def _missing(self, members: list[Member]) -> Iterable[str]:
        for member in members:
            domain, id, revision = member
            holders = self._store.holders(member)
            for system in self._takers(domain):
                if system not in holders:
                    yield f"{domain} {id} rev {revision} at {system}: {self._store.last_reason(system, member)}"

    def _activation(self, change: Change, members: list[Member]) -> dict[str, Any]:
        effectivity = change["effectivity"]
        is_late = max(self.starts(effectivity).values()) < self._now()
        if is_late and not self._store.is_initial(members):
            # Its date went by while it was waiting: history must not be rewritten.
            effectivity = {"instant": self._now().isoformat(), "local": None}
        return {
            "change_id": change["id"],
            "members": change["members"],
            "effectivity": effectivity,
            "approvals": change["approvals"],
        }

    def starts(self, effectivity: dict[str, Any]) -> dict[str, datetime]:
        """The instant of an effectivity by site."""
        if effectivity.get("instant"):
            instant = datetime.fromisoformat(effectivity["instant"])
            return dict.fromkeys(self._zones, instant)
        wall = datetime.fromisoformat(effectivity["local"])
        return {
            site: wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
            for site, zone in self._zones.items()
        }


def event_of(activation: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The CloudEvent of an activation."""
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": "urn:syncproof:integration",
        "type": "org.syncproof.activation.v1",
        "subject": f"activation/{activation['change_id']}",
        "time": now.isoformat(),
        "dataschema": "urn:syncproof:contract:activation:1.0.0",
        "datacontenttype": "application/json",
        "sequence": f"{1:012d}",
        "data": activation,
    }
