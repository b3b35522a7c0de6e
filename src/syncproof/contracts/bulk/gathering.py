"""Collects values out of nested records, by a function that is written for their places.

Written out, because it runs for every value of every document: loops over a description of the places took three
times as long. The source holds nothing but the names that :mod:`.shape` gives to fields (``f0``, ``f1``).
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from msgspec import UNSET

from syncproof.contracts.bulk.shape import Leaf, Step


def gatherer(leaves: list[Leaf]) -> Callable[[Any], list[Any]]:
    """A function that takes a record and gives what is at these places; what is missing is left out."""
    lines = ["def gather(v0):", "    found = []", "    add = found.append", *_lines(sorted(leaves), 0, "    ")]
    names: dict[str, Any] = {"UNSET": UNSET}
    exec("\n".join([*lines, "    return found"]), names)  # noqa: S102  of our own names only
    made: Callable[[Any], list[Any]] = names["gather"]
    return made


def _lines(leaves: list[Leaf], depth: int, indent: str) -> Iterator[str]:
    """What is done with the record ``v{depth}``; leaves that begin alike come one after the other."""
    for step, group in groupby(leaves, lambda leaf: leaf[0]):
        inner, rest = indent, [leaf[1:] for leaf in group]
        value = f"v{depth + 1}"
        yield f"{indent}{value} = v{depth}.{step.field}"
        if step.optional:
            yield f"{indent}if {value} is not UNSET:"
            inner += "    "
        yield from _many(step, value, rest, depth, inner)


def _many(step: Step, value: str, rest: list[Leaf], depth: int, indent: str) -> Iterator[str]:
    if step.many:
        yield f"{indent}for {value} in {value}:"
        indent += "    "
    if rest == [()]:
        yield f"{indent}add({value})"
    else:
        yield from _lines(rest, depth + 1, indent)
