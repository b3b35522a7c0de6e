"""Unit codes: the part of UN/ECE Recommendation 20 that is in use here, and packages of Recommendation 21.

Per dimension, how many of its smallest unit one unit is: exact by definition (pound, ounce, inch and gallon by the
agreements of 1959). A temperature has no factor: its scales begin at different points.
"""

from fractions import Fraction

_POUND, _INCH = Fraction("453592.37"), Fraction(25400)

FACTORS: dict[str, dict[str, Fraction]] = {
    "mass": {
        "MC": Fraction(1, 1000), "MGM": Fraction(1), "GRM": Fraction(1000), "KGM": Fraction(10**6),
        "TNE": Fraction(10**9), "LBR": _POUND, "ONZ": _POUND / 16,
    },
    "volume": {
        "4G": Fraction(1), "MLT": Fraction(1000), "CMQ": Fraction(1000), "LTR": Fraction(10**6), "DMQ": Fraction(10**6),
        "HLT": Fraction(10**8), "MTQ": Fraction(10**9), "GLL": 231 * (_INCH / 1000) ** 3,
    },
    "length": {
        "4H": Fraction(1), "MMT": Fraction(1000), "CMT": Fraction(10**4), "MTR": Fraction(10**6),
        "KMT": Fraction(10**9), "INH": _INCH, "FOT": _INCH * 12,
    },
    "area": {"MMK": Fraction(1), "CMK": Fraction(100), "MTK": Fraction(10**6)},
    "time": {"SEC": Fraction(1), "MIN": Fraction(60), "HUR": Fraction(3600), "DAY": Fraction(86400)},
    "count": {
        "C62": Fraction(1), "H87": Fraction(1), "EA": Fraction(1), "DZN": Fraction(12), "CEN": Fraction(100),
        "MIL": Fraction(1000),
    },
    "ratio": {"59": Fraction(1), "P1": Fraction(10**4)},
    "pressure": {"PAL": Fraction(1), "MBR": Fraction(100), "KPA": Fraction(1000), "BAR": Fraction(10**5)},
    "frequency": {"RPM": Fraction(1), "HTZ": Fraction(60)},
    "energy": {"JOU": Fraction(1), "KJO": Fraction(1000), "KWH": Fraction(3_600_000)},
    "power": {"WTT": Fraction(1), "KWT": Fraction(1000)},
}  # fmt: skip
_WITHOUT = {
    "temperature": ("CEL", "FAH", "KEL"),
    "packaging": ("AM", "BG", "BO", "BX", "CA", "CS", "CT", "DR", "JR", "PK", "PX", "RO", "SA", "TU", "VI"),
}
PACKAGING = "packaging"
"""A package holds anything: only its item can say how much."""

DIMENSIONS: dict[str, str] = {
    **{code: name for name, factors in FACTORS.items() for code in factors},
    **{code: name for name, codes in _WITHOUT.items() for code in codes},
}
"""Every known code and its dimension."""


def convertible(code: str, other: str) -> bool:
    """Whether any factor between two known units can make sense."""
    dimensions = {DIMENSIONS[code], DIMENSIONS[other]}
    return len(dimensions) == 1 or PACKAGING in dimensions


def factor(code: str, other: str) -> Fraction | None:
    """How many ``other`` one unit is by definition; None: only the item can say."""
    scale = FACTORS.get(DIMENSIONS[code], {})
    return scale[code] / scale[other] if code in scale and other in scale else None
