"""Where lots came from and went."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError


def fact(order, use, lot):
    return m.MaterialActual(
        order_id=order, item="X", lot=lot, quantity=m.Quantity(value=Decimal(1), unit="C62"), use=use
    )


def facts(text):
    """``O1: L1 L2 > P1`` per line: what an order consumed and produced."""
    made = []
    for line in text.strip().splitlines():
        order, lots = line.strip().split(": ")
        consumed, produced = (side.split() for side in lots.split(">"))
        made += [fact(order, "Consumed", lot) for lot in consumed]
        made += [fact(order, "Produced", lot) for lot in produced]
    return made


# L1 goes into P1 and, with L2, into P2; P1 and L3 go into K1.
TREE = facts("""
    O1: L1 > P1
    O2: L1 L2 > P2
    O3: P1 L3 > K1
""")


@pytest.mark.parametrize(
    ("lot", "inputs", "outputs"),
    [
        ("L1", "", "P1 P2 K1"),
        ("L2", "", "P2"),
        ("P1", "L1", "K1"),
        ("P2", "L1 L2", ""),
        ("K1", "P1 L3 L1", ""),
        ("unknown", "", ""),
    ],
)
def test_a_lot_is_traced_both_ways_over_all_levels(lot, inputs, outputs):
    expected = m.Genealogy(lot=lot, inputs=frozenset(inputs.split()), outputs=frozenset(outputs.split()))
    assert oracle.genealogy(TREE, lot) == expected


def test_the_other_output_of_an_order_is_neither_ancestor_nor_descendant():
    made = facts("O1: L1 > P1 P2")
    assert oracle.genealogy(made, "P1") == m.Genealogy(lot="P1", inputs=frozenset({"L1"}))


def test_a_lot_of_an_order_that_consumed_nothing_comes_from_nothing_and_one_that_made_nothing_ends_there():
    made = facts("""
        O1: > P1
        O2: P1 >
    """)
    assert oracle.genealogy(made, "P1") == m.Genealogy(lot="P1")


def test_scrap_is_no_output():
    assert oracle.genealogy([*facts("O1: L1 > P1"), fact("O1", "Scrap", "S1")], "L1").outputs == {"P1"}


def test_rework_under_its_own_order_makes_no_lot_its_own_ancestor():
    made = facts("O1: L1 > P1\nO1: P1 > P1\nO2: P1 > Q1\nO3: Q1 > P1")
    assert oracle.genealogy(made, "P1") == m.Genealogy(
        lot="P1", inputs=frozenset({"L1", "Q1"}), outputs=frozenset({"Q1"})
    )


ORDERS = st.lists(
    st.tuples(st.sets(st.sampled_from("ABCDEF"), min_size=1), st.sets(st.sampled_from("DEFGHI"), min_size=1)),
    max_size=5,
)


@given(ORDERS, st.randoms(use_true_random=False))
def test_both_directions_agree_whatever_the_order_of_the_facts(orders, random):
    made = [
        fact(f"O{n}", use, lot)
        for n, sides in enumerate(orders)
        for use, lots in zip(("Consumed", "Produced"), sides, strict=True)
        for lot in lots
    ]
    random.shuffle(made)
    trees = {lot: oracle.genealogy(made, lot) for lot in "ABCDEFGHI"}
    for lot, tree in trees.items():
        assert tree.inputs == {other for other in trees if lot in trees[other].outputs}


def moved(use, amount, unit="KGM", lot="P1"):
    return m.MaterialActual(
        order_id="O1", item="X", lot=lot, quantity=m.Quantity(value=Decimal(amount), unit=unit), use=use
    )


def test_what_is_left_of_a_lot_is_what_was_put_in_less_what_was_taken():
    """By hand: 60 + 40.5 made, 0.25 scrapped, 100 consumed; another lot does not count."""
    facts = [
        moved("Produced", "60"), moved("Produced", "40.5"), moved("Scrap", "0.25"), moved("Consumed", "100"),
        moved("Produced", "7", lot="P2"),
    ]  # fmt: skip
    assert oracle.left(facts, "P1") == m.Quantity(value=Decimal("0.25"), unit="KGM")


@pytest.mark.parametrize(
    "facts", [[], [moved("Consumed", "1")], [moved("Produced", "1"), moved("Consumed", "1", "C62")]]
)
def test_what_cannot_be_told_of_a_lot_is_not_guessed(facts):
    with pytest.raises(MisuseError, match="lot P1 cannot be told"):
        oracle.left(facts, "P1")
