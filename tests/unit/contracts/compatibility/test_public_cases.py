"""Public sets of decided cases: no unsound verdict, and we agree in at least 95 % of them."""

import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from syncproof.contracts.compatibility.comparison import Comparison
from syncproof.contracts.compatibility.schemas import make
from syncproof.contracts.compatibility.witnesses import Witnesses
from tests.unit.contracts.compatibility.random_schemas import documents

CASES = Path(__file__).parent / "cases"
DRAFTS = {7: "http://json-schema.org/draft-07/schema#", 2020: "https://json-schema.org/draft/2020-12/schema"}
THIRD = {"type": "number", "multipleOf": 3, "allOf": [{"type": "integer"}, {"type": "number", "multipleOf": 3}]}
MISTAKEN = [
    (THIRD, {"type": "number", "allOf": [{"multipleOf": 0.3}]}),  # a multiple of 3 is one of 0.3
    ({"type": "string"}, {"type": "string", "pattern": ""}),  # every string has an empty string in it
]
"""What the sets decide wrongly: what they call a break is none (and no document is found that shows one)."""


def lines(name):
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def pairs() -> Iterator[tuple]:
    """Pairs that the tests of jsonsubschema decide: (schema, schema, whether the first lies within the second)."""
    for _, draft, a, b, within, around in lines("jsonsubschema.jsonl"):
        for giver, taker, verdict in ((a, b, within), (b, a, around)):
            if verdict is not None:
                yield {"$schema": DRAFTS[draft], **giver}, {"$schema": DRAFTS[draft], **taker}, verdict


def suite() -> Iterator[tuple]:
    """What documents of the test suite decide: of one schema, and between two of the same file."""
    read = [
        (file, {"$schema": DRAFTS[draft], **schema}, good, bad)
        for file, draft, schema, good, bad in lines("json-schema-test-suite.jsonl")
    ]
    for _, schema, good, bad in read:
        yield from (({"const": each}, schema, each in good) for each in (*good, *bad))
        yield schema, {**schema, "title": "the same", "default": None}, True
    for (file, one, good, _), (other_file, other, _, bad) in permutations(read, 2):
        if file == other_file and any(each in bad for each in good):
            yield one, other, False


def judged(cases):
    """For each case: the verdict of the set, ours, whether a document shows it, and how the hunt for one went."""
    for giver, taker, verdict in cases:
        old, new = make("old", giver), make("new", taker)
        breaks = Comparison(old, new).breaks()
        yield giver, taker, verdict, not breaks, any(each.proved for each in breaks), (old, new)


@pytest.mark.parametrize(
    ("name", "cases", "least"), [("jsonsubschema", pairs, 500), ("json-schema-test-suite", suite, 300)]
)
def test_public_cases_are_decided_soundly_and_mostly_alike(name, cases, least):
    """Unsound is a 'compatible' that a document refutes, or that the set refutes without being mistaken."""
    count = agreed = 0
    for giver, taker, verdict, ours, shown, (old, new) in judged(cases()):
        count += 1
        agreed += ours == verdict or shown
        if ours:
            assert verdict or (bare(giver), bare(taker)) in MISTAKEN, (giver, taker)
            hunt = Witnesses(old, new)
            assert not any(hunt.confirmed(document) for document in documents(count, 100)), (giver, taker)
    print(f"{name}: {count} cases, {agreed} agreed ({100 * agreed / count:.1f} %), 0 unsound")
    assert count >= least
    assert agreed / count >= 0.95


def bare(schema):
    return {keyword: value for keyword, value in schema.items() if keyword != "$schema"}
