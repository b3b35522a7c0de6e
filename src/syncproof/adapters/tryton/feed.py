"""Everything in the database that was made or changed since the last look, by whoever did it.

Tryton has no event interface; its records carry ``create_date`` and ``write_date``. A transaction may become
visible after one with a later date was seen, so each look goes back a moment behind the latest date of the
last one; the cursor names what was seen in that moment, so that only what is new is read again.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from syncproof import model as m
from syncproof.adapters.tryton import boms, catalogue, items, lots, moves, orders, routings, units, work_centers
from syncproof.adapters.tryton.held import ANY_ACTIVE
from syncproof.adapters.tryton.rpc import Connection, Domain, Json
from syncproof.ports import Change

OVERLAP = dt.timedelta(seconds=2)
"""Longest time between the date of a record and its becoming visible."""
DATES = ("create_date", "write_date")

WATCHED: dict[str, tuple[str, ...]] = {
    items.PRODUCT: ("", "template."),
    units.UNIT: ("",),
    boms.BOM: ("", "inputs.", "outputs."),
    routings.ROUTING: ("", "steps.", "steps.operation."),
    work_centers.CENTER: ("",),
    orders.PRODUCTION: ("",),
    moves.MOVE: ("",),
}
"""Model -> the relations whose changes count as changes of its records."""
RECEIPTS: Domain = [
    *(["state", "=", "done"], ["lot", "!=", None]),
    *(["from_location.type", "!=", "storage"], ["to_location.type", "=", "storage"]),
]
"""Moves that bring a lot into stock."""

Seen = dict[int, dt.datetime]


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far one model was looked through, and which records of the moment before were seen.

    Each model has its own, because the searches of one look are not made at one instant.
    """

    since: dt.datetime | None = None
    seen: Seen = field(default_factory=dict)

    def after(self, found: Seen) -> "Cursor":
        """The next cursor, given everything that was found."""
        if not found:
            return self
        since = max(found.values()) - OVERLAP
        return Cursor(since, {id_: date for id_, date in found.items() if date >= since})


def parse(text: str | None) -> dict[str, Cursor]:
    """The cursors of all models out of their text; None is the beginning."""
    found = {}
    for model, (since, seen) in json.loads(text or "{}").items():
        dates = {int(id_): dt.datetime.fromisoformat(date) for id_, date in seen.items()}
        found[model] = Cursor(dt.datetime.fromisoformat(since), dates)
    return found


def render(cursors: dict[str, Cursor]) -> str:
    """The cursors as others keep them."""
    return json.dumps({
        model: [cursor.since.isoformat(), {str(id_): date.isoformat() for id_, date in cursor.seen.items()}]
        for model, cursor in cursors.items()
        if cursor.since is not None
    })  # fmt: skip


def changes(connection: Connection, cursor: str | None, zone: str, own: str) -> tuple[str, tuple[Change, ...]]:
    """The next cursor, and the masters, orders and lots that changed since the last.

    ``own`` is the integration's login: lots that it brought here came from elsewhere and are no news.
    """
    cursors = parse(cursor)
    ids: dict[str, list[int]] = {}
    for model in WATCHED:
        last = cursors.get(model, Cursor())
        found = {row["id"]: max(_dates(row)) for row in _changed(connection, model, last.since, own)}
        fresh = [id_ for id_, date in found.items() if last.seen.get(id_) != date]
        cursors[model] = last.after(found)
        if fresh:
            ids[model] = fresh
    return render(cursors), tuple(_records(connection, ids, zone))


def _changed(connection: Connection, model: str, since: dt.datetime | None, own: str) -> list[Json]:
    special = {
        moves.MOVE: [*RECEIPTS, ["create_uid.login", "!=", own]],
        work_centers.CENTER: [["parent", "!=", None]],
    }
    clause: Domain = list(special.get(model, []))
    fields = [f"{part}{date}" for part in WATCHED[model] for date in DATES]
    if since is not None:
        naive = since.astimezone(dt.UTC).replace(tzinfo=None)
        clause.append(["OR", *([field, ">=", naive] for field in fields)])
    # In a nested clause Tryton asks for active records only, whatever the clause around it says.
    return connection.find(model, clause, fields, context={"active_test": False})


def _dates(row: Json) -> Iterator[dt.datetime]:
    """The dates of a record and of what belongs to it."""
    yield from (row[date] for date in DATES if row.get(date))
    for key, value in row.items():
        if key.endswith(".") and value:
            for part in value if isinstance(value, list) else [value]:
                yield from _dates(part)


def _records(connection: Connection, ids: dict[str, list[int]], zone: str) -> Iterator[Change]:
    """Items first, so that what refers to them comes after them."""
    for domain in catalogue.ORDER:
        model = catalogue.MODELS[domain]
        if model in ids:
            clause = [["id", "in", ids[model]], ANY_ACTIVE]
            yield from (held.master for held in catalogue.read(connection, domain, clause))
    if orders.PRODUCTION in ids:
        yield from orders.read(connection, [["id", "in", ids[orders.PRODUCTION]]])
    if moves.MOVE in ids:
        yield from _lots(connection, ids[moves.MOVE], zone)


def _lots(connection: Connection, ids: list[int], zone: str) -> Iterator[m.MaterialLot]:
    rows = connection.find(moves.MOVE, [["id", "in", ids]], ["lot.number"])
    for number in dict.fromkeys(row["lot."]["number"] for row in rows):
        lot = lots.read(connection, number, zone)
        if lot is not None:
            yield lot
