"""Unit rules of an item as Tryton has them: a unit category per item.

A unit's factor cannot change once it is made; Tryton says to make a new unit and deactivate the old one.
So a revision of the rules is a set of new units, inactive until the revision takes effect. The revision is in
the units' names (``BX [B]``); that of the base unit names the one in effect. The exact fraction and what
Tryton has no field for (rounding mode, tolerance) are in a note on the category.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import notes
from syncproof.adapters.tryton.codes import NATIVE, code_of, symbols_of
from syncproof.adapters.tryton.held import ANY_ACTIVE, Held
from syncproof.adapters.tryton.rpc import Connection, Domain, Json
from syncproof.adapters.tryton.wire import as_float

UNIT = "product.uom"
CATEGORY = "product.uom.category"
PLACES = 12
"""Decimals of Tryton's factors and rates, and of quantities in the units made here."""
UNRULED = Decimal("0.000001")
"""Rounding precision of a base unit whose item has no unit rules yet. Tryton rounds its count of stock to it, so it
must be fine; and Tryton divides by it in floats, so it must not be finer: these are the most decimals with which
every quantity up to 9 000 000 000 comes back exactly."""
FINEST = 10.0**-PLACES
"""Rounding precision of alternative units: only the base unit's policy is to round."""
NEW = "new"
"""In the name of a base unit of which no revision has taken effect yet."""
FIELDS = ("symbol", "name", "factor", "rate", "rounding", "active", "category", "create_date", "write_date")


def base_unit(code: str, increment: Decimal = UNRULED) -> Json:
    """Values of a base unit; the item's rules say how it is rounded when they take effect."""
    name = tagged(code, NEW)
    return {"name": name, "symbol": code, "factor": 1.0, "rate": 1.0, "rounding": float(increment), "digits": PLACES}


def alternative(conversion: m.Conversion, revision: str) -> Json:
    """Values of an alternative unit: the fraction in Tryton's two twelve-digit numbers."""
    factor, rate = rendered(conversion)
    code = conversion.from_unit
    name = tagged(code, revision)
    return {"name": name, "symbol": code, "factor": factor, "rate": rate, "rounding": FINEST, "digits": PLACES}


def rendered(conversion: m.Conversion) -> tuple[float, float]:
    """Factor and rate of a conversion; 0 for what would divide by zero."""
    n, d = conversion.numerator, conversion.denominator
    return (round(n / d, PLACES) if d else 0.0, round(d / n, PLACES) if n else 0.0)


def tagged(code: str, revision: str) -> str:
    """Name of a unit that belongs to a revision."""
    return f"{code} [{revision}]"


def tag(unit: Json) -> str | None:
    """The revision in a unit's name."""
    found = re.search(r" \[(.+)\]$", unit["name"])
    return found[1] if found else None


def is_base(unit: Json) -> bool:
    """Whether a unit is its category's base."""
    return bool(unit["factor"] == unit["rate"] == 1)


def of_categories(connection: Connection, categories: Iterable[int]) -> dict[int, list[Json]]:
    """Every unit of some categories, inactive ones too."""
    domain = [["category", "in", sorted(set(categories))], ANY_ACTIVE]
    found: dict[int, list[Json]] = {}
    for unit in connection.find(UNIT, domain, FIELDS):
        found.setdefault(unit["category"], []).append(unit)
    return found


def choose(units: Sequence[Json], code: str) -> Json | None:
    """The unit of a code in a category: the active one, else the last one made (of a revision that is
    to take effect together with what refers to it)."""
    symbols = symbols_of(code)
    found = sorted((u for u in units if u["symbol"] in symbols), key=lambda u: (not u["active"], -u["id"]))
    return found[0] if found else None


def own(connection: Connection, code: str) -> int | None:
    """Tryton's own unit of a code, for a unit that the item's category does not have: it is for Tryton
    to say that it does not fit."""
    found = connection.find(UNIT, [["symbol", "=", NATIVE.get(code, code)]], ["symbol"])
    return int(found[0]["id"]) if found else None


def fraction(unit: Json) -> Fraction:
    """What Tryton converts with: of factor and rate the one with fewer decimals, as Tryton itself
    chooses (module ``product``, ``Uom.accurate_field``)."""
    factor, rate = unit["factor"], unit["rate"]
    places = {name: _places(unit[name]) for name in ("factor", "rate")}
    by_rate = places["rate"] < places["factor"] or (places["rate"] == places["factor"] and factor < 1)
    return 1 / Fraction(rate) if by_rate else Fraction(factor)


def _places(value: Decimal) -> int:
    return len(f"{value:.{PLACES}f}".partition(".")[2].rstrip("0"))


def read(connection: Connection, category_of: dict[str, int]) -> list[Held]:
    """The unit rules of items, given the category of each."""
    units = of_categories(connection, category_of.values())
    kept = notes.read(connection, [notes.resource(CATEGORY, each) for each in units])
    found: list[Held] = []
    for item, category in category_of.items():
        documents = kept.get(notes.resource(CATEGORY, category), [])
        found += _held(item, units.get(category, []), notes.revisions(documents, "uom", item))
    return found


def _held(item: str, units: list[Json], known: dict[str, m.AnyMaster]) -> list[Held]:
    base = next((unit for unit in units if is_base(unit)), None)
    if base is None:
        return []
    if not known:  # a unit with a revision in its name is ours, and its note is still to come
        return [] if any(map(tag, units)) else [Held(_by_hand(item, base, units), in_effect=True)]
    current = tag(base)
    return [
        Held(_overlaid(master, base, units, current=revision == current), in_effect=revision == current)
        for revision, master in known.items()
        if isinstance(master, m.UomConversion)
    ]


