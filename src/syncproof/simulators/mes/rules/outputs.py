"""Output and scrap: what a batch may report, and into which lot."""

from collections.abc import Collection
from typing import Any

from syncproof.simulators.mes.errors import Reason
from syncproof.simulators.product import permitted

Json = dict[str, Any]


def output_item(ordered: str, item: str) -> Reason | None:
    """A batch makes the item of its order."""
    if item == ordered:
        return None
    return Reason("output_item", f"the order makes item {ordered}, not {item}; report {ordered}", "/item")


def output_lot(lot: Json | None, item: str, order_id: str, makers: Collection[str]) -> Reason | None:
    """Output goes into a new lot or into one that the same order made (``makers`` are the orders that
    did): a lot has one origin, so that it can be traced to one revision set."""
    if lot is None or (lot["item"] == item and set(makers) == {order_id}):
        return None
    return Reason(
        "lot_exists",
        f"lot {lot['id']} of item {lot['item']} exists and was not made by order {order_id}; report into a new lot",
        "/lot",
    )


def scrap_item(bom: Json, ordered: str, item: str) -> Reason | None:
    """What can be scrapped is what the batch makes or what goes into it."""
    if item == ordered or permitted(bom, item) is not None:
        return None
    return Reason(
        "not_in_bom",
        f"item {item} is neither made by the order nor used by bom {bom['id']} revision {bom['revision']}",
        "/item",
    )
