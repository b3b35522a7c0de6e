"""Whether any string satisfies some facts: its length, and patterns as regular languages."""

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.automata import Automaton, literal
from syncproof.contracts.compatibility.expressions import automaton
from syncproof.contracts.compatibility.languages import Search, search
from syncproof.contracts.compatibility.outcome import CLOSED, Facts, Outcome, sizes

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.prover import Prover

LONG = 300
"""Longer lengths are not held together with patterns."""
MADE = 100_000
"""Longer strings are not made."""
EXAMPLES = (
    *("2027-02-01T12:00:00Z", "2027-02-01", "12:00:00Z", "P1D", "a@b.example", "b.example", "192.0.2.1", "2001:db8::1"),
    *("https://b.example/", "/a", "0/a", "a", "6f1c2d1e-0000-4000-8000-000000000000", "{a}", "e30=", "{}"),
)
"""Strings of the common formats."""


def string(prover: "Prover", facts: Facts, sample: bool) -> Outcome:
    """Closed if no string satisfies the facts."""
    least, most = sizes(facts)
    if most is not None and (most < least or most < 0):
        return CLOSED
    if not any(isinstance(atom, t.Pattern) for _, atom in facts):
        return Outcome(closed=False, samples=tuple(_examples(least, facts)) if sample else ())
    found = _search(prover, facts, least, most)
    if found.found is None and found.complete:
        return CLOSED
    return Outcome(closed=False, samples=tuple(_texts(found, least)))


def _search(prover: "Prover", facts: Facts, least: int, most: int | None) -> Search:
    """First without the length, which is cheap and often enough."""
    inside, outside = _machines(facts)
    found = search(inside, outside)
    prover.left -= 20 + found.cost
    if found.found is None or least <= len(found.found) <= (len(found.found) if most is None else most):
        return found
    if max(least, most or 0) > LONG or prover.left <= 0:
        return Search(found.found, complete=False)
    found = search(inside, outside, least, most)
    prover.left -= found.cost
    return found


def _machines(facts: Facts) -> tuple[list[Automaton], list[Automaton]]:
    """What the string must be in, and what it must not be in; what we cannot read is left out."""
    made: tuple[list[Automaton], list[Automaton]] = ([], [])
    for sign, atom in facts:
        machine = automaton(atom.text) if isinstance(atom, t.Pattern) else None
        if machine is not None:
            made[not sign].append(machine)
    texts = frozenset(each for each in _refused(facts))
    return made[0], [*made[1], literal(texts)] if texts else made[1]


def _refused(facts: Facts) -> Iterator[str]:
    for sign, atom in facts:
        if not sign and isinstance(atom, t.Enum):
            yield from (value for value in atom.values if isinstance(value, str))


def _texts(found: Search, least: int) -> Iterator[str]:
    if found.found is not None:
        yield found.found
        yield found.found + "a" * min(least - len(found.found), MADE)
    yield from EXAMPLES


def _examples(least: int, facts: Facts) -> Iterator[str]:
    """Strings of a length that are none of those refused."""
    refused = set(_refused(facts))
    if any(isinstance(atom, t.Claim) for _, atom in facts):
        yield from (text for text in EXAMPLES if least <= len(text) and text not in refused)
    length = least or 1
    if length > MADE:
        return
    made = ("".join(pair) + "a" * (length - 2) for pair in product("abcdefghij", repeat=min(length, 2)))
    yield from [text for text in made if text not in refused][:1]
    if not least and "" not in refused:
        yield ""
