"""Units of measure and their exact conversion to an item's base unit.

Codes are those of UN/ECE Recommendation 20 (packaging: Recommendation 21). The factors of one
dimension are exact by definition (the pound and the ounce by the international agreement of 1959).
"""

from fractions import Fraction

from syncproof.simulators.product.errors import ConversionMissing
from syncproof.simulators.product.quantities import Json

_SCALES: dict[str, dict[str, Fraction]] = {
    "mass": {
        "KGM": Fraction(1000), "GRM": Fraction(1), "MGM": Fraction(1, 1000), "TNE": Fraction(1_000_000),
        "LBR": Fraction("453.59237"), "ONZ": Fraction("28.349523125"),
    },
    "volume": {"LTR": Fraction(1000), "MLT": Fraction(1), "MTQ": Fraction(1_000_000)},
    "length": {"MTR": Fraction(1000), "CMT": Fraction(10), "MMT": Fraction(1)},
    "time": {"HUR": Fraction(3600), "MIN": Fraction(60), "SEC": Fraction(1)},
    "count": {"C62": Fraction(1), "H87": Fraction(1), "EA": Fraction(1), "DZN": Fraction(12)},
    "packaging": {},
}  # fmt: skip
"""Per dimension: how many of its smallest unit one unit is."""

_PACKAGING = ("BX", "CT", "PK")

DIMENSIONS: dict[str, str] = {
    **{unit: name for name, scale in _SCALES.items() for unit in scale},
    **dict.fromkeys(_PACKAGING, "packaging"),
}
"""Every known unit code and its dimension."""


def dimension(unit: str) -> str | None:
    """The dimension of a unit code; None if the code is not known."""
    return DIMENSIONS.get(unit)


def convertible_in_principle(unit: str, other: str) -> bool:
    """Whether any factor between two known units can make sense: packaging holds anything."""
    dimensions = {dimension(unit), dimension(other)}
    return None not in dimensions and (len(dimensions) == 1 or "packaging" in dimensions)


def fixed_factor(unit: str, other: str) -> Fraction | None:
    """How many ``other`` one ``unit`` is by physics; None if the item alone can say."""
    if dimension(unit) is None or dimension(unit) != dimension(other):
        return None
    scale = _SCALES[DIMENSIONS[unit]]
    return scale[unit] / scale[other] if scale else None


def item_factor(unit: str, uom: Json | None) -> Fraction | None:
    """How many base units one ``unit`` of the item is by its uom record; None: not stated."""
    for entry in (uom or {}).get("conversions", ()):
        if entry["from_unit"] == unit:
            return Fraction(entry["numerator"], entry.get("denominator", 1))
    return None


def to_base(amount: Fraction, unit: str, item: str, base_unit: str, uom: Json | None) -> Fraction:
    """An amount of an item in its base unit, exactly. The uom record alone decides."""
    if unit == base_unit:
        return amount
    factor = item_factor(unit, uom)
    if factor is None:
        known = ", ".join(sorted(x["from_unit"] for x in (uom or {}).get("conversions", ())))
        raise ConversionMissing(
            f"no conversion of item {item!r} from {unit} to its base unit {base_unit}; "
            f"convertible: {', '.join(filter(None, (base_unit, known)))}"
        )
    return amount * factor
