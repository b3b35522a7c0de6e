"""Required quantities over all BOM levels."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators import product as p


def material(id, base_unit="KGM", **structure):
    return {"domain": "material", "id": id, "revision": "A", "base_unit": base_unit, "structure": structure}


def line(item, value, unit="KGM", **fields):
    return {"item": item, "quantity": {"value": str(value), "unit": unit}, **fields}


def bom(id, item, base, unit, *lines):
    return {"domain": "bom", "id": id, "revision": "A", "item": item,
            "base_quantity": {"value": str(base), "unit": unit}, "lines": list(lines)}  # fmt: skip


def uom(id, base_unit="KGM", conversions=(), **fields):
    entries = [{"from_unit": u, "numerator": n, "denominator": d} for u, n, d in conversions]
    return {
        "domain": "uom",
        "id": id,
        "revision": "A",
        "base_unit": base_unit,
        "conversions": entries,
        **fields,
    }


def lookup_in(*masters):
    held = {(master["domain"], master["id"]): master for master in masters}
    return lambda domain, key: held.get((domain, key))


def required(lookup, amount, bom_id="B"):
    needs = p.requirements("CREAM", {"value": amount, "unit": "C62"}, lookup("bom", bom_id), lookup)
    return {need["item"]: f"{need['quantity']['value']} {need['quantity']['unit']}" for need in needs}


TWO_LEVELS = (
    material("CREAM", "C62", bom="B"), material("BULK", bom="BB"), material("MIX", bom="BM"),
    material("SALT"), material("SEAL", "C62"),
    bom("B", "CREAM", 300, "C62", line("BULK", 1), line("SEAL", 7, "C62", fixed=True, scrap_percent="50")),
    bom("BB", "BULK", 3, "KGM", line("MIX", 1, scrap_percent="2.5")),
    bom("BM", "MIX", 7, "KGM", line("SALT", 1)),
)  # fmt: skip


def test_every_component_of_every_level_is_listed_exactly_and_rounded_once():
    """900 pieces: 3 kg bulk, 3/3 x 1.025 = 1.025 kg mix, 1.025/7 = 0.1464285... kg salt."""
    assert required(lookup_in(*TWO_LEVELS), "900") == {
        "BULK": "3 KGM", "MIX": "1.025 KGM", "SALT": "0.146 KGM", "SEAL": "7 C62"}  # fmt: skip


def test_an_intermediate_is_not_rounded_before_the_next_level():
    """1 piece of a third of a kilogram: rounded to 0.333 first, the million below would show it."""
    masters = (
        material("CREAM", "C62", bom="B"), material("BULK", bom="BB"), material("SALT", "GRM"),
        bom("B", "CREAM", 3, "C62", line("BULK", 1)),
        bom("BB", "BULK", 1, "KGM", line("SALT", 3_000_000, "GRM")),
    )  # fmt: skip
    assert required(lookup_in(*masters), "1")["SALT"] == "1000000 GRM"


def test_one_item_on_several_levels_is_summed_before_it_is_rounded():
    """Three times a third is one, not three times 0.333."""
    masters = (
        material("CREAM", "C62", bom="B"), material("BULK", bom="BB"), material("SALT"),
        bom("B", "CREAM", 3, "C62", line("SALT", 1), line("SALT", 1), line("BULK", 1)),
        bom("BB", "BULK", 1, "KGM", line("SALT", 1)),
    )  # fmt: skip
    assert required(lookup_in(*masters), "1")["SALT"] == "1 KGM"


def test_order_and_base_quantity_may_be_in_other_units_than_the_items():
    """2 boxes of 12 pieces; the BOM describes 1 dozen: two batches of 5 kg."""
    masters = (
        material("CREAM", "C62", bom="B"), material("OIL"),
        uom("CREAM", "C62", [("BX", 12, 1), ("DZN", 12, 1)]),
        bom("B", "CREAM", 1, "DZN", line("OIL", 5)),
    )  # fmt: skip
    lookup = lookup_in(*masters)
    needs = p.requirements("CREAM", {"value": "2", "unit": "BX"}, lookup("bom", "B"), lookup)
    assert needs == [{"item": "OIL", "quantity": {"value": "10", "unit": "KGM"}}]


def test_each_component_is_converted_by_its_own_record_and_rounded_by_its_own_policy():
    masters = (
        material("CREAM", "C62", bom="B"), material("OIL"), material("WAX"),
        uom("OIL", conversions=[("BX", 1, 3)]),
        uom("WAX", conversions=[("BX", 1, 3)], rounding={"mode": "up", "increment": "0.1"}),
        bom("B", "CREAM", 1, "C62", line("OIL", 1, "BX"), line("WAX", 1, "BX")),
    )  # fmt: skip
    assert required(lookup_in(*masters), "1") == {"OIL": "0.333 KGM", "WAX": "0.4 KGM"}


def test_a_fixed_line_below_is_used_once_per_use_of_its_assembly():
    masters = (
        material("CREAM", "C62", bom="B"), material("BULK", bom="BB"), material("FILTER", "C62"),
        bom("B", "CREAM", 1, "C62", line("BULK", 1), line("BULK", 2)),
        bom("BB", "BULK", 1, "KGM", line("FILTER", 1, "C62", fixed=True)),
    )  # fmt: skip
    assert required(lookup_in(*masters), "50") == {"BULK": "150 KGM", "FILTER": "2 C62"}


def test_a_recursive_product_is_refused_and_the_way_round_is_named():
    masters = (
        material("CREAM", "C62", bom="B"), material("BULK", bom="BB"),
        bom("B", "CREAM", 1, "C62", line("BULK", 1)),
        bom("BB", "BULK", 1, "KGM", line("CREAM", 1, "C62")),
    )  # fmt: skip
    with pytest.raises(p.BomRecursive, match="CREAM > BULK"):
        required(lookup_in(*masters), "1")


@pytest.mark.parametrize("missing", [("material", "SALT"), ("bom", "BB"), ("bom", "BM"), ("material", "CREAM")])
def test_a_master_that_is_not_in_effect_is_named(missing):
    masters = [master for master in TWO_LEVELS if (master["domain"], master["id"]) != missing]
    lookup = lookup_in(*masters)
    with pytest.raises(p.MasterMissing, match=f"no revision of {missing[0]} '{missing[1]}'"):
        p.requirements("CREAM", {"value": "1", "unit": "C62"}, TWO_LEVELS[5], lookup)


def test_a_component_without_conversion_is_refused():
    masters = (
        material("CREAM", "C62", bom="B"),
        material("OIL"),
        bom("B", "CREAM", 1, "C62", line("OIL", 1, "BX")),
    )
    with pytest.raises(p.ConversionMissing, match="OIL"):
        required(lookup_in(*masters), "1")


def test_a_base_quantity_of_zero_is_refused():
    masters = (material("CREAM", "C62", bom="B"), bom("B", "CREAM", 0, "C62"))
    with pytest.raises(p.QuantityInvalid, match="greater than 0"):
        required(lookup_in(*masters), "1")


def test_one_decision_can_be_another_one():
    """The seam: a computation that uses another rounding gives that rounding's result."""
    lookup = lookup_in(*TWO_LEVELS)
    whole = p.Arithmetic(round_total=lambda value, _uom: Fraction(int(value)))
    needs = p.requirements("CREAM", {"value": "900", "unit": "C62"}, lookup("bom", "B"), lookup, whole)
    assert {need["item"]: need["quantity"]["value"] for need in needs}["SALT"] == "0"


