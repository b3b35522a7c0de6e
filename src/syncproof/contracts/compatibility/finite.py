"""How many values a goal can have at most, where its nodes say so."""

from collections.abc import Hashable, Iterable

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.terms import Atom, Node
from syncproof.contracts.compatibility.values import key

FEW = {"null": (None,), "boolean": (False, True)}
Values = frozenset[Hashable]


def bound(goal: Iterable[tuple[bool, Node]]) -> Values | None:
    """The values that can satisfy a goal, or None if they may be without number."""
    return _meet(_of(node) for sign, node in goal if sign)


def _meet(found: Iterable[Values | None]) -> Values | None:
    known = [each for each in found if each is not None]
    return frozenset.intersection(*known) if known else None


def _of(node: Node) -> Values | None:
    return _meet(map(_of_atom, node.atoms))


def _of_atom(atom: Atom) -> Values | None:
    if isinstance(atom, t.Enum):
        return atom.keys
    if isinstance(atom, t.Types) and atom.names <= FEW.keys():
        return frozenset(key(value) for name in atom.names for value in FEW[name])
    if isinstance(atom, t.All):
        return _meet(map(_of, atom.nodes))
    if isinstance(atom, t.Either | t.One):
        parts = [_of(node) for node in atom.nodes]
        return None if None in parts else frozenset[Hashable]().union(*(part for part in parts if part is not None))
    return None
