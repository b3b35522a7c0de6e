"""What Tryton 8.2 can do through this adapter, and which of its modules each needs."""

from syncproof import capabilities
from syncproof.adapters.tryton.catalogue import ORDER

DOMAINS = frozenset(ORDER)
"""Domains whose masters Tryton holds."""

_MODULE = {
    "production": (
        *("planning.create_orders", "planning.release_order", "planning.close_order", "planning.order"),
        *(
            "planning.cancel_order",
            "planning.requirements",
            "planning.switch_variant",
            "warehouse.order",
            "warehouse.requirements",
        ),
        "orders.seen",
        *("execution.order", "execution.requirements", "execution.where_used", "master.bom", "master.variant"),
    ),
    "production_routing": ("master.routing",),
    "production_work": (
        *("master.equipment", "execution.dispatch_list", "execution.start_operation"),
        "execution.complete_operation",
    ),
    "stock_lot": (
        *("system.lot", "planning.issue", "planning.transfer", "planning.genealogy", "execution.consume"),
        *("execution.report_output", "execution.genealogy", "warehouse.receive_lots", "warehouse.allocate"),
        *("warehouse.issue", "warehouse.move", "warehouse.ship", "warehouse.dispose", "warehouse.stock"),
        *("holds.lot", "holds.location"),
    ),
    "product": ("master.material", "master.uom", "revise_conversion"),
    "ir": (
        *("system.identify", "system.submit", "system.masters", "system.effective", "system.audit_trail"),
        *("bulk", "feed.changes", "feed.activate", "feed.post"),
    ),
}
"""Module -> capabilities that rest on it."""

CAPABILITIES = frozenset(name for names in _MODULE.values() for name in names)
"""All of them; the system states those whose module is activated."""

MISSING: dict[str, str] = {
    "effectivity.as_of": "no date in a bom or routing, and no query as of an instant",
    "effectivity.schedule": "no effective date: the integration activates a revision when its time has come",
    "effectivity.site": "the boms of a product are the same at every site",
    "orders.follow_cutover": "a production keeps the bom and routing of the day it was made",
    "audit.old_new": "ir.model.log names the fields that were written, not their values",
    "audit.reason": "no write takes a reason",
    "audit.refused": "a refused write leaves no trace",
    "change.linked": "no record refers to a change request or to approvals",
    "identity.name": "no call tells a name that the landscape could have given it",
    "contracts.stated": "it speaks its own messages, not the contracts",
    "staging": "a record is there or it is not",
    "holds.item": "nothing blocks an item as a whole",
    "synchronised.deliver": "no event interface",
    "synchronised.receipts": "no receipts",
    "synchronised.published": "no event interface",
    "execution.batch_record": "no record of evidence, equipment or label of an operation",
    "execution.set_equipment_state": "a work centre is active or not; it is not down",
    "execution.scan": "no barcode interface",
    "warehouse.scan": "no barcode interface",
}
"""What Tryton does not have, and why (landscapes/tryton.md tells more)."""


def stated(modules: frozenset[str]) -> frozenset[str]:
    """What a database can do with the modules that are activated in it."""
    return frozenset(name for module, names in _MODULE.items() if module in modules for name in names)


assert not capabilities.unknown(CAPABILITIES | frozenset(MISSING))
