"""Production orders: productions of Tryton, our order id in the reference.

Creating a production does not explode its bom: the client asks ``on_change`` for the moves and sends them
along, so this does too. The bom and routing of a production are those that come first for the product when it
is created; Tryton keeps them from then on.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from syncproof import model as m
from syncproof.adapters.tryton import assembly, boms, notes, products, work_centers
from syncproof.adapters.tryton.codes import UNKNOWN, UNSAVED, code_of
from syncproof.adapters.tryton.held import split_code
from syncproof.adapters.tryton.rpc import Connection, Domain, Json
from syncproof.adapters.tryton.wire import as_float
from syncproof.model.orders import OrderStatus

PRODUCTION = "production"
FIELDS = (
    *("_timestamp", "reference", "state", "product", "product.code", "quantity", "unit", "unit.symbol"),
    *("bom", "bom.code", "routing.name", "warehouse", "warehouse.code", "warehouse.storage_location", "location"),
    *("company", "outputs.state", "outputs.quantity", "outputs.product.code", "works.state"),
)
STATES: dict[str, OrderStatus] = {
    "request": "Created",
    "draft": "Created",
    "waiting": "Released",
    "assigned": "Released",
    "running": "Running",
    "done": "Closed",
    "cancelled": "Cancelled",
}
"""Tryton's state -> the canonical one."""
BEGUN, BEGUN_WORK = ("running", "done"), ("running", "finished", "done")
_MOVE = ("product", "unit", "quantity", "company", "from_location", "to_location", "unit_price", "currency")


def find(connection: Connection, order: str) -> Json | None:
    """The production of an order (the oldest, if there are several of one reference)."""
    found = connection.find(PRODUCTION, [["reference", "=", order]], FIELDS)
    return found[0] if found else None


def seen(connection: Connection, order: str) -> tuple[m.ProductionOrder | None, str | None]:
    """An order, and the time stamp of the state that it was read in."""
    production = find(connection, order)
    if production is None:
        return None, None
    kept = notes.read(connection, [notes.resource(PRODUCTION, production)])
    return _order(production, kept.get(notes.resource(PRODUCTION, production), [])), production["_timestamp"]


def press(connection: Connection, order: str, button: str) -> None:
    """Press a button of an order; for one that does not exist Tryton says that it cannot be pressed."""
    found = find(connection, order)
    connection.press(PRODUCTION, button, [found["id"] if found else UNKNOWN])


def read(connection: Connection, clause: Domain) -> list[m.ProductionOrder]:
    """Orders found by a search clause; productions without a reference are none of ours."""
    found = connection.find(PRODUCTION, clause, FIELDS)
    kept = notes.read(connection, [notes.resource(PRODUCTION, each) for each in found])
    return [
        _order(production, kept.get(notes.resource(PRODUCTION, production), []))
        for production in found
        if production["reference"] and production["product."]
    ]


def _order(production: Json, documents: list[Json]) -> m.ProductionOrder:
    variant = next((d["variant"] for d in reversed(documents) if d.get("kind") == "order"), None)
    return m.ProductionOrder(
        id=production["reference"],
        item=production["product."]["code"],
        quantity=_quantity(production),
        site=production["warehouse."]["code"],
        status=_status(production),
        variant=variant,
        revision_set=frozenset(_refs(production)),
        pinned=_has_begun(production),
        produced=_produced(production),
    )


def _quantity(production: Json) -> m.Quantity:
    """Without a bom a production made by hand may have no quantity or no unit: nothing, in a unit of no name."""
    unit = production["unit."]
    return m.Quantity(value=production["quantity"] or Decimal(0), unit=code_of(unit["symbol"]) if unit else "")


def _status(production: Json) -> OrderStatus:
    status = STATES[production["state"]]
    return "Running" if status == "Released" and _has_begun(production) else status


def _has_begun(production: Json) -> bool:
    """A cycle of work leaves the state of the production as it is."""
    works = (work["state"] for work in production["works."])
    return production["state"] in BEGUN or any(state in BEGUN_WORK for state in works)


def _refs(production: Json) -> list[m.MasterRef]:
    named = (("bom", production["bom."], "code"), ("routing", production["routing."], "name"))
    refs = []
    for domain, record, field in named:
        if record:
            id_, revision = split_code(record[field])
            refs.append(m.MasterRef(domain=domain, id=id_, revision=revision))
    return refs


def _produced(production: Json) -> Decimal:
    done = (each for each in production["outputs."] if each["state"] == "done")
    amounts = (x["quantity"] for x in done if x["product."]["code"] == production["product."]["code"])
    return sum(amounts, Decimal(0))


def create(connection: Connection, orders: Sequence[m.ProductionOrder]) -> None:
    """New productions in state draft, in one call (those of a variant get their reference in a second)."""
    items = products.look_up(connection, [order.item for order in orders])
    sites = warehouses(connection)
    centers = work_centers.roots(connection)
    values = [_values(connection, order, items, sites, centers) for order in orders]
    made = connection.create(PRODUCTION, *values)
    chosen = [(id_, order) for id_, order in zip(made, orders, strict=True) if order.variant is not None]
    if not chosen:
        return
    # Only the reference makes a production an order of ours: nobody reads it before its variant is kept with it.
    notes.keep(connection, [(notes.resource(PRODUCTION, id_), _choice(x.variant)) for id_, x in chosen])
    named = [argument for id_, x in chosen for argument in ([id_], {"reference": x.id})]
    connection.write(PRODUCTION, *named)


