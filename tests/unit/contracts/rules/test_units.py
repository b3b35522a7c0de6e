"""Units: the code exists, the dimension is right, the factor is true."""

import pytest

from syncproof.contracts.rules.units import OfItem, conversions, known
from tests.unit.contracts.rules.samples import MATERIAL, ORDER, UOM, across, bom, conversion, told


def uom(*stated):
    return {**UOM, "conversions": list(stated)}


def test_codes_that_exist_are_fine():
    assert told(known, "bom", bom()) == told(known, "material", MATERIAL) == []


@pytest.mark.parametrize("unit", ["kg", "KG", "", "KGM "])
def test_a_code_that_does_not_exist_is_told(unit):
    document = bom(quantity={"value": "1", "unit": unit})
    assert told(known, "bom", document) == [("unit-known", "/lines/0/quantity/unit", unit)]


def test_conversions_that_are_possible_and_true_are_fine():
    stated = uom(conversion("GRM", 1, 1000), conversion("BX", 25, 3), conversion("LBR", 45359237, 10**8))
    assert told(conversions, "uom", stated) == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (conversion("LTR", 9, 10), ("unit-dimension", "/conversions/0/from_unit", "LTR")),
        (conversion("GRM", 1, 100), ("unit-factor", "/conversions/0", "1/100")),
        (conversion("BX", 0), ("unit-factor", "/conversions/0", "0/1")),
        (conversion("BX", -5, -1), ("unit-factor", "/conversions/0", "-5/-1")),
        (conversion("BX", 1, 0), ("unit-factor", "/conversions/0", "1/0")),
        (conversion("KGM", 1), ("unit-once", "/conversions/0/from_unit", "KGM")),
    ],
)
def test_a_conversion_that_is_impossible_or_untrue_is_told(stated, expected):
    assert told(conversions, "uom", uom(stated)) == [expected]


def test_a_unit_with_two_factors_is_told_at_the_second():
    stated = uom(conversion("BX", 25), conversion("BX", 20))
    assert told(conversions, "uom", stated) == [("unit-once", "/conversions/1/from_unit", "BX")]


def test_other_contracts_have_no_conversions():
    assert told(conversions, "bom", {"conversions": [{}]}) == []


@pytest.mark.parametrize(
    ("unit", "stated", "found"),
    [
        ("KGM", (), []),
        ("GRM", (), []),
        ("BX", (conversion("BX", 25),), []),
        ("BX", (), [("unit-of-item", 3, "/lines/0/quantity/unit")]),
        ("LTR", (conversion("BX", 25),), [("unit-of-item", 3, "/lines/0/quantity/unit")]),
    ],
)
def test_a_quantity_has_a_way_to_the_base_unit_of_its_item(unit, stated, found):
    document = bom(quantity={"value": "1", "unit": unit})
    given = across(OfItem(), ("material", MATERIAL), ("uom", uom(*stated)), ("bom", document))
    assert given == (found, 1)  # the unit of the item that the bom makes: its material was not given


def test_without_the_material_the_unit_could_not_be_checked():
    assert across(OfItem(), ("order", ORDER)) == ([], 1)
