from decimal import Decimal
from fractions import Fraction

import pytest

from syncproof import model as m
from syncproof.adapters.tryton import notes, units

BX = m.Conversion(from_unit="BX", numerator=37, denominator=3)
RULES = m.UomConversion(
    id="OIL",
    revision="B",
    base_unit="KGM",
    conversions=(BX,),
    rounding=m.RoundingPolicy(mode="half_up", increment=Decimal("0.001")),
    tolerance=Decimal("0.05"),
)


def unit(id, symbol, factor, rate, *, name=None, active=True, rounding="0.001"):
    return {
        "id": id, "symbol": symbol, "name": name or symbol, "factor": Decimal(factor), "rate": Decimal(rate),
        "rounding": Decimal(rounding), "active": active, "category": 8,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fraction", "factor", "rate"),
    [((12, 1), 12.0, 0.083333333333), ((1, 3), 0.333333333333, 3.0), ((37, 3), 12.333333333333, 0.081081081081)],
)
def test_a_fraction_is_rendered_in_twelve_digits(fraction, factor, rate):
    """Tryton holds factor and rate to twelve decimals; one of them is exact for n/1 and 1/n only."""
    conversion = m.Conversion(from_unit="BX", numerator=fraction[0], denominator=fraction[1])
    assert units.rendered(conversion) == (factor, rate)


def test_a_factor_of_zero_is_sent_as_zero():
    """It is for Tryton to refuse it; nothing is divided by zero on the way."""
    assert units.rendered(m.Conversion(from_unit="BX", numerator=0)) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("factor", "rate", "exact"),
    [
        ("0.333333333333", "3", Fraction(1, 3)),
        ("12", "0.083333333333", Fraction(12)),
        ("12.333333333333", "0.081081081081", Fraction("12.333333333333")),
        ("0.5", "2", Fraction(1, 2)),
    ],
)
def test_tryton_converts_with_the_number_of_fewer_decimals(factor, rate, exact):
    """The fraction read is the one Tryton computes with (Uom.accurate_field)."""
    assert units.fraction(unit(1, "BX", factor, rate)) == exact


def test_the_active_unit_of_a_code_is_chosen_then_the_last_made():
    """A bom may be submitted together with the units that it needs and that are not in effect yet."""
    old, new = unit(1, "BX", "12", "0.083333333333"), unit(2, "BX", "13", "0.076923076923", active=False)
    assert units.choose([old, new], "BX") == old
    assert units.choose([{**old, "active": False}, new], "BX") == new
    assert units.choose([old], "CT") is None
    assert units.choose([unit(3, "kg", "1", "1")], "KGM")["id"] == 3


def held(tryton, connection, rows, *documents):
    tryton.finds("product.uom", *({**row, "factor": float(row["factor"]), "rate": float(row["rate"]),
                                   "rounding": float(row["rounding"])} for row in rows))  # fmt: skip
    tryton.finds("ir.note", *({"id": n, **notes.values("product.uom.category,8", d)} for n, d in enumerate(documents)))
    return units.read(connection, {"OIL": 8})


def test_rules_are_read_back_as_submitted_when_tryton_holds_their_rendering(tryton, connection):
    """37/3 is the fraction that was submitted; Tryton's twelve digits are its rendering."""
    rows = [unit(1, "KGM", "1", "1", name="KGM [B]"), unit(2, "BX", "12.333333333333", "0.081081081081", name="BX [B]")]
    (found,) = held(tryton, connection, rows, RULES)
    assert found.master == RULES
    assert found.in_effect


def test_a_factor_that_differs_in_tryton_is_what_is_read(tryton, connection):
    """The note does not hide an edit made in Tryton."""
    rows = [unit(1, "KGM", "1", "1", name="KGM [B]"), unit(2, "BX", "12", "0.083333333333", name="BX [B]")]
    (found,) = held(tryton, connection, rows, RULES)
    assert found.master.conversions == (m.Conversion(from_unit="BX", numerator=12),)


def test_a_rounding_that_differs_in_tryton_is_what_is_read(tryton, connection):
    """The base unit's precision is the increment that Tryton rounds to."""
    rows = [unit(1, "KGM", "1", "1", name="KGM [B]", rounding="0.5"),
            unit(2, "BX", "12.333333333333", "0.081081081081", name="BX [B]")]  # fmt: skip
    (found,) = held(tryton, connection, rows, RULES)
    assert found.master.rounding == m.RoundingPolicy(mode="half_up", increment=Decimal("0.5"))


