"""The named policies of execution, on top of those that every system has.

Each is one small function that decides one thing; the API only asks them in order. Replacing a field
(``dataclasses.replace(rules, label_guard=...)``) changes that decision and nothing else.
"""

from dataclasses import dataclass

from syncproof.simulators import product
from syncproof.simulators.chassis.rules import Policy, Rules
from syncproof.simulators.mes.rules import (
    batches,
    consumption,
    dispatch,
    eligibility,
    equipment,
    evidence,
    labels,
    orders,
    outputs,
    scans,
)
from syncproof.simulators.product import genealogy as tracing


@dataclass(frozen=True, kw_only=True)
class MesRules(Rules):
    """What execution decides by."""

    # orders
    apply_order: Policy = orders.apply_order
    """(ctx, data) -> Verdict: takes over an order as planning tells it."""
    order_executable: Policy = dispatch.order_executable
    """(order) -> Reason or None: released, and not closed or cancelled."""
    structure_of: Policy = product.structure_of
    """(item, variant, lookup) -> ids of the masters that make the product, by domain."""
    gaps: Policy = product.gaps
    """(item, variant, lookup) -> texts: what the order's revision set lacks."""

    # what drives a batch
    pinned_once: Policy = batches.pinned_once
    """(pin so far or None, () -> the pin of now) -> the pin that counts."""
    pinned_revision: Policy = batches.pinned_revision
    """(pin or None, domain, id) -> the revision that a started batch is fixed to, or None."""
    order_instant: Policy = batches.order_instant
    """(start or None, now) -> the instant as of which masters count."""
    batch_started: Policy = batches.batch_started
    """(order, pin or None) -> Reason or None."""

    # dispatch and sequence
    dispatched_routing: Policy = dispatch.dispatched_routing
    """(ctx, routing that drives the order) -> the routing whose operations are listed."""
    dispatch_list: Policy = dispatch.dispatch_list
    """(order, routing, runs, at hand) -> job orders."""
    execution_status: Policy = dispatch.execution_status
    """(routing, runs) -> Running or Completed."""
    operation_of: Policy = dispatch.operation_of
    """(routing, op_no) -> the operation, or the Reason why it cannot be executed."""
    in_sequence: Policy = dispatch.in_sequence
    """(routing, op_no, runs) -> Reason or None."""
    has_started: Policy = dispatch.has_started
    """(op_no, runs) -> Reason or None: material can be booked on the operation."""
    is_running: Policy = dispatch.is_running
    """(op_no, runs) -> Reason or None: the operation can be completed."""
    evidence_complete: Policy = evidence.evidence_complete
    """(operation, evidence) -> Reason or None."""

    # equipment
    equipment_fits: Policy = equipment.equipment_fits
    """(operation, item, unit, state) -> Reason or None."""
    equipment_at_hand: Policy = equipment.equipment_at_hand
    """(operation, item, (unit, state) pairs, fits) -> whether any unit may run it."""
    equipment_state_valid: Policy = equipment.equipment_state_valid
    """(state) -> Reason or None."""

    # labels
    label_instant: Policy = batches.label_instant
    """(start of the batch or None, now) -> the instant whose label version packaging must use."""
    label_guard: Policy = labels.label_guard
    """(operation, label in effect, label given) -> Reason or None."""
    reconciliation: Policy = labels.reconciliation
    """(label, counts) -> Reason or None."""

    # consumption
    arithmetic: product.Arithmetic = product.EXACT
    """How quantities are converted, scaled and rounded."""
    use_permitted: Policy = consumption.use_permitted
    """(bom, item) -> the Use, or the Reason why the item cannot be consumed."""
    lines_of_operation: Policy = consumption.lines_of_operation
    """(bom, routing, op_no) -> the lines of the bom whose material the operation uses."""
    used_at: Policy = consumption.used_at
    """(bom, lines of the operation, op_no, item) -> Reason or None."""
    lot_of_item: Policy = consumption.lot_of_item
    """(lot, item) -> Reason or None."""
    quantity_positive: Policy = consumption.quantity_positive
    """(amount) -> Reason or None."""
    lot_holds_enough: Policy = consumption.lot_holds_enough
    """(lot, known amount, wanted amount) -> Reason or None."""
    booked: Policy = consumption.booked
    """(ctx, base amounts by item as they were booked, the bookings) -> the amounts that count."""
    consumed_so_far: Policy = consumption.consumed_so_far
    """(amounts by item, bom, original) -> amount of the original consumed, alternates included."""
    discrepancy_explained: Policy = consumption.discrepancy_explained
    """(need, amount, explanation) -> Reason or None."""
    ask_quality: Policy = eligibility.ask_quality
    """async (ctx, lot) -> the quality system's answer, or None."""
    answer_of_quality: Policy = eligibility.answer_of_quality
    """(lot, answer) -> Reason or None."""

    # output and scrap
    output_item: Policy = outputs.output_item
    """(ordered item, item) -> Reason or None."""
    output_lot: Policy = outputs.output_lot
    """(lot or None, item, order, orders that made it) -> Reason or None."""
    scrap_item: Policy = outputs.scrap_item
    """(bom, ordered item, item) -> Reason or None."""

    # records
    recorded_set: Policy = batches.recorded_set
    """(ctx, pin) -> the references that the batch record names."""
    batch_record: Policy = batches.batch_record
    """(order, pin, runs, materials) -> BatchRecord."""
    driven_by: Policy = batches.driven_by
    """(reference, (order, references) pairs) -> orders driven by it."""
    genealogy: Policy = tracing.genealogy
    """(lot, links) -> Genealogy."""
    read_barcode: Policy = scans.read_barcode
    """(ctx, text) -> lot, gtin, serial of a scan."""
    scanned_lot_format: Policy = scans.scanned_lot_format
    """(ctx, lot id) -> Reasons."""
    scanned_item: Policy = scans.scanned_item
    """(scan, lot, material or None) -> Reason or None."""
