"""Genealogy over any number of levels."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.product.genealogy import Links, genealogy, reachable

LOTS = st.sampled_from("ABCDEFGH")
BATCHES = st.lists(st.tuples(st.frozensets(LOTS, max_size=3), st.frozensets(LOTS, max_size=2)), max_size=8)
"""What each batch consumed and produced; rework (cycles) included."""


def links(batches):
    produced_by, consumed_by = defaultdict(list), defaultdict(list)
    for n, (consumed, produced) in enumerate(batches):
        for lot in consumed:
            consumed_by[lot].append(n)
        for lot in produced:
            produced_by[lot].append(n)
    return Links(
        produced_by=lambda lot: produced_by[lot],
        consumed_by=lambda lot: consumed_by[lot],
        inputs_of=lambda n: batches[n][0],
        outputs_of=lambda n: batches[n][1],
    )


def closure(batches):
    """Transitive closure by squaring the relation until it stays: slow, and another way."""
    pairs = {(i, o) for consumed, produced in batches for i in consumed for o in produced}
    while True:
        more = pairs | {(a, d) for a, b in pairs for c, d in pairs if b == c}
        if more == pairs:
            return pairs
        pairs = more


@given(batches=BATCHES, lot=LOTS)
def test_genealogy_is_the_transitive_closure_of_consumed_to_produced(batches, lot):
    pairs = closure(batches)
    found = genealogy(lot, links(batches))
    assert found["inputs"] == sorted({a for a, b in pairs if b == lot} - {lot})
    assert found["outputs"] == sorted({b for a, b in pairs if a == lot} - {lot})


@given(batches=BATCHES, lot=LOTS)
def test_inputs_and_outputs_mirror_each_other(batches, lot):
    graph = links(batches)
    for other in genealogy(lot, graph)["inputs"]:
        assert lot in genealogy(other, graph)["outputs"]


def test_a_lot_reworked_into_itself_is_not_its_own_ancestor():
    assert genealogy("A", links([({"A", "B"}, {"A"})])) == {"lot": "A", "inputs": ["B"], "outputs": []}


def test_inputs_run_through_intermediates_of_several_levels():
    chain = [({"OIL"}, {"MIX"}), ({"MIX", "SALT"}, {"CREAM"}), ({"CREAM"}, {"KIT"})]
    assert genealogy("KIT", links(chain))["inputs"] == ["CREAM", "MIX", "OIL", "SALT"]
    assert genealogy("OIL", links(chain))["outputs"] == ["CREAM", "KIT", "MIX"]


def test_a_deep_chain_needs_no_recursion():
    assert len(reachable("0", lambda n: [str(int(n) + 1)] if int(n) < 5000 else [])) == 5000
