"""Required quantities, each worked out by hand; Rec 20 codes: KGM kg, GRM g, LBR lb, ONZ oz, DZN dozen."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from syncproof import model as m
from syncproof import oracle
from tests.unit.oracle.plant import EPOCH, NOON, ZONES, bill, qty, unit_rules

SECOND = timedelta(seconds=1)


def cream(plant, lines, per=(100, "C62"), **fields):
    plant.item("CREAM", "C62", per=per, lines=lines, **fields)


@pytest.mark.parametrize(
    ("amount", "factor", "ordered", "mode", "increment", "expected"),
    [
        ("3", "12", 250, "half_up", "0.001", "90"),  # 3 x 250/100 x 12 = 7.5 x 12
        ("3", "12.5", 250, "half_up", "0.001", "93.75"),  # 7.5 x 12.5
        ("3", "37/3", 250, "half_up", "0.001", "92.5"),  # 7.5 x 37/3 = 277.5/3
        ("1", "1/3", 100, "half_up", "0.001", "0.333"),  # 0.3333...
        ("1", "1/3", 300, "half_up", "0.001", "1"),  # 3 x 1/3: exactly 1, not 0.999
        ("1", "1/7", 100, "half_up", "0.000001", "0.142857"),  # 0.(142857)
        ("1", "1/7", 700, "half_up", "0.001", "1"),
        ("2", "1/3", 700, "up", "0.001", "4.667"),  # 14/3 = 4.6666...
        ("2", "1/3", 700, "down", "0.001", "4.666"),
        ("1", "1/8", 100, "half_even", "0.01", "0.12"),  # 0.125 = 12.5 steps: 12 is even
        ("1", "3/8", 100, "half_even", "0.01", "0.38"),  # 0.375 = 37.5 steps: 38 is even
        ("3", "1/3", 100, "up", "1", "1"),  # exactly 1: nothing to round up
        ("3.003", "1/3", 100, "up", "1", "2"),  # 1.001
        ("1", "0.45359237", 700, "half_up", "0.001", "3.175"),  # 7 lb = 3.17514659 kg (1959 agreement)
        ("16", "0.028349523125", 100, "half_up", "0.00000001", "0.45359237"),  # 16 oz = 1 lb
    ],
)
def test_a_converted_line_requires_what_arithmetic_says(new_plant, amount, factor, ordered, mode, increment, expected):
    plant = new_plant()
    plant.item("OIL", "KGM", units={"BX": factor}, rounding=(mode, increment))
    cream(plant, [("OIL", amount, "BX")])
    assert plant.required("CREAM", ordered) == {"OIL": f"{expected} KGM"}


def test_a_factor_of_one_third_is_exact_over_a_million_orders(new_plant):
    # 10^30 x 1/3 kg has 30 digits before the point; a 28-digit decimal would lose the last ones.
    plant = new_plant()
    plant.item("OIL", "KGM", units={"BX": "1/3"}, rounding=("down", "0.001"))
    cream(plant, [("OIL", 1, "BX")], per=(1, "C62"))
    assert plant.required("CREAM", "1" + 30 * "0") == {"OIL": f"{30 * '3'}.333 KGM"}


def test_scrap_is_added_on_top_of_the_net_quantity(new_plant):
    # net 10 x 333/100 = 33.3; gross 33.3 x 1.025 = 34.1325 -> 34.133 (half up). Divided by 0.975
    # (scrap as a share of gross) it would be 34.154.
    plant = new_plant()
    plant.item("OIL")
    cream(plant, [("OIL", 10, "KGM", {"scrap_percent": Decimal("2.5")})])
    assert plant.required("CREAM", 333) == {"OIL": "34.133 KGM"}


@pytest.mark.parametrize("ordered", ["0.5", "1", "100", "1000000"])
def test_a_fixed_quantity_neither_scales_nor_carries_scrap(new_plant, ordered):
    plant = new_plant()
    plant.item("SEAL", "C62")
    cream(plant, [("SEAL", 10, "C62", {"fixed": True, "scrap_percent": Decimal(50)})])
    assert plant.required("CREAM", ordered) == {"SEAL": "10 C62"}


def test_a_fixed_quantity_is_converted_like_any_other(new_plant):
    plant = new_plant()
    plant.item("OIL", "KGM", units={"GRM": "1/1000"})  # 1 g = 0.001 kg (SI)
    cream(plant, [("OIL", 250, "GRM", {"fixed": True})])
    assert plant.required("CREAM", 7) == {"OIL": "0.25 KGM"}


def test_a_fixed_quantity_below_a_component_is_needed_once_for_the_order(new_plant):
    # Bulk 2 kg per piece scales (20 kg for 10); its filter is one per order, not per kg.
    plant = new_plant()
    plant.item("FILTER", "C62")
    plant.item("BULK", "KGM", lines=[("FILTER", 1, "C62", {"fixed": True})])
    cream(plant, [("BULK", 2, "KGM")], per=(1, "C62"))
    assert plant.required("CREAM", 10) == {"BULK": "20 KGM", "FILTER": "1 C62"}


@pytest.mark.parametrize(
    ("per", "ordered", "expected"),
    [(12, 60, "5"), (12, 61, "6"), (12, 59, "5"), (250, 1, "1"), (3, 1000000, "333334")],
)
def test_whole_units_are_rounded_up_once(new_plant, per, ordered, expected):
    # 61/12 = 5.08 -> 6; 10^6/3 = 333333.3 -> 333334
    plant = new_plant()
    plant.item("DRUM", "C62", rounding=("up", "1"))
    cream(plant, [("DRUM", 1, "C62")], per=(per, "C62"))
    assert plant.required("CREAM", ordered) == {"DRUM": f"{expected} C62"}


def three_levels(plant, per_piece):
    plant.item("SALT", "KGM", rounding=("half_up", "0.0001"))
    plant.item("MIX", "KGM", per=(7, "KGM"), lines=[("SALT", 1, "KGM")], rounding=("half_up", "0.001"))
    plant.item("BULK", "KGM", per=(3, "KGM"), lines=[("MIX", 1, "KGM")])
    cream(plant, [("BULK", per_piece, "KGM")], per=(1, "C62"))


def test_three_levels_of_thirds_and_sevenths_come_out_even(new_plant):
    # 100 x 0.21 = 21; x 1/3 = 7; x 1/7 = 1
    plant = new_plant()
    three_levels(plant, "0.21")
    assert plant.required("CREAM", 100) == {"BULK": "21 KGM", "MIX": "7 KGM", "SALT": "1 KGM"}


def test_rounding_happens_once_at_the_end_and_not_on_every_level(new_plant):
    # exact: 0.01; /3 = 0.003333...; /7 = 0.000476... -> 0.0005
    # rounded on every level: 0.003/7 = 0.000428... -> 0.0004
    plant = new_plant()
    three_levels(plant, "0.01")
    assert plant.required("CREAM", 1) == {"BULK": "0.01 KGM", "MIX": "0.003 KGM", "SALT": "0.0005 KGM"}


def test_scrap_of_an_upper_level_reaches_the_levels_below(new_plant):
    # bulk 100 x 1.1 = 110; salt 110 x 0.5 x 1.2 = 66
    plant = new_plant()
    plant.item("SALT")
    plant.item("BULK", "KGM", lines=[("SALT", "0.5", "KGM", {"scrap_percent": Decimal(20)})])
    cream(plant, [("BULK", 1, "KGM", {"scrap_percent": Decimal(10)})], per=(1, "C62"))
    assert plant.required("CREAM", 100) == {"BULK": "110 KGM", "SALT": "66 KGM"}


def test_one_item_in_several_places_is_summed_before_it_is_rounded(new_plant):
    # 1/3 + 1/3 + (1 bulk x 1/3) = 1; rounded one by one it would be 0.999
    plant = new_plant()
    plant.item("OIL", "KGM", units={"BX": "1/3"})
    plant.item("BULK", "KGM", lines=[("OIL", 1, "BX")])
    cream(plant, [("OIL", 1, "BX"), ("BULK", 1, "KGM"), ("OIL", 1, "BX")])
    assert plant.required("CREAM", 100) == {"OIL": "1 KGM", "BULK": "1 KGM"}


def test_the_base_quantity_of_a_bom_may_be_in_another_unit(new_plant):
    # bom of bulk per 2 BX of 12.5 kg = 25 kg; order of 10 kg: 5 x 10/25 = 2
    plant = new_plant()
    plant.item("OIL")
    plant.item("BULK", "KGM", per=(2, "BX"), lines=[("OIL", 5, "KGM")], units={"BX": "12.5"})
    assert plant.required("BULK", 10, "KGM") == {"OIL": "2 KGM"}


def test_an_order_in_dozens_requires_twelve_times_as_much(new_plant):
    # 2.5 dozen = 30 pieces (Rec 20 DZN = 12); 10 x 30/100 = 3
    plant = new_plant()
    plant.item("OIL")
    cream(plant, [("OIL", 10, "KGM")], units={"DZN": 12})
    assert plant.required("CREAM", "2.5", "DZN") == {"OIL": "3 KGM"}


@pytest.mark.parametrize(
    ("at", "expected"),
    [(NOON - SECOND, "1 KGM"), (NOON, "2 KGM"), (NOON + SECOND, "2 KGM")],
)
def test_a_changed_conversion_counts_from_its_effective_date(new_plant, at, expected):
    plant = new_plant()
    plant.item("OIL", "KGM", units={"BX": 1})
    cream(plant, [("OIL", 1, "BX")])
    plant.release(unit_rules("OIL", "KGM", units={"BX": 2}, revision="B"), since=NOON)
    assert plant.required("CREAM", 100, at=at) == {"OIL": expected}


def test_a_changed_bom_of_a_component_counts_from_its_effective_date(new_plant):
    plant = new_plant()
    plant.item("OIL")
    plant.item("BULK", "KGM", lines=[("OIL", 1, "KGM")])
    cream(plant, [("BULK", 1, "KGM")], per=(1, "C62"))
    plant.release(bill("BULK-BOM", "BULK", (1, "KGM"), [("OIL", 3, "KGM")], revision="B"), since=NOON)
    assert plant.required("CREAM", 5, at=NOON - SECOND)["OIL"] == "5 KGM"
    assert plant.required("CREAM", 5, at=NOON)["OIL"] == "15 KGM"


def test_a_variant_requires_by_its_own_bom(new_plant):
    plant = new_plant()
    plant.item("OIL")
    cream(plant, [("OIL", 1, "KGM")])
    own = bill("V-BOM", "CREAM", (100, "C62"), [("OIL", 4, "KGM")])
    variant = m.Variant(id="V", revision="A", base_item="CREAM", structure=m.ProductStructure(bom="V-BOM"))
    plant.release(own, variant)
    assert plant.required("CREAM", 100) == {"OIL": "1 KGM"}
    assert plant.required("CREAM", 100, variant="V") == {"OIL": "4 KGM"}


def test_an_item_without_unit_rules_is_rounded_half_up_to_a_thousandth(new_plant):
    # 1/16 of 0.1 = 0.00625 -> 0.006; 0.5/1000 -> 0.0005 -> 0.001
    plant = new_plant()
    plant.item("OIL")
    cream(plant, [("OIL", "0.5", "KGM")], per=(1000, "C62"))
    assert plant.required("CREAM", 1) == {"OIL": "0.001 KGM"}


def test_an_item_without_a_bom_requires_nothing(new_plant):
    plant = new_plant()
    plant.item("OIL")
    assert plant.required("OIL", 5, "KGM") == {}


def test_a_required_quantity_is_written_without_exponent_and_trailing_zeros(new_plant):
    plant = new_plant()
    plant.item("OIL")
    cream(plant, [("OIL", "1.500", "KGM")], per=(1, "C62"))
    assert plant.required("CREAM", "1E+3") == {"OIL": "1500 KGM"}


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [(("3", "BX"), Fraction(1)), (("1", "BX"), Fraction(1, 3)), (("7.5", "KGM"), Fraction(15, 2))],
)
def test_conversion_is_rational(new_plant, quantity, expected):
    plant = new_plant()
    plant.item("OIL", "KGM", units={"BX": "1/3"})
    got = oracle.convert(plant.declared, "OIL", qty(*quantity), site="EAST", zone=ZONES["EAST"], at=NOON)
    assert got == expected


def test_a_missing_conversion_has_no_answer(new_plant):
    plant = new_plant()
    plant.item("OIL", "KGM", units={"GRM": "1/1000"})
    cream(plant, [("OIL", 1, "BX")])
    with pytest.raises(oracle.Undetermined, match="OIL has no conversion of BX to KGM; it has: GRM") as caught:
        plant.required("CREAM", 1)
    assert caught.value.code == "conversion_missing"


@pytest.mark.parametrize(("units", "known"), [(None, "none"), ({"GRM": "1/1000", "LBR": 1}, "GRM, LBR")])
def test_what_a_missing_conversion_could_have_been_is_told_even_if_there_are_no_unit_rules(new_plant, units, known):
    plant = new_plant()
    plant.item("OIL", "KGM", **({"units": units} if units else {}))
    with pytest.raises(oracle.Undetermined) as caught:
        oracle.convert(plant.declared, "OIL", qty(1, "BX"), site="EAST", zone=ZONES["EAST"], at=NOON)
    assert str(caught.value) == f"conversion_missing: OIL has no conversion of BX to KGM; it has: {known}"


def test_two_conversions_of_one_unit_have_no_answer(new_plant):
    plant = new_plant()
    plant.item("OIL")
    both = tuple(m.Conversion(from_unit="BX", numerator=n) for n in (12, 13))
    plant.release(m.UomConversion(id="OIL", revision="A", base_unit="KGM", conversions=both))
    cream(plant, [("OIL", 1, "BX")])
    with pytest.raises(oracle.Undetermined, match="2 conversions of BX") as caught:
        plant.required("CREAM", 1)
    assert caught.value.code == "conversion_inconsistent"


def test_unit_rules_to_another_base_unit_have_no_answer(new_plant):
    plant = new_plant()
    plant.item("OIL", "KGM")
    plant.release(unit_rules("OIL", "LTR", units={"BX": 2}))
    cream(plant, [("OIL", 1, "BX")])
    with pytest.raises(oracle.Undetermined, match="to LTR, its base unit is KGM") as caught:
        plant.required("CREAM", 1)
    assert caught.value.code == "conversion_inconsistent"


def test_a_bom_that_contains_itself_has_no_answer(new_plant):
    plant = new_plant()
    plant.item("A", "KGM", lines=[("B", 1, "KGM")])
    plant.item("B", "KGM", lines=[("A", 1, "KGM")])
    with pytest.raises(oracle.Undetermined, match="A > B > A") as caught:
        plant.required("A", 1, "KGM")
    assert caught.value.code == "bom_recursive"


def test_an_unknown_component_has_no_answer(new_plant):
    plant = new_plant()
    cream(plant, [("GHOST", 1, "KGM")])
    with pytest.raises(oracle.Undetermined, match="no material GHOST is in effect at EAST"):
        plant.required("CREAM", 1)


def test_before_the_product_is_in_effect_there_is_no_answer(new_plant):
    plant = new_plant()
    plant.item("OIL")
    cream(plant, [("OIL", 1, "KGM")])
    with pytest.raises(oracle.Undetermined, match="no material CREAM is in effect"):
        plant.required("CREAM", 1, at=EPOCH - SECOND)


def test_the_tolerance_is_that_of_the_unit_rules_in_effect(new_plant):
    plant = new_plant()
    plant.item("OIL", "KGM", tolerance="0.05")
    plant.item("SALT")
    where = {"site": "EAST", "zone": ZONES["EAST"], "at": NOON}
    assert oracle.tolerance(plant.declared, "OIL", **where) == Fraction(1, 20)
    assert oracle.tolerance(plant.declared, "SALT", **where) == 0
