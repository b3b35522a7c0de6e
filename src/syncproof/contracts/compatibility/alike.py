"""Finds the nodes of two schemas that say the same, references included, and gives them one key.

Two versions of a schema have most in common. A recursive part that did not change is then known to be the same
without a proof. Nodes are told apart until no step into them shows a difference; what is left in one class unfolds
to the same schema, however deep.
"""

from collections.abc import Hashable, Iterator
from dataclasses import fields
from typing import Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.terms import Atom, Node

Classes = dict[int, Hashable]
"""The class of each node, by its id."""


def unite(*roots: Node) -> None:
    """Gives every node under the roots the key of its class."""
    nodes = list(_reachable(roots))
    classes: Classes = {id(node): "" for node in nodes}
    count = 0
    while count < len(set(classes.values())):
        count = len(set(classes.values()))
        numbers: dict[Hashable, int] = {}
        classes = {id(node): numbers.setdefault(_look(node, classes), len(numbers)) for node in nodes}
    for node in nodes:
        if node.key != "false":
            node.rename(("class", classes[id(node)]) if node.atoms else "true")


def _reachable(roots: tuple[Node, ...]) -> Iterator[Node]:
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        node = todo.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            todo.extend(inner for atom in node.atoms for inner in _nodes(atom))


def _nodes(atom: Atom) -> Iterator[Node]:
    for part in fields(atom):
        value = getattr(atom, part.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, Node))


def _look(node: Node, classes: Classes) -> Hashable:
    """What a node looks like when its inner nodes are known by their classes only."""
    return (classes[id(node)], frozenset(_atom(atom, classes) for atom in node.atoms))


def _atom(atom: Atom, classes: Classes) -> Hashable:
    if isinstance(atom, t.Unknown):
        return id(atom)  # never the same as anything
    return (type(atom).__name__, *(_part(getattr(atom, part.name), classes) for part in fields(atom) if part.compare))


def _part(value: Any, classes: Classes) -> Hashable:
    if isinstance(value, Node):
        return classes[id(value)]
    if isinstance(value, tuple):
        return tuple(_part(each, classes) for each in value)
    found: Hashable = value
    return found
