"""Unit codes: UN/ECE Rec 20 on our side, symbols on Tryton's.

Units that the adapter makes carry the Rec 20 code as their symbol. Units that Tryton itself brings (kg, l,
...) are known by this cross-reference.
"""

NATIVE: dict[str, str] = {
    "C62": "u",
    "CMT": "cm",
    "FOT": "ft",
    "GLL": "gal",
    "GRM": "g",
    "HUR": "h",
    "INH": "in",
    "KGM": "kg",
    "LBR": "lb",
    "LTR": "l",
    "MIN": "min",
    "MMT": "mm",
    "MTK": "m²",
    "MTQ": "m³",
    "MTR": "m",
    "ONZ": "oz",
    "SEC": "s",
}
"""Rec 20 code -> symbol of the unit that Tryton's module ``product`` brings."""

_CODES = {symbol: code for code, symbol in NATIVE.items()}

UNKNOWN = 2**31 - 1
"""Stands for a record that was not found, so that it is Tryton that says so: the last id of a table, which no
record has. (Below zero it would be a record that is still to be saved; asked to act on one, the server crashes.)"""

UNSAVED = -1
"""The id of a record that is still to be saved, as Tryton's own client numbers it."""


def code_of(symbol: str) -> str:
    """The Rec 20 code of a unit symbol; a symbol without one stays as it is."""
    return _CODES.get(symbol, symbol)


def symbols_of(code: str) -> list[str]:
    """Symbols under which a unit may be found."""
    return [code, NATIVE[code]] if code in NATIVE else [code]