def test_the_base_units_name_says_which_revision_is_in_effect(tryton, connection):
    """Units of a revision that is to come are there, inactive."""
    rows = [unit(1, "KGM", "1", "1", name="KGM [A]"),
            unit(2, "BX", "12.333333333333", "0.081081081081", name="BX [B]", active=False)]  # fmt: skip
    first = m.UomConversion(id="OIL", revision="A", base_unit="KGM")
    found = held(tryton, connection, rows, first, RULES)
    assert [(each.master.revision, each.in_effect) for each in found] == [("A", True), ("B", False)]


def test_units_made_by_hand_are_read_with_rec_20_codes(tryton, connection):
    """An item that somebody made in Tryton is known without any note of ours."""
    rows = [unit(1, "kg", "1", "1", rounding="0.01"), unit(2, "g", "0.001", "1000")]
    (found,) = held(tryton, connection, rows)
    assert found.master.base_unit == "KGM"
    assert found.master.conversions == (m.Conversion(from_unit="GRM", numerator=1, denominator=1000),)
    assert found.master.revision == "0"


def test_units_of_a_new_revision_are_made_and_then_deactivated(tryton, connection):
    """Tryton refuses to make an inactive unit, so it is two calls."""
    tryton.finds("product.uom", {**unit(1, "KGM", "1", "1"), "factor": 1.0, "rate": 1.0, "rounding": 0.001})
    tryton.answers["model.product.uom.create"] = [9]
    units.submit(connection, [RULES], {"OIL": 8})
    ((made,),) = tryton.called("model.product.uom.create")
    assert made[0]["name"] == "BX [B]"
    assert made[0]["factor"] == 12.333333333333
    assert tryton.called("model.product.uom.write") == [[[9], {"active": False}], [[1], {"name": "KGM"}]]
    assert tryton.called("model.ir.note.create")


def test_the_units_of_a_revision_that_is_there_are_overwritten(tryton, connection):
    """It is Tryton that refuses another factor for a unit that exists."""
    there = {**unit(5, "BX", "1", "1", name="BX [B]"), "factor": 12.0, "rate": 0.083333333333, "rounding": 0.001}
    base = {**unit(1, "KGM", "1", "1"), "factor": 1.0, "rate": 1.0, "rounding": 0.001}
    tryton.finds("product.uom", base, there)
    units.submit(connection, [RULES], {"OIL": 8})
    first, _ = tryton.called("model.product.uom.write")
    assert first == [[5], {"factor": 12.333333333333, "rate": 0.081081081081}]
    assert tryton.called("model.product.uom.create") == []


def test_activation_swaps_units_and_moves_bom_lines_over(tryton, connection):
    """Bom lines name a unit record, so they must follow the revision."""
    floats = {"factor": 1.0, "rate": 1.0, "rounding": 0.001}
    base = {**unit(1, "KGM", "1", "1", name="KGM [A]"), **floats}
    old = {**unit(2, "BX", "1", "1", name="BX [A]"), **floats, "factor": 12.0}
    new = {**unit(3, "BX", "1", "1", name="BX [B]", active=False), **floats, "factor": 13.0}
    tryton.finds("product.uom", base, old, new)
    tryton.finds("production.bom.input", {"id": 40, "unit": 2}, {"id": 41, "unit": 2})
    units.activate(connection, RULES, 8)
    (change,) = tryton.called("model.product.uom.write")
    assert change == [[1], {"name": "KGM [B]", "rounding": 0.001}, [3], {"active": True}, [2], {"active": False}]
    assert tryton.called("model.production.bom.input.write") == [[[40, 41], {"unit": 3}]]


def test_rules_that_are_still_being_written_are_not_read(tryton, connection):
    """Units of ours whose note is not there yet are none made by hand."""
    assert held(tryton, connection, [unit(1, "KGM", "1", "1", name="KGM [new]")]) == []


@pytest.mark.parametrize(
    ("there", "made"),
    [([], ["product.uom.category.create"]), (["KGM"], []), (["LTR"], ["product.uom.create"])],
    ids=["nothing yet", "unit rules of the same unit", "unit rules of another unit"],
)
def test_a_new_item_has_its_unit_where_its_rules_already_are(tryton, connection, there, made):
    """Masters may come in any order; rules in a category of their own would never be found again."""
    base = [{"id": 5, "symbol": code, "category": 8, "factor": 1.0, "rate": 1.0} for code in there or ["KGM"]]
    tryton.finds("product.uom", *base)
    tryton.finds("product.uom.category", *([{"id": 8, "name": "OIL"}] if there else []))
    tryton.answers |= {"model.product.uom.category.create": [8], "model.product.uom.create": [6]}
    assert units.base_for(connection, "OIL", "KGM") == (6 if there == ["LTR"] else 5)
    assert [name.removeprefix("model.") for _, name, *_ in tryton.calls if name.endswith(".create")] == made