DECIMAL = st.decimals("0.001", 1000, places=3)
LINE = st.tuples(
    st.integers(0, 3), DECIMAL, st.sampled_from(["KGM", "BX"]), st.booleans(), st.decimals(0, 50, places=1)
)
LEVELS = st.lists(
    st.tuples(st.sampled_from([1, 3, 7, 100]), st.lists(LINE, min_size=1, max_size=3)), min_size=1, max_size=4
)


def network(levels, factor):
    """Item i is made from items of greater number only, so that no loop can arise."""
    masters = []
    for i, (base, lines) in enumerate(levels):
        masters.append(material(f"I{i}", bom=f"B{i}"))
        masters.append(bom(f"B{i}", f"I{i}", base, "KGM", *(
            line(f"I{i + 1 + step}", value, unit, fixed=fixed, scrap_percent=str(scrap))
            for step, value, unit, fixed, scrap in lines)))  # fmt: skip
    masters += [material(f"I{i}") for i in range(len(levels), len(levels) + 5)]
    masters += [uom(f"I{i}", conversions=[("BX", *factor)]) for i in range(len(levels) + 5)]
    return masters


def along_paths(levels, factor, amount):
    """Enumerates every way from the top to a component and multiplies integers along it; a fixed
    line forgets what came before. Written without any code or type of the explosion."""
    totals: Counter = Counter()

    def walk(i, numerator, denominator):
        if i >= len(levels):
            return
        base, lines = levels[i]
        for step, value, unit, fixed, scrap in lines:
            n, d = int(Decimal(value) * 1000), 1000
            if not fixed:
                n, d = n * numerator * int(1000 + scrap * 10), d * denominator * base * 1000
            if unit == "BX":
                n, d = n * factor[0], d * factor[1]
            component = i + 1 + step
            totals[f"I{component}"] += Fraction(n, d)
            walk(component, n, d)

    walk(0, amount, 1)
    return dict(totals)


@given(LEVELS, st.tuples(st.integers(1, 20), st.integers(1, 20)), st.integers(1, 10**6))
def test_any_network_of_boms_agrees_with_an_enumeration_of_its_paths(levels, factor, amount):
    lookup = lookup_in(*network(levels, factor))
    got = p.explode(lookup("bom", "B0"), "I0", Fraction(amount), lookup)
    assert got == along_paths(levels, factor, amount)


@given(LEVELS, st.integers(2, 50))
def test_without_fixed_lines_twice_the_order_needs_twice_the_material(levels, times):
    variable = [(base, [(s, v, u, False, x) for s, v, u, _, x in lines]) for base, lines in levels]
    lookup = lookup_in(*network(variable, (1, 3)))
    once = p.explode(lookup("bom", "B0"), "I0", Fraction(1), lookup)
    many = p.explode(lookup("bom", "B0"), "I0", Fraction(times), lookup)
    assert many == {item: total * times for item, total in once.items()}
