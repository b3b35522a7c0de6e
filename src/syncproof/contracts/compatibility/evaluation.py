"""Whether a document satisfies a node: yes, no, or unknown (None)."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import jsonschema_rs

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.automata import TWINS
from syncproof.contracts.compatibility.terms import Atom, Node
from syncproof.contracts.compatibility.values import exact, key, kind

Truth = bool | None
DISPUTED = frozenset(map(chr, TWINS))


def holds(node: Node, value: Any) -> Truth:
    """Whether all atoms hold."""
    return every(holds_atom(atom, value) for atom in node.atoms)


def holds_atom(atom: Atom, value: Any) -> Truth:
    """Whether one atom holds; what is for another type holds."""
    if atom.kind is not None and atom.kind != kind(value):
        return True
    return RULES[type(atom)](atom, value)


def every(truths: Iterable[Truth]) -> Truth:
    """All of them: a single no decides, then a single unknown."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        found = found and truth
    return found


def opposite(truth: Truth) -> Truth:
    """The negation."""
    return None if truth is None else not truth


def matches(text: str, value: str) -> Truth:
    """Whether the validator finds the pattern in the string; None where it gives up or readers of a dot differ."""
    if "." in text and not DISPUTED.isdisjoint(value):
        return None
    try:
        return _pattern(text).is_valid(value)
    except (ValueError, UnicodeError):
        return None


@cache
def _pattern(text: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator({"pattern": text})


def is_type(names: frozenset[str], value: Any) -> bool:
    """Whether a value is of one of the types."""
    found = kind(value)
    return found in names or (found == "number" and "integer" in names and exact(value).denominator == 1)


def size(atom: t.Least | t.Most, value: Any) -> Any:
    """What a bound is held against."""
    return exact(value) if atom.kind == "number" else len(value)


def _least(atom: t.Least, value: Any) -> Truth:
    return bool(size(atom, value) > atom.value if atom.strict else size(atom, value) >= atom.value)


def _most(atom: t.Most, value: Any) -> Truth:
    return bool(size(atom, value) < atom.value if atom.strict else size(atom, value) <= atom.value)


def _multiple(atom: t.Multiple, value: Any) -> Truth:
    return (exact(value) / atom.value).denominator == 1


def _count(node: Node, value: list[Any]) -> tuple[int, int]:
    """How many items satisfy a node, and of how many it is unknown."""
    truths = [holds(node, each) for each in value]
    return truths.count(True), truths.count(None)


def _some(atom: t.Some, value: Any) -> Truth:
    sure, unknown = _count(atom.node, value)
    return True if sure >= atom.count else None if sure + unknown >= atom.count else False


def _few(atom: t.Few, value: Any) -> Truth:
    sure, unknown = _count(atom.node, value)
    return False if sure > atom.count else None if sure + unknown > atom.count else True


def concerned(atom: t.Others, name: str) -> Truth:
    """Whether the atom speaks of a property of this name."""
    if name in atom.names:
        return False
    outside = (opposite(matches(text, name)) for text in atom.without)
    return every((*outside, *(matches(text, name) for text in atom.matching)))


def _others(atom: t.Others, value: Any) -> Truth:
    return every(_other(atom, name, each) for name, each in value.items())


def _other(atom: t.Others, name: str, value: Any) -> Truth:
    concern = concerned(atom, name)
    if concern is False:
        return True
    truth = holds(atom.node, value)
    return truth if concern or truth else None


def _either(atom: t.Either, value: Any) -> Truth:
    return opposite(every(opposite(holds(node, value)) for node in atom.nodes))


def _one(atom: t.One, value: Any) -> Truth:
    truths = [holds(node, value) for node in atom.nodes]
    if truths.count(True) > 1:
        return False
    return None if None in truths else truths.count(True) == 1


def _choice(atom: t.Choice, value: Any) -> Truth:
    condition = holds(atom.condition, value)
    if condition is None:
        return None
    return holds(atom.then if condition else atom.otherwise, value)


def _unique(_: t.Unique, value: Any) -> Truth:
    return len(set(map(key, value))) == len(value)


RULES: dict[type[Atom], Callable[[Any, Any], Truth]] = {
    t.Types: lambda atom, value: is_type(atom.names, value),
    t.Enum: lambda atom, value: key(value) in atom.keys,
    t.Least: _least,
    t.Most: _most,
    t.Multiple: _multiple,
    t.Pattern: lambda atom, value: matches(atom.text, value),
    t.Claim: lambda _, __: None,
    t.Item: lambda atom, value: len(value) <= atom.index or holds(atom.node, value[atom.index]),
    t.Rest: lambda atom, value: every(holds(atom.node, each) for each in value[atom.start :]),
    t.Some: _some,
    t.Few: _few,
    t.Unique: _unique,
    t.Required: lambda atom, value: atom.name in value,
    t.Property: lambda atom, value: atom.name not in value or holds(atom.node, value[atom.name]),
    t.Others: _others,
    t.Names: lambda atom, value: every(holds(atom.node, name) for name in value),
    t.All: lambda atom, value: every(holds(node, value) for node in atom.nodes),
    t.Either: _either,
    t.One: _one,
    t.Not: lambda atom, value: opposite(holds(atom.node, value)),
    t.Choice: _choice,
    t.Unknown: lambda _, __: None,
}
