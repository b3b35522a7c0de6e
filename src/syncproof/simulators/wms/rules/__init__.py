"""The decisions of the warehouse, each one small function that can be exchanged."""

from dataclasses import dataclass

from syncproof.simulators.chassis.rules import Policy, Rules
from syncproof.simulators.product import EXACT, Arithmetic
from syncproof.simulators.wms.rules import orders, receipts, reports, scans, stock


@dataclass(frozen=True, kw_only=True)
class WmsRules(Rules):
    """The policies of the warehouse, on top of those of every system."""

    # goods receipt
    unique: Policy = receipts.unique
    """(lot id, known lot or None) -> Reason or None."""
    new_lot: Policy = receipts.new_lot
    """(ctx, lot) -> Reasons."""

    # stock
    positive: Policy = stock.positive
    """(amount) -> Reason or None."""
    lot_item: Policy = stock.lot_item
    """(lot, item) -> Reason or None."""
    usable: Policy = stock.usable
    """(ctx, lot, balances) -> balances that may be used; Refused if none may."""
    movable: Policy = stock.movable
    """(ctx, lot, balances) -> balances that may be moved to storage; Refused if none may."""
    shippable: Policy = stock.shippable
    """(ctx, lot, balances) -> balances that may be shipped; Refused if none may."""
    free: Policy = stock.free
    """(on hand, allocations by order, order or None) -> what may be taken (for that order)."""
    enough: Policy = stock.enough
    """(lot, wanted, limit) -> Reason or None."""
    elsewhere: Policy = stock.elsewhere
    """(lot, balances elsewhere, destination) -> Reason or None."""
    take: Policy = stock.take
    """(balances, amount) -> parts by location."""
    available: Policy = stock.available
    """((on hand, restricted) of each balance, allocated) -> what may still be allocated of each."""
    main_location: Policy = stock.main_location
    """(lot, balances) -> location."""

    # orders
    lookup: Policy = orders.lookup
    """(ctx, order) -> (domain, id) -> the master JSON that drives the order."""
    revision_set: Policy = orders.shown_set
    """(ctx, order) -> references."""
    pin: Policy = orders.pin
    """(ctx, order id, references, instant or None) -> fixes what drives an order."""
    served: Policy = orders.served
    """(order) -> Reason or None."""
    needed_item: Policy = orders.needed_item
    """(ctx, order, item) -> Reason or None."""
    used_at: Policy = orders.used_at
    """(ctx, order, item, op_no or None) -> Reason or None."""
    free_allocations: Policy = orders.free_allocations
    """(ctx, order id) -> gives back what an ended order reserved."""
    arithmetic: Arithmetic = EXACT
    """Conversion, demand of a BOM line, rounding of a total."""
    requirements: Policy = orders.required
    """(ctx, order) -> required quantities."""

    # what others tell
    apply_order: Policy = orders.apply_order
    apply_lot: Policy = reports.apply_lot
    apply_fact: Policy = reports.apply_fact
    draw: Policy = reports.draw
    """(ctx, lot, order id, amount) -> takes what was consumed out of the stock."""

    # scans
    read_barcode: Policy = scans.read
    """(ctx, barcode) -> lot, gtin, serial."""
    scan_format: Policy = scans.scan_format
    """(ctx, scan) -> Reasons."""
    scan_item: Policy = scans.scan_item
    """(scan, lot, material or None) -> Reason or None."""
