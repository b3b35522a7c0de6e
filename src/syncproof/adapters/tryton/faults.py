"""Refusals in Tryton's own words.

Tryton sends one class for nearly all refusals (``UserError``) and says the rest in a sentence. The code
in front of a reason is read off that sentence; the landscape file can add to the list under
``[systems.NAME.mappings.codes]`` (pattern = "code"), for a server that speaks another language.
"""

import re
from collections.abc import Mapping

KNOWN = ("UserError", "UserWarning", "ConcurrencyException", "LoginException")
"""Fault classes of Tryton's protocol; anything else in their place is a crash of the server."""


class Fault(Exception):
    """Tryton refused a call."""

    def __init__(self, kind: str, message: str, description: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.description = description

    @property
    def text(self) -> str:
        """What Tryton said, on one line."""
        said = f"{self.message} {self.description}".replace("\xa0", " ")
        return " ".join(said.split())


CODES: dict[str, str] = {
    r"^The server could not verify that you are authorized": "unauthenticated",
    r"^You are not allowed to create .*Production Work Cycle. because they fail": "operation_unknown",
    r"^You are not allowed to (access|read|write|create|delete|call)": "forbidden",
    r"^Records were modified in the meanwhile": "stale",
    r'field "Product" in .*"Production Bom Input" is not valid': "orphan_component",
    r'field "Unit" in .*"Production Bom Input" is not valid': "conversion_missing",
    r'^A value is required for field "Unit" in .*"Production Bom Input"': "conversion_missing",
    r'field "Quantity" in .* is not valid': "quantity_invalid",
    r'field "(Factor|Rate)" in .*"Product Uom" is not valid': "conversion_impossible",
    r"factor and rate|Incompatible factor and rate": "conversion_impossible",
    r"You cannot create a recursive BOM": "bom_recursive",
    r"Code of active product must be unique": "revision_exists",
    r'field "Product" in .*"Production" is not valid': "unknown_item",
    r'field "(Location|Warehouse)" in .*"Production" is not valid': "unknown_site",
    r'records .* of "Production Bom" that don\'t exist': "unknown_variant",
    r'records .* of "Product" that don\'t exist': "unknown_item",
    r'field "Product" in .*"Stock Lot"': "unknown_item",
    r'records .* of "Product Uom" that don\'t exist': "unknown_unit",
    r'field "Product" in .*"Stock Move" is not valid': "unknown_item",
    r'field "Lot" in .*"Stock Move" is not valid': "lot_mismatch",
    r"because its lot .* has expired": "lot_restricted",
    r"work .* must be finished": "order_incomplete",
    r'records .* of "Production" that don\'t exist': "unknown_order",
    r'records .* of "Production Work Cycle" that don\'t exist': "operation_state",
    r'records .* of "Product Template" that don\'t exist': "unknown_item",
    r'^You can not call "(do|pick)" on .*"Stock (Move|Shipment Internal|Shipment Out)"': "not_assigned",
    r'^You can not call "do" on .*"Production Work Cycle"': "operation_state",
    r'^You can not call .* of "Production"': "order_state",
    r'^You are not allowed to modify the field .* of "Production"': "order_state",
}
"""What a sentence of Tryton 8.2 (English) means in the suite's vocabulary; the first match counts."""


def reason(fault: Fault, extra: Mapping[str, str] | None = None) -> str:
    """``code: sentence``; a sentence that is in no list keeps Tryton's own class as code."""
    text = fault.text
    for pattern, code in {**(extra or {}), **CODES}.items():
        if re.search(pattern, text):
            return f"{code}: {text}"
    return f"{fault.kind}: {text}"
