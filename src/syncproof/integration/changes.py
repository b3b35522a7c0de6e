"""Which promoted changes wait, what was ever active, and what is to be in effect where."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from syncproof.integration.database import Database
from syncproof.integration.store import Member

Change = dict[str, Any]
PROMOTED = ("promoted", "active")
"""Statuses of a change that is to be activated."""


@dataclass(frozen=True, slots=True)
class Due:
    """A revision that is to be put into effect at a system now."""

    entry: int
    system: str
    member: Member


class Changes:
    """Change requests and the schedule that follows from them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # --- changes -----------------------------------------------------------------------------------

    def note(self, change: Change) -> None:
        """A change as its owner tells it; it waits from when it is promoted."""
        if change.get("status") in PROMOTED and isinstance(change.get("id"), str):
            self.database.do(
                "insert or ignore into changes (id, body, state) values (?,?,'pending')",
                change["id"], json.dumps(change),
            )  # fmt: skip

    def pending(self) -> list[Change]:
        """The changes that wait, oldest first."""
        rows = self.database.all("select body from changes where state='pending' order by rowid")
        return [json.loads(body) for (body,) in rows]

    def explain(self, change: str, why: Iterable[str]) -> None:
        """Notes why a change waits; nothing happens if that is known."""
        text = json.dumps(list(why))
        self.database.do("update changes set why=? where id=? and why<>?", text, change, text)

    def why(self, change: str) -> list[str]:
        """Why a change is pending; empty if it is active or unknown."""
        row = self.database.one("select why from changes where id=? and state='pending'", change)
        if row is None:
            return []
        reasons: list[str] = json.loads(row[0])
        return reasons or [f"change {change} has just come in"]

    def is_initial(self, members: Iterable[Member]) -> bool:
        """Whether no master of these was ever active: an initial load keeps its past date."""
        known = "select 1 from active_ids where domain=? and id=?"
        return not any(self.database.one(known, domain, id) for domain, id, _ in members)

    def activated(self, change: str, members: Iterable[Member]) -> None:
        """Notes that a change waits no longer."""
        with self.database.transaction():
            self.database.do("update changes set state='active', why='[]' where id=?", change)
            for domain, id, _ in members:
                self.database.do("insert or ignore into active_ids values (?,?)", domain, id)

    # --- schedule ----------------------------------------------------------------------------------

    def plan(self, system: str, member: Member, start: datetime) -> None:
        """Notes that a revision is to be in effect at a system from an instant on."""
        self.database.do(
            "insert into schedule (system, domain, id, revision, due) values (?,?,?,?,?)",
            system, *member, _text(start),
        )  # fmt: skip

    def due(self, now: datetime) -> list[Due]:
        """For each object the entry that counts at an instant (the latest; of two for one instant the one
        planned later) unless it, or one that counts after it, is in effect already: a clock that is set back
        takes nothing out of effect."""
        rows = self.database.all(
            "select s.entry, s.system, s.domain, s.id, s.revision from schedule s "
            "left join in_effect e on e.system = s.system and e.domain = s.domain and e.id = s.id "
            "left join schedule c on c.entry = e.entry "
            "where s.due <= :now and s.entry = (select x.entry from schedule x where x.system = s.system "
            "  and x.domain = s.domain and x.id = s.id and x.due <= :now order by x.due desc, x.entry desc limit 1) "
            "and (e.entry is null or (c.due, c.entry) < (s.due, s.entry)) order by s.due, s.entry".replace(":now", "?"),
            _text(now), _text(now),
        )  # fmt: skip
        return [Due(entry, system, (domain, id, rev)) for entry, system, domain, id, rev in rows]

    def put_into_effect(self, due: Due) -> None:
        """Notes that it is."""
        domain, id, _ = due.member
        self.database.do("insert or replace into in_effect values (?,?,?,?)", due.system, domain, id, due.entry)


def _text(instant: datetime) -> str:
    """Sorts as the instants do."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
