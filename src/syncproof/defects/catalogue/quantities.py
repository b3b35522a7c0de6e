"""Units, conversion and rounding."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from syncproof.defects.base import Defect

Json = dict[str, Any]
Original = Callable[..., Any]


class RoundedAtEveryLevel(Defect):
    """The demand of each line is rounded before the next level sees it, so that small coefficients lose their part
    level by level."""

    id = "UOM-06"
    citation = "frappe/erpnext#37953"
    requirements = ("URS-UOM-002",)
    system = "erp"
    policy = "arithmetic.line_demand"

    def replacement(self, original: Original, line: Json, parent: Fraction, base: Fraction) -> Fraction:
        return Fraction(round(original(line, parent, base), 2))
