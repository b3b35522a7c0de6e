"""Systems that are only memory, for the tests of the integration."""

import threading
from typing import Any

from syncproof import model as m
from syncproof.errors import NotSupported, SystemUnavailable, Untranslatable
from syncproof.integration.store import Event
from syncproof.model.wire import plain
from syncproof.ports import Observation, Outcome


def material(id: str, revision: str = "A", **fields: Any) -> m.MaterialDefinition:
    return m.MaterialDefinition(id=id, revision=revision, **{"description": "d", "base_unit": "KGM", **fields})


def event(kind: str, subject: str, data: Any, source: str = "erp", id: str | None = None) -> Event:
    body = data if isinstance(data, dict) else plain(data)
    return {
        "specversion": "1.0",
        "id": id or f"{source}-{subject}-{body.get('revision', '')}",
        "source": f"urn:syncproof:{source}",
        "type": f"org.syncproof.{kind}.v1",
        "subject": subject,
        "time": "2027-02-01T12:00:00+00:00",
        "sequence": f"{1:012d}",
        "data": body,
    }


def master_event(master: m.AnyMaster, source: str = "erp") -> Event:
    return event("master", f"{master.domain}/{master.id}", master, source)


def change(id: str, *members: m.AnyMaster, status: str = "promoted", **effectivity: str) -> Event:
    data = {
        "id": id,
        "status": status,
        "members": [plain(member.ref) for member in members],
        "effectivity": effectivity or {"instant": "2027-03-10T06:00:00+00:00"},
        "approvals": [],
    }
    return event("change", f"change/{id}", data, source="qms", id=f"{id} {status}")


class Consumer:
    """Takes events. ``down`` makes it unavailable, ``staging`` are ids that it stages, ``silent`` the
    number of next deliveries that it takes without an answer."""

    def __init__(self, name: str, domains: tuple[str, ...] = ("material", "bom")) -> None:
        self.name = name
        self.capabilities = frozenset({"synchronised.deliver", "staging", *(f"master.{d}" for d in domains)})
        self.taken: list[Event] = []
        self.calls = 0
        self.down = False
        self.silent = 0
        self.forbidden = False
        self.staging: set[str] = set()
        self.rejecting: set[str] = set()
        self.held: dict[tuple[str, str], list[m.AnyMaster]] = {}

    def deliver(self, *events: Event) -> tuple[Outcome, ...]:
        self.calls += 1
        if self.down:
            raise SystemUnavailable(f"{self.name} is down")
        if self.forbidden:
            return (Outcome("refused", ("x",), self.name, ("forbidden: no role",)),) * len(events)
        self.taken += events
        if self.silent:
            self.silent -= 1
            raise SystemUnavailable("broken off")
        return tuple(self._outcome(each) for each in events)

    def _outcome(self, each: Event) -> Outcome:
        id = each["data"].get("id")
        status = "staged" if id in self.staging else "refused" if id in self.rejecting else "accepted"
        return Outcome(status, ("x",), self.name, () if status == "accepted" else ("why: so",), each["id"])

    def masters(self, domain: str, id: str) -> Observation:
        if self.down:
            raise SystemUnavailable(f"{self.name} is down")
        states = tuple(
            m.MasterState(master=master, status="approved", content_hash="")
            for master in self.held.get((domain, id), ())
        )
        return Observation(states, ("x",), self.name)

    @property
    def ids(self) -> list[str]:
        return [each["id"] for each in self.taken]


class Owner(Consumer):
    """Publishes too."""

    def __init__(self, name: str, domains: tuple[str, ...] = ("material", "bom")) -> None:
        super().__init__(name, domains)
        self._outbox: list[Event] = []
        self._news = threading.Condition()

    def publish(self, *events: Event) -> None:
        with self._news:
            self._outbox += events
            self._news.notify_all()

    def forget(self) -> None:
        with self._news:
            self._outbox.clear()
            self._news.notify_all()

    def await_published(self, after: int, seconds: float) -> tuple[int, list[Event]]:
        with self._news:
            if after == len(self._outbox):
                self._news.wait(min(seconds, 0.5))
            return len(self._outbox), self._outbox[after:]


class Posted:
    """Takes no events: it is posted to, polled and activated. It keeps nothing in staging."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.capabilities = frozenset({"feed.post", "feed.activate", "feed.changes", "master.material", "master.bom"})
        self.posts: list[tuple[str, str]] = []
        self.refusing: set[str] = set()
        self.cannot_be_told: set[str] = set()
        self.breaks_at: str | None = None
        self.active: list[m.MasterRef] = []
        self.refuses_activation = False
        self.records: list[Any] = []

    def post(self, kind: str, data: dict[str, Any]) -> Outcome:
        if data.get("domain") == "recipe":
            raise NotSupported(self.name, "master.recipe")
        if data["id"] == self.breaks_at:
            self.breaks_at = None
            raise SystemUnavailable("broken off")
        if data["id"] in self.cannot_be_told:
            raise Untranslatable("material: no field `quantity`")
        if data["id"] in self.refusing:
            return Outcome("refused", ("x",), self.name, ("orphan: no",))
        self.posts.append((kind, data["id"]))
        return Outcome("accepted", ("x",), self.name)

    def activate(self, ref: m.MasterRef) -> Outcome:
        if self.refuses_activation:
            return Outcome("refused", ("x",), self.name, ("order_state: an order runs",))
        self.active.append(ref)
        return Outcome("accepted", ("x",), self.name)

    def changes(self, cursor: str | None) -> tuple[str, tuple[Any, ...]]:
        return str(len(self.records)), tuple(self.records)
