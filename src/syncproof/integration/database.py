"""One SQLite database for all threads of the process: a change is made whole or not at all."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from syncproof.errors import ConfigurationError

SCHEMA = """
create table if not exists cursors (system text primary key, cursor text not null);
create table if not exists records (
  system text, subject text, revision text, content text not null, primary key (system, subject, revision));
create table if not exists sequences (system text, subject text, last integer not null, primary key (system, subject));
create table if not exists events (
  seq integer primary key autoincrement, source text not null, id text not null, kind text not null,
  body text not null, unique (source, id));
create table if not exists deliveries (
  system text, seq integer, status text not null, reasons text, primary key (system, seq)) without rowid;
create index if not exists open_deliveries on deliveries (system, seq) where status = 'open';
create table if not exists members (
  domain text, id text, revision text, system text, seq integer, status text not null, reasons text,
  offered integer not null default 0, primary key (domain, id, revision, system)) without rowid;
create index if not exists members_by_event on members (seq, system);
create table if not exists acceptances (system text primary key, count integer not null);
create table if not exists changes (
  id text primary key, body text not null, state text not null, why text not null default '[]');
create index if not exists pending_changes on changes (state) where state = 'pending';
create table if not exists active_ids (domain text, id text, primary key (domain, id)) without rowid;
create table if not exists schedule (
  entry integer primary key autoincrement, system text not null, domain text not null, id text not null,
  revision text not null, due text not null);
create index if not exists schedule_by_object on schedule (system, domain, id, due);
create table if not exists in_effect (
  system text, domain text, id text, entry integer not null, primary key (system, domain, id)) without rowid;
"""
TABLES = (
    "cursors", "records", "sequences", "events", "deliveries", "members", "acceptances", "changes", "active_ids",
    "schedule", "in_effect",
)  # fmt: skip
PRAGMAS = "pragma journal_mode=wal; pragma synchronous=off;"
"""What was committed survives the end of the process, in whatever way; not a power cut, after which the
systems are read again from where the file stands."""

Row = tuple[Any, ...]


class Database:
    """``changed`` wakes whoever waits for something new; whoever waits holds it meanwhile."""

    def __init__(self, path: str = ":memory:") -> None:
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.executescript(PRAGMAS + SCHEMA)
        except sqlite3.Error as error:
            raise ConfigurationError(f"state {path}: {error}; give a file that can be written to") from None
        self.changed = threading.Condition(threading.RLock())
        self.generation = 0
        """Counts how often everything was forgotten."""
        self._depth = self._before = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; one within another is part of it. Wakes who waits if it changed anything."""
        with self.changed:
            if self._depth == 0:
                self._db.execute("begin")
                self._before = self._db.total_changes
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("rollback")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("commit")
                if self._db.total_changes != self._before:
                    self.changed.notify_all()

    def do(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Executes one statement."""
        with self.changed:
            return self._db.execute(sql, values)

    def all(self, sql: str, *values: Any) -> list[Row]:
        """Every row of a query."""
        with self.changed:
            return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query."""
        with self.changed:
            row: Row | None = self._db.execute(sql, values).fetchone()
            return row

    def wake(self) -> None:
        """Wakes whoever waits, though nothing was stored."""
        with self.changed:
            self.changed.notify_all()

    def clear(self) -> None:
        """Forgets everything; what was on its way then finds another generation and is dropped."""
        with self.transaction():
            self.generation += 1
            for table in TABLES:
                self.do(f"delete from {table}")  # noqa: S608  names from the schema above

    def close(self) -> None:
        """Writes everything to the file."""
        with self.changed:
            self._db.close()


def forget(path: str) -> None:
    """Deletes a state file of an earlier process with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(path + suffix).unlink(missing_ok=True)
