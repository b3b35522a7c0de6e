"""Values are found at all their places, and what is missing is left out."""

from types import SimpleNamespace as Part

from msgspec import UNSET

from syncproof.contracts.bulk.gathering import gathering
from syncproof.contracts.bulk.shape import Step


def gatherer(leaves):
    names = {"UNSET": UNSET}
    exec("\n".join(["def gather(record):", *gathering(leaves, "record", "found", "    "), "    return found"]), names)
    return names["gather"]


def test_values_are_gathered_through_records_and_arrays():
    leaves = [
        (Step("f0", False, False), Step("f0", False, False)),
        (Step("f1", True, True), Step("f0", True, False)),
        (Step("f1", True, True), Step("f1", True, True)),
    ]
    gather = gatherer(leaves)
    one, other = Part(f0="b", f1=["c", "d"]), Part(f0=UNSET, f1=UNSET)
    assert gather(Part(f0=Part(f0="a"), f1=[one, other])) == ["a", "b", "c", "d"]
    assert gather(Part(f0=Part(f0="a"), f1=UNSET)) == ["a"]
