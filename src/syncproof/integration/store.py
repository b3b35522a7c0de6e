"""What came from whom, who has it, and what each system said of it."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from syncproof.integration.database import Database

Event = dict[str, Any]
Member = tuple[str, str, str]
"""Domain, id and revision of a master."""

BATCH = 200
"""Events per delivery at most."""
_TYPE = re.compile(r"org\.syncproof\.([a-z_]+)\.v\d+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system said of an event: ``accepted``, ``staged``, ``rejected``, or ``skipped`` if it has no
    use for such a thing."""

    seq: int
    status: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a revision stands at a system. ``fresh``: something was accepted there since it was asked."""

    seq: int
    status: str
    reasons: tuple[str, ...]
    fresh: bool


def kind_of(event: Event) -> str:
    """The kind that an event's type names; empty if it names none that we know how to read."""
    match = _TYPE.fullmatch(event["type"])
    return match[1] if match else ""


def member_of(event: Event) -> Member | None:
    """The revision that a master event is about."""
    if kind_of(event) != "master":
        return None
    data = event["data"]
    return str(data.get("domain")), str(data.get("id")), str(data.get("revision"))


class Store:
    """Events and deliveries."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # --- what came ---------------------------------------------------------------------------------

    def cursor(self, system: str) -> str | None:
        """Up to where a system's publications are stored."""
        row = self.database.one("select cursor from cursors where system=?", system)
        return row[0] if row else None

    def keep(self, system: str, cursor: str, events: Iterable[Event], consumers: Iterable[str]) -> None:
        """Stores what a system published, the deliveries it needs and the cursor after it."""
        targets = [name for name in consumers if name != system]
        with self.database.transaction():
            for event in events:
                self.add(system, event, targets)
            self.database.do("insert or replace into cursors values (?,?)", system, cursor)

    def add(self, source: str, event: Event, targets: Sequence[str]) -> None:
        """Stores an event with its deliveries, once; a second one of the same id is the same event."""
        do = self.database.do
        with self.database.transaction():
            added = do(
                "insert or ignore into events (source, id, kind, body) values (?,?,?,?)",
                source, event["id"], kind_of(event), json.dumps(event),
            )  # fmt: skip
            if not added.rowcount:
                return
            seq = added.lastrowid
            for target in targets:
                do("insert into deliveries values (?,?,'open',null)", target, seq)
            member = member_of(event)
            if member:
                self._note_member(member, source, seq, targets)

    def _note_member(self, member: Member, source: str, seq: int | None, targets: Sequence[str]) -> None:
        put = (
            "insert into members (domain, id, revision, system, seq, status) values (?,?,?,?,?,?) "
            "on conflict do update set seq=excluded.seq, status=excluded.status where status<>'accepted'"
        )
        self.database.do(put, *member, source, seq, "accepted")
        self._accepted_at(source)
        for target in targets:
            self.database.do(put, *member, target, seq, "open")

    def _accepted_at(self, system: str) -> None:
        self.database.do("insert into acceptances values (?, 1) on conflict do update set count = count + 1", system)

    # --- what is to be delivered -------------------------------------------------------------------

    def open(self, system: str) -> list[tuple[int, Event]]:
        """The next events to deliver to a system, in the order in which they came."""
        rows = self.database.all(
            "select d.seq, e.body from deliveries d join events e on e.seq = d.seq "
            "where d.system=? and d.status='open' order by d.seq limit ?", system, BATCH,
        )  # fmt: skip
        return [(seq, msgspec.json.decode(body)) for seq, body in rows]

    def waiting(self, system: str) -> set[str]:
        """The kinds of what is to be delivered to a system."""
        rows = self.database.all(
            "select distinct e.kind from deliveries d join events e on e.seq = d.seq "
            "where d.system=? and d.status='open'", system,
        )  # fmt: skip
        return {kind for (kind,) in rows}

    def settle(self, system: str, answers: Iterable[Answer]) -> None:
        """Notes a system's answers."""
        with self.database.transaction():
            for answer in answers:
                said = json.dumps(answer.reasons)
                self.database.do(
                    "update deliveries set status=?, reasons=? where system=? and seq=?",
                    answer.status, said, system, answer.seq,
                )  # fmt: skip
                self._settle_member(system, answer, said)

    def _settle_member(self, system: str, answer: Answer, said: str) -> None:
        changed = self.database.do(
            "update members set status=?, reasons=?, "
            "offered=coalesce((select count from acceptances a where a.system=members.system), 0) "
            "where system=? and seq=? and status<>'accepted'",
            answer.status, said, system, answer.seq,
        )  # fmt: skip
        if changed.rowcount and answer.status == "accepted":
            self._accepted_at(system)

    def offer_again(self, system: str, seq: int) -> None:
        """Puts an event back into a system's queue."""
        with self.database.transaction():
            for table in ("deliveries", "members"):
                self.database.do(f"update {table} set status='open' where system=? and seq=?", system, seq)  # noqa: S608

    # --- who has what ------------------------------------------------------------------------------

    def standing(self, system: str, member: Member) -> Standing | None:
        """How a revision stands at a system; None if it was never published to it."""
        row = self.database.one(
            "select m.seq, m.status, m.reasons, m.offered < coalesce(a.count, 0) from members m "
            "left join acceptances a on a.system = m.system "
            "where m.domain=? and m.id=? and m.revision=? and m.system=?", *member, system,
        )  # fmt: skip
        if row is None:
            return None
        seq, status, reasons, fresh = row
        return Standing(seq, status, tuple(json.loads(reasons or "[]")), bool(fresh))
