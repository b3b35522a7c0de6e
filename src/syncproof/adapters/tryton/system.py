"""Port System of Tryton, and the ports by which the integration moves masters in and out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

from syncproof import model as m
from syncproof.adapters.tryton import abilities, audit, catalogue, feed, lots
from syncproof.adapters.tryton.accounts import Accounts
from syncproof.adapters.tryton.faults import Fault
from syncproof.adapters.tryton.held import effective
from syncproof.adapters.tryton.outcomes import Attempts
from syncproof.adapters.tryton.rpc import Connection
from syncproof.credentials import Credential
from syncproof.errors import NotSupported, UnusableAnswer
from syncproof.ports import Change, Observation, Outcome
from syncproof.transport import RecordingSession

INTEGRATION = "integration"
"""The user as whom the integration writes."""


class TrytonSystem:
    """One Tryton database. Time there is the host's; there is no business clock to set."""

    capabilities = abilities.CAPABILITIES
    domains = abilities.DOMAINS

    def __init__(
        self,
        name: str,
        session: RecordingSession,
        credentials: Mapping[str, Credential],
        options: Mapping[str, Any],
    ) -> None:
        self.name = name
        self.accounts = Accounts(session, credentials)
        self._attempts = Attempts(name, session.recorder, options.get("mappings", {}).get("codes", {}))
        self._zone: str | None = None

    def close(self) -> None:
        """Give the connections back."""
        self.accounts.close()

    @property
    def reader(self) -> Connection:
        """The connection that reads."""
        return self.accounts.reader

    @property
    def zone(self) -> str:
        """Time zone of the company."""
        if self._zone is None:
            clause = [["id", "=", self.reader.company]]
            found = self.reader.find("company.company", clause, ["timezone"])
            self._zone = found[0]["timezone"] or "UTC"
        return self._zone

    def unsupported(self, capability: str) -> NoReturn:
        """Say that the system does not have this verb."""
        raise NotSupported(self.name, capability)

    def write(self, by: str, key: str | None, act: Callable[[Connection], object]) -> Outcome:
        """One write as a user."""
        return self._attempts.write(key, lambda: act(self.accounts[by]))

    def look(self, read: Callable[[Connection], Any]) -> Observation[Any]:
        """One read."""
        return self._attempts.look(lambda: read(self.reader))

    @staticmethod
    def keyed(outcome: Outcome, key: str) -> Outcome:
        """The outcome of a call for several things, as that of one of them."""
        return replace(outcome, key=key)

    def identify(self) -> Observation[m.SystemIdentity]:
        """Product and modules by name and version; the host clock by the Date header of an answer."""
        return self.look(self._identity)

    def _identity(self, reader: Connection) -> m.SystemIdentity:
        clause = [["state", "=", "activated"]]
        modules = {x["name"]: x["version"] for x in reader.find("ir.module", clause, ["name", "version"])}
        now = self._host_time(reader.date)
        return m.SystemIdentity(
            system="",  # no call tells it (identity.name), and the landscape's word would be no answer
            product="Tryton",
            version=modules.get("production") or modules.get("stock") or "",
            time_zone=self.zone,
            now=now,
            host_now=now,
            capabilities=abilities.stated(frozenset(modules)),
        )

    def _host_time(self, date: str) -> datetime:
        try:
            return parsedate_to_datetime(date)
        except ValueError:
            text = f"{self.name}: the answer has the Date header {date!r}, so the time of its host is not known"
            raise UnusableAnswer(text) from None

    def submit(self, *masters: m.AnyMaster, by: str, reason: str | None, bulk: bool = False) -> tuple[Outcome, ...]:
        """Tryton takes no reason. In bulk, all masters of one domain go in one call, which Tryton takes or
        refuses as a whole; domains go in the order in which they refer to each other."""
        outcomes: dict[int, Outcome] = {}
        for group in _groups([self._held(master.domain) for master in masters], together=bulk):
            outcome = self._submit(masters[group[0]].domain, [masters[n] for n in group], by)
            outcomes |= {n: self.keyed(outcome, masters[n].id) for n in group}
        return tuple(outcomes[n] for n in range(len(masters)))

    def _submit(self, domain: str, group: Sequence[m.AnyMaster], by: str) -> Outcome:
        return self.write(by, None, lambda connection: catalogue.submit(connection, domain, group))

    def masters(self, domain: str, id: str) -> Observation[tuple[m.MasterState, ...]]:
        """Every revision that Tryton holds."""
        self._held(domain)
        return self.look(lambda c: tuple(held.state() for held in catalogue.of(c, domain, id)))

    def effective(
        self, domain: str, id: str, site: str, at: datetime | None = None
    ) -> Observation[m.MasterState | None]:
        """The revision Tryton works with now; it is the same at every site."""
        self._held(domain)
        if at is not None:
            self.unsupported("effectivity.as_of")
        return self.look(lambda c: _state(catalogue.of(c, domain, id)))

    def _held(self, domain: str) -> str:
        if domain not in self.domains:
            self.unsupported(f"master.{domain}")
        return domain

    def audit_trail(self, domain: str, id: str) -> Observation[tuple[m.AuditEvent, ...]]:
        """Who made and wrote what, when; Tryton keeps no values, reasons or refusals."""
        if domain not in audit.OBJECTS:
            self.unsupported("system.audit_trail")
        return self.look(lambda c: audit.trail(c, domain, id, self.accounts.user))

    def lot(self, id: str) -> Observation[m.MaterialLot | None]:
        """A lot with what it may be used for."""
        return self.look(lambda c: lots.read(c, id, self.zone))

    def changes(self, cursor: str | None) -> tuple[str, tuple[Change, ...]]:
        """Port ChangeFeed."""
        return feed.changes(self.reader, cursor, self.zone, self.accounts[INTEGRATION].user)

    def activate(self, ref: m.MasterRef) -> Outcome:
        """Port Activatable."""
        self._held(ref.domain)
        return self.write(INTEGRATION, ref.id, lambda c: _activate(c, ref))


def _groups(domains: Sequence[str], *, together: bool) -> Iterator[list[int]]:
    """Which masters go in one call, by their places."""
    places = range(len(domains))
    if not together:
        yield from ([n] for n in places)
        return
    for domain in catalogue.ORDER:
        group = [n for n in places if domains[n] == domain]
        if group:
            yield group


def _state(held: list[Any]) -> m.MasterState | None:
    found = effective(held)
    return found.state() if found else None


def _activate(connection: Connection, ref: m.MasterRef) -> None:
    found = catalogue.of(connection, ref.domain, ref.id)
    master = next((held.master for held in found if held.master.revision == ref.revision), None)
    if master is None:
        raise _missing(ref)
    catalogue.activate(connection, master)


def _missing(ref: m.MasterRef) -> Exception:
    return Fault("unknown_master", f"a search for {ref} found nothing")
