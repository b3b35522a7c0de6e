"""What comes of a goal, and the parts that it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.terms import Atom, Node

Literal = tuple[bool, Node]
Goal = frozenset[Literal]
Fact = tuple[bool, Atom]
Facts = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Closed: no document satisfies the goal. Open: ``samples`` may satisfy it."""

    closed: bool
    samples: tuple[Any, ...] = ()


CLOSED = Outcome(closed=True)
UNKNOWN = Outcome(closed=False)
ANYTHING = Outcome(closed=False, samples=(None,))


class NoSample(Exception):
    """No document could be made, which says nothing about whether there is one."""


def of_sample(make: Callable[[], Any], *, wanted: bool) -> Outcome:
    """What is open, with a document if one is wanted and can be made."""
    if not wanted:
        return UNKNOWN
    try:
        return Outcome(closed=False, samples=(make(),))
    except NoSample:
        return UNKNOWN


def sizes(facts: Facts) -> tuple[int, int | None]:
    """The least and the greatest size that the facts leave."""
    least, most = 0, None
    for sign, atom in facts:
        if isinstance(atom, t.Least | t.Most):
            at_least = isinstance(atom, t.Least) == sign
            edge = _edge(atom.value, at_least=at_least, inside=sign)
            least = max(least, edge) if at_least else least
            most = most if at_least else edge if most is None else min(most, edge)
    return least, most


def _edge(value: Fraction, *, at_least: bool, inside: bool) -> int:
    if at_least:
        return ceil(value) if inside else floor(value) + 1
    return floor(value) if inside else ceil(value) - 1
