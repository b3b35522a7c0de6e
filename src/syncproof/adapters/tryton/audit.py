"""The audit trail as Tryton keeps it: who made a record and when, and who wrote which fields when.

``ir.model.log`` holds field names, not values, and no reasons; refused writes leave nothing.
"""

from collections.abc import Callable, Iterable

from syncproof import model as m
from syncproof.adapters.tryton import boms, items, lots, notes, orders, routings, units, work_centers
from syncproof.adapters.tryton.held import ANY_ACTIVE
from syncproof.adapters.tryton.rpc import Connection, Domain, Json

LOG = "ir.model.log"
_ORIGIN = ("create_uid.login", "create_date")

OBJECTS: dict[str, Callable[[str], tuple[str, Domain, tuple[str, ...]]]] = {
    "material": lambda id_: (items.PRODUCT, [["code", "=", id_]], ("template",)),
    "variant": lambda id_: (items.PRODUCT, [["code", "=", id_]], ()),
    "uom": lambda id_: (units.UNIT, [["category.name", "=", id_], ANY_ACTIVE], ()),
    "bom": lambda id_: (boms.BOM, boms.of(id_), ("inputs",)),
    "routing": lambda id_: (routings.ROUTING, routings.of(id_), ("steps",)),
    "equipment": lambda id_: (work_centers.CENTER, work_centers.of(id_), ()),
    "order": lambda id_: (orders.PRODUCTION, [["reference", "=", id_]], ("inputs", "outputs")),
    "lot": lambda id_: (lots.LOT, [["number", "=", id_]], ()),
}
"""Domain -> the model, the clause that finds its records, and their parts that are logged as well."""
_PARTS = {
    (items.PRODUCT, "template"): items.TEMPLATE,
    (boms.BOM, "inputs"): "production.bom.input",
    (routings.ROUTING, "steps"): "production.routing.step",
    (orders.PRODUCTION, "inputs"): "stock.move",
    (orders.PRODUCTION, "outputs"): "stock.move",
}


def trail(connection: Connection, domain: str, id: str, user: Callable[[str | None], str]) -> tuple[m.AuditEvent, ...]:
    """The events of one object, oldest first; ``user`` turns a login into a user's name."""
    model, clause, parts = OBJECTS[domain](id)
    found = connection.find(model, clause, (*_ORIGIN, *parts))
    events = [_created(domain, id, record, user) for record in found]
    resources = [notes.resource(model, record) for record in found]
    resources += [part for record in found for name in parts for part in _parts(model, name, record)]
    events += [_logged(domain, id, entry, user) for entry in _log(connection, resources)]
    return tuple(sorted(events, key=lambda event: event.at))


def _parts(model: str, name: str, record: Json) -> Iterable[str]:
    value = record[name]
    ids = value if isinstance(value, list) else [value]
    return [notes.resource(_PARTS[model, name], id_) for id_ in ids]


def _log(connection: Connection, resources: list[str]) -> list[Json]:
    if not resources:
        return []
    fields = ("resource", "event", "target", "user.login", "create_date")
    return connection.find(LOG, [["resource", "in", resources]], fields)


def _created(domain: str, id: str, record: Json, user: Callable[[str | None], str]) -> m.AuditEvent:
    return m.AuditEvent(
        domain=domain,
        id=id,
        action="create",
        outcome="accepted",
        actor=user((record["create_uid."] or {}).get("login")),
        at=record["create_date"],
    )


def _logged(domain: str, id: str, entry: Json, user: Callable[[str | None], str]) -> m.AuditEvent:
    return m.AuditEvent(
        domain=domain,
        id=id,
        action=entry["event"],
        outcome="accepted",
        actor=user((entry["user."] or {}).get("login")),
        at=entry["create_date"],
        field=entry["target"],
    )