def _choice(variant: str | None) -> Json:
    return {"kind": "order", "variant": variant}


def warehouses(connection: Connection) -> dict[str, Json]:
    """The warehouse of each site: that whose code is the site."""
    fields = ("code", "storage_location", "production_location")
    found = connection.find("stock.location", [["type", "=", "warehouse"]], fields)
    return {each["code"]: each for each in found}


def _values(
    connection: Connection,
    order: m.ProductionOrder,
    items: products.Items,
    sites: dict[str, Json],
    centers: dict[str, Json],
) -> Json:
    site, center = sites.get(order.site), centers.get(order.site)
    making = _making(connection, order.item, order.variant, items.id(order.item))
    values = {
        "type": "assembly",
        "reference": order.id if order.variant is None else None,
        "company": connection.company,
        "warehouse": site["id"] if site else UNKNOWN,
        "location": site["production_location"] if site else UNKNOWN,
        "product": items.id(order.item),
        # Without a bom Tryton takes an order without a unit, so one that is not known must not be sent as none.
        "unit": items.unit(order.item, order.quantity.unit) or UNKNOWN,
        "quantity": as_float(order.quantity.value),
        "work_center": center["id"] if center else None,
        **making,
    }
    return {**values, **exploded(connection, values)} if site and order.item in items.products else values


def _making(connection: Connection, item: str, variant: str | None, product: int) -> Json:
    """Bom and routing of an order: the first of the product, or those of its variant."""
    order = (("sequence", "ASC"), ("id", "ASC"))
    clause: Domain = [["product", "=", product], ["bom.active", "=", True]]
    links = connection.find(boms.LINK, clause, ["bom", "bom.code", "routing"], order=order)
    if variant is not None:
        structure = assembly.in_effect(connection, item, variant)
        wanted = structure.bom if structure else None
        links = [link for link in links if split_code(link["bom."]["code"])[0] == wanted]
    link = links[0] if links else {"bom": None if variant is None else UNKNOWN, "routing": None}
    return {"bom": link["bom"], "routing": link["routing"]}


def exploded(connection: Connection, values: Json) -> Json:
    """The moves of a production, as Tryton proposes them to the client."""
    asked = {**values, "id": UNSAVED, "inputs": [], "outputs": []}
    changed = connection.call(f"model.{PRODUCTION}.on_change", asked, ["quantity"])
    return {side: [["create", _moves(changed.get(side))]] for side in ("inputs", "outputs")}


def _moves(change: Any) -> list[Json]:
    proposed = (move for _, move in (change or {}).get("add", []))
    return [_floats({key: move[key] for key in _MOVE}) for move in proposed]


def _floats(move: Json) -> Json:
    return {**move, "quantity": float(move["quantity"])}


def switch(connection: Connection, order: str, variant: str | None, seen: str | None) -> None:
    """Another bom and routing for an order: back to draft, where Tryton lets them be changed, and forward again if
    it had been released. Tryton refuses the first change if the order's time stamp is not the one that was seen."""
    production = find(connection, order)
    if production is None:
        connection.press(PRODUCTION, "draft", [UNKNOWN])
        return
    making = _making(connection, production["product."]["code"], variant, production["product"])
    keep = ("company", "warehouse", "location", "product", "unit")
    values = {**{key: production[key] for key in keep}, "quantity": float(production["quantity"] or 0), **making}
    old = connection.find(PRODUCTION, [["id", "=", production["id"]]], ["inputs", "outputs"])[0]
    moves = exploded(connection, {**values, "type": "assembly"})
    both = {side: [["delete", old[side]], *moves[side]] for side in ("inputs", "outputs")}
    as_seen = {"_timestamp": {f"{PRODUCTION},{production['id']}": seen}} if seen else None
    released = production["state"] == "waiting"
    if released:
        connection.press(PRODUCTION, "draft", [production["id"]], as_seen)
    try:
        connection.write(PRODUCTION, [production["id"]], {**making, **both}, context=None if released else as_seen)
        notes.keep(connection, [(notes.resource(PRODUCTION, production), _choice(variant))])
    finally:  # a refused switch leaves the order as released as it was
        if released:
            connection.press(PRODUCTION, "wait", [production["id"]])


def where_used(connection: Connection, ref: m.MasterRef) -> frozenset[str]:
    """Orders that were started under this revision of a bom or routing."""
    code = f"{ref.id}/{ref.revision}"
    field = {"bom": "bom.code", "routing": "routing.name"}[ref.domain]
    clause = [[field, "=", code], ["state", "in", ["running", "done"]]]
    return frozenset(each["reference"] for each in connection.find(PRODUCTION, clause, ["reference"]))
