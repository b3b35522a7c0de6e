"""Units: the code exists, the dimension is right, a factor says what is true."""

from collections.abc import Iterator
from fractions import Fraction

from syncproof.contracts.rules.base import At, Finding, Found, Json, Rule, Source, place, reach
from syncproof.contracts.rules.codes import DIMENSIONS, convertible, factor

KNOWN = Rule("unit-known", "URS-VAL-001", "a unit is a code of UN/ECE Rec 20 or 21 that is in use here")
DIMENSION = Rule("unit-dimension", "URS-UOM-005", "units of different dimensions have no factor")
FACTOR = Rule("unit-factor", "URS-UOM-005", "a factor is above zero, and that of physics where there is one")
ONCE = Rule("unit-once", "URS-UOM-003", "one unit of one item has one factor")
OF_ITEM = Rule("unit-of-item", "URS-UOM-005", "a quantity of an item can be taken to the item's base unit")

PLACES = {
    "material": ("base_unit",),
    "bom": ("base_quantity/unit", "lines/*/quantity/unit"),
    "uom": ("base_unit", "conversions/*/from_unit"),
    "recipe": ("parameters/*/unit",),
    "test_specification": ("characteristics/*/unit",),
    "order": ("quantity/unit",),
    "lot": ("quantity/unit",),
    "fact": ("quantity/unit",),
}
"""Where a contract has unit codes."""
QUANTITIES = {
    "bom": (("item", "base_quantity/unit"), ("lines/*/item", "lines/*/quantity/unit")),
    "order": (("item", "quantity/unit"),),
    "lot": (("item", "quantity/unit"),),
    "fact": (("item", "quantity/unit"),),
}
"""Where a contract has an item and the unit of a quantity of it."""


def known(contract: str, document: Json) -> Iterator[Found]:
    """Every code exists."""
    for pattern in PLACES.get(contract, ()):
        for at, code in reach(document, pattern):
            if code not in DIMENSIONS:
                yield Found(
                    KNOWN, place(pattern, at), f"no unit has the code {code!r}", "a code of UN/ECE Rec 20", code
                )


def conversions(contract: str, document: Json) -> Iterator[Found]:
    """Every conversion of a ``uom`` is possible, true and the only one of its unit."""
    met = {document["base_unit"]} if contract == "uom" else set()
    for number, each in enumerate(document.get("conversions", ()) if met else ()):
        pointer, code = f"/conversions/{number}", each["from_unit"]
        if code in met:
            text = f"{code} is the base unit or has a factor already"
            yield Found(ONCE, f"{pointer}/from_unit", text, "each other unit once", code)
        met.add(code)
        yield from _conversion(each, document["base_unit"], pointer)


def _conversion(each: Json, base: str, pointer: str) -> Iterator[Found]:
    code, numerator, denominator = each["from_unit"], each["numerator"], each.get("denominator", 1)
    if numerator <= 0 or denominator <= 0:
        actual = f"{numerator}/{denominator}"
        yield Found(FACTOR, pointer, f"the factor of {code} is not above zero", "a factor above zero", actual)
    elif code in DIMENSIONS and base in DIMENSIONS:
        yield from _physics(code, base, Fraction(numerator) / Fraction(denominator), pointer)


def _physics(code: str, base: str, stated: Fraction, pointer: str) -> Iterator[Found]:
    if not convertible(code, base):
        message = f"{code} is a {DIMENSIONS[code]}, {base} a {DIMENSIONS[base]}: no factor can be right"
        yield Found(DIMENSION, f"{pointer}/from_unit", message, f"a unit of {DIMENSIONS[base]}", code)
        return
    true = factor(code, base)
    if true is not None and true != stated:
        yield Found(FACTOR, pointer, f"one {code} is {true} {base} by definition", str(true), str(stated))


class OfItem:
    """A quantity of an item is in a unit from which there is a way to the item's base unit."""

    def __init__(self) -> None:
        self._bases: dict[str, str] = {}
        self._stated: set[tuple[str, str]] = set()
        self._used: dict[tuple[str, str], tuple[Source, str, At]] = {}

    def look(self, contract: str, document: Json, source: Source) -> None:
        """Remembers base units, conversions, and the first place of each item and unit."""
        if contract == "material":
            self._bases[document["id"]] = document["base_unit"]
        if contract == "uom":
            self._stated.update((document["id"], each["from_unit"]) for each in document.get("conversions", ()))
        for items, units in QUANTITIES.get(contract, ()):
            pairs = zip(reach(document, items), reach(document, units), strict=False)
            for (_, item), (at, unit) in pairs:
                self._used.setdefault((item, unit), (source, units, at))

    def end(self) -> Iterator[Finding]:
        """What cannot be converted."""
        for (item, unit), (source, units, at) in self._used.items():
            base = self._bases.get(item)
            if base and not self._converts(item, unit, base):
                message = f"{item} is kept in {base}; nothing says how many of it one {unit} is"
                expected = f"a unit of {DIMENSIONS.get(base, base)}, or a conversion in uom {item}"
                yield Finding(Found(OF_ITEM, place(units, at), message, expected, unit), source)

    def _converts(self, item: str, unit: str, base: str) -> bool:
        return unit == base or (item, unit) in self._stated or _same(unit, base)

    def unchecked(self) -> dict[str, int]:
        unknown = sum(1 for item, _ in self._used if item not in self._bases)
        return {"unit of an item whose material was not given": unknown} if unknown else {}


def _same(unit: str, base: str) -> bool:
    """By physics; a unit that is not known has been told already."""
    return unit not in DIMENSIONS or base not in DIMENSIONS or factor(unit, base) is not None
