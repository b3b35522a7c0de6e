"""What came from whom, who has it already, and which changes wait. One SQLite database."""

import json
import sqlite3
import threading
from collections.abc import Iterable
from typing import Any

SCHEMA = """
create table if not exists cursors (system text primary key, cursor text);
create table if not exists events (
  seq integer primary key, id text unique, source text, kind text, subject text, body text);
create table if not exists deliveries (
  seq integer, system text, status text, reasons text, primary key (system, seq));
create index if not exists open_deliveries on deliveries (system, status);
create table if not exists members (
  domain text, id text, revision text, system text, primary key (domain, id, revision, system));
create table if not exists changes (id text primary key, body text, state text, why text);
create table if not exists active_ids (domain text, id text, primary key (domain, id));
create table if not exists schedule (
  system text, domain text, id text, revision text, due text, done integer default 0);
"""

Event = dict[str, Any]
Member = tuple[str, str, str]


class Store:
    """Safe to use from several threads. ``changed`` wakes whoever waits for something new."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript("pragma journal_mode=wal; pragma synchronous=off;" + SCHEMA)
        self._lock = threading.RLock()
        self.changed = threading.Condition(self._lock)

    # --- what came ---------------------------------------------------------------------------------

    def cursor(self, system: str) -> str | None:
        row = self._one("select cursor from cursors where system=?", system)
        return row[0] if row else None

    def keep(self, system: str, cursor: str, events: Iterable[Event], consumers: Iterable[str]) -> None:
        """Stores events with the deliveries they need and the cursor after them: all or nothing."""
        targets = [name for name in consumers if name != system]
        with self.changed:
            self._db.execute("begin")
            for event in events:
                self._add(system, event, targets)
            self._do("insert or replace into cursors values (?,?)", system, cursor)
            self._db.execute("commit")
            self.changed.notify_all()

    def send(self, event: Event, consumers: Iterable[str]) -> None:
        """Stores an event of the integration itself."""
        with self.changed:
            self._add("integration", event, list(consumers))
            self.changed.notify_all()

    def _add(self, source: str, event: Event, targets: list[str]) -> None:
        kind = event["type"].split(".")[-2]
        cursor = self._db.execute(
            "insert or ignore into events (id, source, kind, subject, body) values (?,?,?,?,?)",
            (event["id"], source, kind, event["subject"], json.dumps(event)),
        )
        if not cursor.rowcount:
            return
        for target in targets:
            self._do("insert into deliveries values (?,?,'open',null)", cursor.lastrowid, target)
        if kind == "master":
            self._member(event["data"], source)
        if kind == "change":
            body = json.dumps(event["data"])
            self._do(
                "insert or ignore into changes values (?,?,'pending','not looked at yet')",
                event["data"]["id"],
                body,
            )

    # --- who has it --------------------------------------------------------------------------------

    def open(self, system: str, limit: int = 200) -> list[tuple[int, Event]]:
        """The next events to deliver to a system, in the order in which they came."""
        rows = self._all(
            "select d.seq, e.body from deliveries d join events e on e.seq = d.seq "
            "where d.system=? and d.status='open' order by d.seq limit ?", system, limit,
        )  # fmt: skip
        return [(seq, json.loads(body)) for seq, body in rows]

    def settle(self, system: str, results: Iterable[tuple[int, Event, str, tuple[str, ...]]]) -> None:
        """Notes a system's answers. When something was accepted, what it keeps in staging is offered
        again: what it waited for may have come."""
        with self.changed:
            self._db.execute("begin")
            accepted_something = False
            for seq, event, status, reasons in results:
                self._do(
                    "update deliveries set status=?, reasons=? where system=? and seq=?",
                    status, json.dumps(reasons), system, seq,
                )  # fmt: skip
                is_master = event["type"].split(".")[-2] == "master"
                if is_master and status == "accepted":
                    accepted_something = True
                    self._member(event["data"], system)
            if accepted_something:
                self._do("update deliveries set status='open' where system=? and status='staged'", system)
            self._db.execute("commit")
            self.changed.notify_all()

    def _member(self, data: dict[str, Any], system: str) -> None:
        values = (data["domain"], data["id"], data["revision"], system)
        self._do("insert or ignore into members values (?,?,?,?)", *values)

    def holders(self, member: Member) -> set[str]:
        """The systems that accepted a revision (its owner among them)."""
        rows = self._all("select system from members where domain=? and id=? and revision=?", *member)
        return {row[0] for row in rows}

    def last_reason(self, system: str, member: Member) -> str:
        """What a system said last of a revision it has not accepted."""
        domain, id, revision = member
        rows = self._all(
            "select d.status, d.reasons, e.body from deliveries d join events e on e.seq = d.seq "
            "where d.system=? and e.subject=? order by d.seq desc", system, f"{domain}/{id}",
        )  # fmt: skip
        for status, reasons, body in rows:
            if json.loads(body)["data"].get("revision") == revision:
                return f"{status}: {'; '.join(json.loads(reasons or '[]')) or 'no answer yet'}"
        return "not published by its owner yet"

    # --- changes -----------------------------------------------------------------------------------

    def pending_changes(self) -> list[dict[str, Any]]:
        rows = self._all("select body from changes where state='pending' order by rowid")
        return [json.loads(row[0]) for row in rows]

    def explain(self, change: str, why: Iterable[str]) -> None:
        self._do("update changes set why=? where id=?", json.dumps(list(why)), change)

    def why(self, change: str) -> list[str]:
        """Why a change is pending; empty if it is active or unknown."""
        row = self._one("select why from changes where id=? and state='pending'", change)
        reasons: list[str] = json.loads(row[0]) if row and row[0].startswith("[") else []
        return reasons or (["not looked at yet"] if row else [])

    def is_initial(self, members: Iterable[Member]) -> bool:
        """Whether no master of these was ever active: an initial load keeps its past date."""
        return not any(
            self._one("select 1 from active_ids where domain=? and id=?", domain, id)
            for domain, id, _ in members
        )

    def activated(self, change: str, members: Iterable[Member]) -> None:
        with self.changed:
            self._do("update changes set state='active', why=null where id=?", change)
            for domain, id, _ in members:
                self._do("insert or ignore into active_ids values (?,?)", domain, id)

    # --- schedule ----------------------------------------------------------------------------------

    def plan(self, system: str, member: Member, due: str) -> None:
        self._do(
            "insert into schedule (system, domain, id, revision, due) values (?,?,?,?,?)",
            system,
            *member,
            due,
        )

    def due(self, now: str) -> list[tuple[int, str, Member]]:
        """What is to be put into effect at systems without effective dates, oldest date first."""
        rows = self._all(
            "select rowid, system, domain, id, revision from schedule where done=0 and due<=? order by due, rowid",
            now,
        )
        return [(row[0], row[1], (row[2], row[3], row[4])) for row in rows]

    def put_into_effect(self, rowid: int) -> None:
        self._do("update schedule set done=1 where rowid=?", rowid)

    def clear(self) -> None:
        """Forgets everything (control plane)."""
        with self.changed:
            for table in ("cursors", "events", "deliveries", "members", "changes", "active_ids", "schedule"):
                self._do(f"delete from {table}")  # noqa: S608  names from the schema above

    # --- SQL ---------------------------------------------------------------------------------------

    def _do(self, sql: str, *values: Any) -> None:
        with self._lock:
            self._db.execute(sql, values)

    def _all(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        with self._lock:
            row: tuple[Any, ...] | None = self._db.execute(sql, values).fetchone()
            return row
