"""Tryton groups for the roles of the landscape file.

Every refusal for want of a role is Tryton's own: a group gives access to models, and a record rule keeps stock
in quarantine from everybody but quality.
"""

READ, EDIT, USE = "r", "rwc", "rwcd"
"""Read; read, write and create; and delete as well."""

EVERYBODY: dict[str, str] = {
    "stock.move": READ,
    "stock.lot": READ,
    "stock.lot.trace": READ,
    "stock.lots_by_locations": READ,
    "stock.shipment.internal": READ,
    "stock.shipment.out": READ,
    "production": READ,
}
"""What anybody who can log in may do."""

_STOCK = {
    "stock.move": USE,
    "stock.lot": EDIT,
    "stock.shipment.internal": USE,
    "stock.shipment.out": USE,
    "stock.location": EDIT,
}
_MASTERS = dict.fromkeys(
    (
        *("product.uom", "product.uom.category", "product.template", "product.product-production.bom"),
        *("production.bom", "production.routing", "production.routing.operation"),
        *("production.work.center", "production.work.center.category"),
    ),
    USE,
)
_ORDERS = {"production": USE, "production.work": USE, "stock.move": USE}
_FLOOR = {"production": EDIT, "production.work": EDIT, "production.work.cycle": USE, **_STOCK}

ROLES: dict[str, dict[str, str]] = {
    "engineer": _MASTERS,
    "planner": _ORDERS,
    "operator": _FLOOR,
    "warehouse": {**_STOCK, "production": EDIT},
    "quality_inspector": _STOCK,
    "quality_approver": _STOCK,
    "integration": {**_MASTERS, **_ORDERS, **_FLOOR, **_STOCK, "production": USE},
}
"""Role -> access to models; roles that are not here (viewer, release_manager ...) only read."""

ADMINISTRATOR = "administrator"
QUARANTINE_ROLES = ("quality_inspector", "quality_approver", "integration")
"""Who may move stock out of quarantine; anybody in stock may move it to waste."""
