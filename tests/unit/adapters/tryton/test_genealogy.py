from syncproof.adapters.tryton import genealogy

TRACES = {
    1: {"lot": "RAW", "downward_traces": [], "upward_traces": [2]},
    2: {"lot": "RAW", "downward_traces": [1], "upward_traces": [3]},
    3: {"lot": "BULK", "downward_traces": [2], "upward_traces": [4]},
    4: {"lot": "BULK", "downward_traces": [3], "upward_traces": [5]},
    5: {"lot": "CREAM", "downward_traces": [4], "upward_traces": []},
}
"""Received, consumed, produced, consumed, produced."""


def test_genealogy_is_followed_over_all_levels(tryton, connection):
    """Each level is one more question to Tryton; the lot itself is not its own ancestor."""

    def search(clause, *_):
        field, _, wanted = clause[0]
        of = {"lot.number": lambda id_: TRACES[id_]["lot"] == wanted, "id": lambda id_: id_ in wanted}[field]
        return [{**TRACES[n], "id": n, "lot.": {"number": TRACES[n]["lot"]}} for n in TRACES if of(n)]

    tryton.answers["model.stock.lot.trace.search_read"] = search
    asked = "bulk".upper()
    bulk = genealogy.genealogy(connection, asked)
    assert (bulk.lot, bulk.lot is asked) == ("BULK", False), "what is observed is Tryton's answer, not the question"
    assert (bulk.inputs, bulk.outputs) == (frozenset({"RAW"}), frozenset({"CREAM"}))
    cream = genealogy.genealogy(connection, "CREAM")
    assert (cream.inputs, cream.outputs) == (frozenset({"RAW", "BULK"}), frozenset())
    nobody = genealogy.genealogy(connection, "NOBODY")
    assert (nobody.lot, nobody.inputs) == ("", frozenset()), "nor is it the question where there is no answer yet"
