"""Collects values out of nested records, by source that is written for their places.

Written out, because it runs for every value of every document: a loop over a description of the places took three
times as long. The source holds nothing but the names that :mod:`.shape` gives to fields (``f0``, ``f1``).
"""

from collections.abc import Iterator
from itertools import groupby

from syncproof.contracts.bulk.shape import Leaf

STEP = "    "


def gathering(leaves: list[Leaf], record: str, into: str, indent: str) -> Iterator[str]:
    """Source that appends what is at these places of a record; what is missing is left out."""
    yield f"{indent}{into} = []"
    yield from _lines(sorted(leaves), record, into, indent)


def _lines(leaves: list[Leaf], value: str, into: str, indent: str) -> Iterator[str]:
    """What is done with a value; leaves that begin alike come one after the other."""
    if leaves == [()]:
        yield f"{indent}{into}.append({value})"
        return
    for step, group in groupby(leaves, lambda leaf: leaf[0]):
        rest, inner, field = [leaf[1:] for leaf in group], indent, f"{value}.{step.field}"
        name = f"v{len(indent)}"  # every step inwards has a variable of its own
        if step.optional:
            yield f"{indent}{name} = {field}"
            yield f"{indent}if {name}:" if step.many else f"{indent}if {name} is not UNSET:"  # UNSET is false
            inner, field = inner + STEP, name
        if step.many:
            yield f"{inner}for {name} in {field}:"
            inner, field = inner + STEP, name
        yield from _lines(rest, field, into, inner)