def _by_hand(item: str, base: Json, units: list[Json]) -> m.UomConversion:
    conversions = tuple(_conversion(unit) for unit in units if unit["id"] != base["id"] and unit["active"])
    policy = m.RoundingPolicy(increment=base["rounding"])
    unit = code_of(base["symbol"])
    return m.UomConversion(id=item, revision="0", base_unit=unit, conversions=conversions, rounding=policy)


def _conversion(unit: Json) -> m.Conversion:
    exact = fraction(unit)
    return m.Conversion(from_unit=code_of(unit["symbol"]), numerator=exact.numerator, denominator=exact.denominator)


def _overlaid(master: m.UomConversion, base: Json, units: list[Json], *, current: bool) -> m.UomConversion:
    own_units = [u for u in units if tag(u) == master.revision and u["id"] != base["id"]]
    said = list(master.conversions)
    conversions = tuple(_as_said(unit, said) for unit in own_units)
    rounding = master.rounding
    if current and base["rounding"] != rounding.increment:
        rounding = msgspec.structs.replace(rounding, increment=base["rounding"])
    return msgspec.structs.replace(master, conversions=conversions, rounding=rounding)


def _as_said(unit: Json, said: list[m.Conversion]) -> m.Conversion:
    """The fraction as it was submitted if Tryton's numbers are its rendering, else Tryton's."""
    for conversion in said:
        factor, rate = (Decimal(repr(each)) for each in rendered(conversion))
        if conversion.from_unit == unit["symbol"] and (factor, rate) == (unit["factor"], unit["rate"]):
            return conversion
    return _conversion(unit)


def submit(connection: Connection, masters: Sequence[m.UomConversion], category_of: dict[str, int]) -> None:
    """New units for each revision; the units of a revision that is there already are overwritten, which
    Tryton refuses if a factor differs."""
    for master in masters:
        category = category_of.get(master.id) or _new_category(connection, master.id, master.base_unit)
        units = of_categories(connection, [category]).get(category, [])
        base = _base(connection, master.base_unit, category, units)
        _write_units(connection, master, category, [u for u in units if tag(u) == master.revision])
        notes.keep(connection, [(notes.resource(CATEGORY, category), master)])
        connection.write(UNIT, [base["id"]], {"name": base["name"]})  # its date says that there is news


def base_for(connection: Connection, item: str, code: str) -> int:
    """The id of the base unit of a new item, in a category of its own; its unit rules may have come before it."""
    found = connection.find(CATEGORY, [["name", "=", item]], ["name"])
    category = found[0]["id"] if found else _new_category(connection, item, code)
    return int(_base(connection, code, category, of_categories(connection, [category]).get(category, []))["id"])


def _base(connection: Connection, code: str, category: int, units: list[Json]) -> Json:
    """The base unit of the category; another one is made if another code is wanted."""
    for unit in units:
        if is_base(unit) and code_of(unit["symbol"]) == code:
            return unit
    values = base_unit(code)
    return {"id": connection.create(UNIT, {**values, "category": category})[0], **values}


def _new_category(connection: Connection, item: str, code: str) -> int:
    return connection.create(CATEGORY, {"name": item, "uoms": [["create", [base_unit(code)]]]})[0]


def _write_units(connection: Connection, master: m.UomConversion, category: int, present: list[Json]) -> None:
    new: list[Json] = []
    for conversion in master.conversions:
        there = next((u for u in present if u["symbol"] == conversion.from_unit and not is_base(u)), None)
        wanted = alternative(conversion, master.revision)
        if there is None:
            new.append({**wanted, "category": category})
        else:
            connection.write(UNIT, [there["id"]], {key: wanted[key] for key in ("factor", "rate")})
    if new:
        made = connection.create(UNIT, *new)
        connection.write(UNIT, made, {"active": False})  # an inactive unit cannot be created as such


def activate(connection: Connection, master: m.UomConversion, category: int) -> None:
    """Put the units of a revision in the place of those before it, in boms too."""
    units = of_categories(connection, [category]).get(category, [])
    base = next(unit for unit in units if is_base(unit))
    others = [unit for unit in units if unit["id"] != base["id"]]
    new = {u["symbol"]: u["id"] for u in others if tag(u) == master.revision}
    old = [u for u in others if tag(u) != master.revision]
    changes: list[object] = [[base["id"]], _base_values(master)]
    changes += [list(new.values()), {"active": True}] if new else []
    retired = [u["id"] for u in old if u["active"]]
    changes += [retired, {"active": False}] if retired else []
    connection.write(UNIT, *changes)
    _repoint(connection, {u["id"]: new[u["symbol"]] for u in old if u["symbol"] in new})


def _base_values(master: m.UomConversion) -> Json:
    name = tagged(master.base_unit, master.revision)
    return {"name": name, "rounding": as_float(master.rounding.increment, "increment")}


def _repoint(connection: Connection, new_of: dict[int, int]) -> None:
    """Bom lines name a unit record, not a code: they go over to the new one."""
    if not new_of:
        return
    for model in ("production.bom.input", "production.bom.output"):
        domain: Domain = [["unit", "in", sorted(new_of)]]
        lines: dict[int, list[int]] = {}
        for line in connection.find(model, domain, ["unit"]):
            lines.setdefault(new_of[line["unit"]], []).append(line["id"])
        pairs = [part for unit, ids in lines.items() for part in (ids, {"unit": unit})]
        if pairs:
            connection.write(model, *pairs)
