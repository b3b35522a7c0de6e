"""Everything in the database that was made or changed since the last look, by whoever did it.

Tryton has no event interface; its records carry ``create_date`` and ``write_date``. The cursor is the latest of
these that was seen, less a moment, because a transaction may be finished after a later one was seen.
"""

import datetime as dt
from collections.abc import Iterator

from syncproof import model as m
from syncproof.adapters.tryton import boms, catalogue, items, orders, routings, units, work_centers
from syncproof.adapters.tryton.held import ANY_ACTIVE
from syncproof.adapters.tryton.rpc import Connection, Domain, Json

OVERLAP = dt.timedelta(seconds=2)
"""Longest time between the date of a record and its becoming visible."""

_WATCHED: dict[str, tuple[str, ...]] = {
    items.PRODUCT: ("", "template."),
    units.UNIT: ("",),
    boms.BOM: ("", "inputs.", "outputs."),
    routings.ROUTING: ("", "steps.", "steps.operation."),
    work_centers.CENTER: ("",),
    orders.PRODUCTION: ("",),
}
"""Model -> the relations whose changes count as changes of its records."""


def changes(
    connection: Connection, cursor: str | None
) -> tuple[str, tuple[m.AnyMaster | m.ProductionOrder, ...]]:
    """The next cursor, and the masters and orders that changed since the last."""
    since = dt.datetime.fromisoformat(cursor) if cursor else None
    found = {model: _changed(connection, model, since) for model in _WATCHED}
    dates = [max(filter(None, (row["create_date"], row["write_date"]))) for rows in found.values() for row in rows]
    latest = max(dates, default=None)
    following = latest - OVERLAP if latest else since
    ids = {model: [row["id"] for row in rows] for model, rows in found.items() if rows}
    return (following.isoformat() if following else "", tuple(_records(connection, ids)))


def _changed(connection: Connection, model: str, since: dt.datetime | None) -> list[Json]:
    clause: Domain = [] if model == orders.PRODUCTION else [ANY_ACTIVE]
    if since is not None:
        dates = ("create_date", "write_date")
        clause.append(["OR", *([f"{part}{date}", ">=", _naive(since)] for part in _WATCHED[model] for date in dates)])
    return connection.find(model, clause, ["create_date", "write_date"])


def _naive(instant: dt.datetime) -> dt.datetime:
    return instant.astimezone(dt.UTC).replace(tzinfo=None)


def _records(
    connection: Connection, ids: dict[str, list[int]]
) -> Iterator[m.AnyMaster | m.ProductionOrder]:
    """Items first, so that what refers to them comes after them."""
    for domain in catalogue.ORDER:
        model = catalogue.MODELS[domain]
        if model in ids:
            clause = [["id", "in", ids[model]], ANY_ACTIVE]
            yield from (held.master for held in catalogue.read(connection, domain, clause))
    if orders.PRODUCTION in ids:
        yield from orders.read(connection, [["id", "in", ids[orders.PRODUCTION]]])
