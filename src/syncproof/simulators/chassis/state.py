"""The state of one system: a SQLite file of its own, one transaction per request.

``documents`` hold a system's own objects as JSON: ``kind`` and ``id`` name one, ``ref`` is what it is
looked up by besides (the allocations of a lot, the operations of an order).
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SCHEMA = """
create table if not exists users (token text primary key, name text not null, roles text not null);
create index if not exists users_by_name on users (name);
create table if not exists masters (
  seq integer primary key autoincrement, domain text not null, id text not null, revision text not null,
  body text not null, hash text not null, status text not null, reasons text not null,
  origin text not null, actor text not null, event text, at text not null,
  unique (domain, id, revision));
create index if not exists staged_masters on masters (seq) where status = 'staged';
create table if not exists activations (
  seq integer primary key autoincrement, domain text not null, id text not null, revision text not null,
  site text not null, effective_from integer not null, change_id text not null, approvals text not null);
create index if not exists activations_by_id on activations (domain, id, site);
create index if not exists activations_by_change on activations (change_id);
create table if not exists staged_events (id text primary key, actor text not null, body text not null);
create table if not exists receipts (
  seq integer primary key autoincrement, event_id text not null, subject text not null,
  status text not null, body text not null);
create index if not exists receipts_by_subject on receipts (subject);
create index if not exists receipts_by_event on receipts (event_id);
create table if not exists audit (
  seq integer primary key autoincrement, domain text not null, id text not null, body text not null);
create index if not exists audit_by_object on audit (domain, id);
create table if not exists outbox (seq integer primary key autoincrement, body text not null);
create table if not exists sequences (direction text, subject text, last integer not null,
  primary key (direction, subject));
create table if not exists documents (
  seq integer primary key autoincrement, kind text not null, id text not null, ref text,
  body text not null, unique (kind, id));
create index if not exists documents_by_ref on documents (kind, ref);
"""

PRAGMAS = ("journal_mode=WAL", "synchronous=OFF", "temp_store=MEMORY")
TABLES = ("masters", "activations", "staged_events", "receipts", "audit", "outbox", "sequences", "documents")


def dumps(value: Any) -> str:
    """Compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class State:
    """A connection with the few statements that everything else is made of."""

    def __init__(self, path: str = ":memory:", *, keep: bool = False) -> None:
        if path != ":memory:" and not keep:
            remove(path)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        for pragma in PRAGMAS:
            self._db.execute(f"pragma {pragma}")
        self._db.executescript(SCHEMA)
        self.execute = self._db.execute

    def close(self) -> None:
        self._db.close()

    def reset(self) -> None:
        """Forgets everything but the users."""
        with self.transaction():
            for table in TABLES:
                self.execute(f"delete from {table}")  # noqa: S608  names of our own
            self.execute("delete from sqlite_sequence")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within happens, or nothing."""
        self.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.execute("rollback")
            raise
        self.execute("commit")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """The same within a transaction."""
        self.execute("savepoint part")
        try:
            yield
        except BaseException:
            self.execute("rollback to part")
            self.execute("release part")
            raise
        self.execute("release part")

    # documents

    def get(self, kind: str, id: str) -> Json | None:
        """One object, or None."""
        row = self.execute("select body from documents where kind=? and id=?", (kind, id)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, kind: str, id: str, body: Any, ref: str | None = None) -> None:
        """Stores one object; it keeps its place in the order of creation when it is stored again."""
        self.execute(
            "insert into documents (kind, id, ref, body) values (?,?,?,?) "
            "on conflict (kind, id) do update set body=excluded.body, ref=excluded.ref",
            (kind, id, ref, dumps(body)),
        )

    def remove(self, kind: str, id: str) -> None:
        self.execute("delete from documents where kind=? and id=?", (kind, id))

    def all(self, kind: str, ref: str | None = None) -> list[Any]:
        """The objects of a kind, those of one ``ref`` if given, in the order of their creation."""
        query, values = "select body from documents where kind=?", [kind]
        if ref is not None:
            query, values = query + " and ref=?", [kind, ref]
        return [json.loads(body) for (body,) in self.execute(query + " order by seq", values)]

    # sequences

    def last(self, direction: str, subject: str) -> int:
        """The last sequence number of a subject that went in or out; 0: none did."""
        row = self.execute(
            "select last from sequences where direction=? and subject=?", (direction, subject)
        ).fetchone()
        return row[0] if row else 0

    def advance(self, direction: str, subject: str, to: int) -> None:
        self.execute(
            "insert into sequences values (?,?,?) on conflict do update set last=excluded.last",
            (direction, subject, to),
        )


def remove(path: str) -> None:
    """Deletes a state file of an earlier start with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(path + suffix).unlink(missing_ok=True)
