"""What must hold of required quantities whatever the numbers (metamorphic properties)."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from syncproof import model as m
from syncproof import oracle

AMOUNTS = st.decimals(min_value="0.001", max_value="999", places=3)
ORDERED = st.decimals(min_value="0.01", max_value="99999", places=2)
FACTORS = st.fractions(min_value=Fraction(1, 97), max_value=1000, max_denominator=97)
SCRAPS = st.decimals(min_value=0, max_value=50, places=1)
LINES = st.lists(
    st.tuples(st.sampled_from(["OIL", "SALT", "BULK"]), AMOUNTS, st.sampled_from(["KGM", "BX"]), SCRAPS),
    min_size=1,
    max_size=5,
)


def plant_with(new_plant, lines, factor=Fraction(1, 3)):
    """A product of two levels; every component has boxes of ``factor`` kg."""
    plant = new_plant()
    plant.item("OIL", units={"BX": factor})
    plant.item("SALT", units={"BX": factor}, rounding=("up", "1"))
    plant.item("BULK", per=(7, "KGM"), lines=[("SALT", 2, "BX")], units={"BX": factor})
    given_lines = [(item, a, unit, {"scrap_percent": s}) for item, a, unit, s in lines]
    plant.item("CREAM", "C62", per=(100, "C62"), lines=given_lines, units={"DZN": 12})
    return plant


@given(LINES, ORDERED, FACTORS, st.integers(2, 1000))
def test_k_times_the_order_requires_exactly_k_times_as_much(new_plant, lines, ordered, factor, k):
    plant = plant_with(new_plant, lines, factor)
    once = plant.exact("CREAM", ordered)
    assert plant.exact("CREAM", ordered * k) == {item: total * k for item, total in once.items()}


@given(LINES, ORDERED, ORDERED, FACTORS)
def test_two_orders_require_exactly_what_one_of_both_sizes_does(new_plant, lines, one, other, factor):
    plant = plant_with(new_plant, lines, factor)
    parts = [plant.exact("CREAM", amount) for amount in (one, other)]
    assert plant.exact("CREAM", one + other) == {item: sum(part[item] for part in parts) for item in parts[0]}


@given(LINES, ORDERED, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(new_plant, lines, ordered, random):
    shuffled = random.sample(lines, len(lines))
    first, second = (plant_with(new_plant, each) for each in (lines, shuffled))
    assert first.required("CREAM", ordered) == second.required("CREAM", ordered)


@given(LINES, ORDERED, st.integers(2, 50))
def test_a_bom_written_for_k_times_its_base_quantity_requires_the_same(new_plant, lines, ordered, k):
    written = plant_with(new_plant, lines)
    scaled = new_plant(written.declared)
    bom = written.declared.master(m.MasterRef(domain="bom", id="CREAM-BOM", revision="A"))
    larger = m.BillOfMaterial(
        id=bom.id,
        item=bom.item,
        revision="B",
        base_quantity=m.Quantity(value=bom.base_quantity.value * k, unit="C62"),
        lines=tuple(
            m.BomLine(
                line_no=line.line_no,
                item=line.item,
                quantity=m.Quantity(value=line.quantity.value * k, unit=line.quantity.unit),
                scrap_percent=line.scrap_percent,
            )
            for line in bom.lines
        ),
    )
    scaled.release(larger)
    assert scaled.required("CREAM", ordered) == written.required("CREAM", ordered)


@given(st.lists(FACTORS, min_size=2, max_size=4), ORDERED, st.randoms(use_true_random=False))
def test_the_order_of_the_levels_does_not_matter_to_the_lowest(new_plant, factors, ordered, random):
    """A chain in which each level holds a fraction of the one above: the product is commutative."""

    def lowest(chain):
        plant = new_plant()
        plant.item(f"L{len(chain)}", rounding=("half_up", "0.001"))
        for n, factor in reversed(list(enumerate(chain))):
            plant.item(f"L{n}", per=(factor.denominator, "KGM"), lines=[(f"L{n + 1}", factor.numerator, "KGM")])
        return plant.required("L0", ordered, "KGM")[f"L{len(chain)}"]

    assert lowest(factors) == lowest(random.sample(factors, len(factors)))


@given(AMOUNTS, ORDERED, st.integers(1, 500), SCRAPS)
def test_a_line_in_boxes_requires_what_the_same_line_in_base_units_does(new_plant, amount, ordered, box, scrap):
    in_boxes = plant_with(new_plant, [("OIL", amount, "BX", scrap)], Fraction(box))
    in_base = plant_with(new_plant, [("OIL", amount * box, "KGM", scrap)], Fraction(box))
    assert in_boxes.required("CREAM", ordered) == in_base.required("CREAM", ordered)


@given(LINES, st.integers(1, 10**6))
def test_an_order_in_dozens_requires_what_the_same_in_pieces_does(new_plant, lines, dozens):
    plant = plant_with(new_plant, lines)
    assert plant.required("CREAM", dozens, "DZN") == plant.required("CREAM", dozens * 12)


@given(AMOUNTS, AMOUNTS, ORDERED, SCRAPS)
def test_a_line_split_in_two_requires_the_same(new_plant, one, other, ordered, scrap):
    whole = plant_with(new_plant, [("SALT", one + other, "KGM", scrap)])
    split = plant_with(new_plant, [("SALT", one, "KGM", scrap), ("SALT", other, "KGM", scrap)])
    assert whole.required("CREAM", ordered) == split.required("CREAM", ordered)


@given(LINES, ORDERED, ORDERED, AMOUNTS)
def test_a_fixed_line_adds_the_same_to_every_order(new_plant, lines, one, other, fixed):
    plant = plant_with(new_plant, lines)
    with_fixed = new_plant(plant.declared)
    with_fixed.item("TAG", "C62")
    bom = plant.declared.master(m.MasterRef(domain="bom", id="CREAM-BOM", revision="A"))
    tag = m.BomLine(line_no=99, item="TAG", quantity=m.Quantity(value=fixed, unit="C62"), fixed=True)
    fields = {name: getattr(bom, name) for name in ("id", "item", "base_quantity")}
    with_fixed.release(m.BillOfMaterial(revision="B", lines=(*bom.lines, tag), **fields))
    for ordered in (one, other):
        expected = plant.exact("CREAM", ordered) | {"TAG": Fraction(fixed)}
        assert with_fixed.exact("CREAM", ordered) == expected


@given(LINES, ORDERED, FACTORS)
def test_a_requirement_is_the_exact_total_rounded_once(new_plant, lines, ordered, factor):
    plant = plant_with(new_plant, lines, factor)
    policies = {"SALT": m.RoundingPolicy(mode="up", increment=Decimal(1))}
    exact = plant.exact("CREAM", ordered)
    assert plant.required("CREAM", ordered) == {
        item: f"{oracle.round_to(total, policies.get(item, m.RoundingPolicy()))} KGM" for item, total in exact.items()
    }


@given(LINES, ORDERED, SCRAPS)
def test_more_scrap_never_requires_less(new_plant, lines, ordered, more):
    plain, wasteful = (
        plant_with(new_plant, [(i, a, u, s + extra) for i, a, u, s in lines]).exact("CREAM", ordered)
        for extra in (Decimal(0), more)
    )
    assert all(wasteful[item] >= plain[item] for item in plain)
