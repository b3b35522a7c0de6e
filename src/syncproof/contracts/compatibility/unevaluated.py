"""``unevaluatedProperties`` and ``unevaluatedItems``, told in other keywords.

What is evaluated depends on which subschemas hold. So every combination of them is a case, and in each case the
keyword is an ordinary ``additionalProperties`` or ``items``. Too many combinations: unknown, which proves nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.problems import ENDLESS, SchemaError
from syncproof.contracts.compatibility.resources import Place
from syncproof.contracts.compatibility.terms import Atom, Node

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.compiler import Compiler, Scope

MOST = 64
"""How many combinations are looked at."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is evaluated when all ``refuted`` schemas do not hold and all ``held`` ones do."""

    held: tuple[Node, ...] = ()
    refuted: tuple[Node, ...] = ()
    everything: bool = False
    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    prefix: int = 0
    containing: tuple[Node, ...] = ()

    def __and__(self, other: "Case") -> "Case":
        return Case(
            self.held + other.held,
            self.refuted + other.refuted,
            self.everything or other.everything,
            self.names | other.names,
            self.patterns | other.patterns,
            max(self.prefix, other.prefix),
            self.containing + other.containing,
        )


class TooManyCases(Exception):
    """There are more combinations than we look at."""


Own = Callable[["Compiler", Place, "Scope", dict[str, Any], bool], Case]


def unevaluated_properties(compiler: "Compiler", place: Place, scope: "Scope", at: tuple[str, str]) -> Iterator[Atom]:
    """The cases of ``unevaluatedProperties`` at a place."""
    node = compiler.node(place.down(at[1]), scope)
    for case in _cases(compiler, place, scope, _own_properties):
        if case is None:
            yield t.Unknown(*at)
        elif not case.everything:
            yield _guarded(case, t.Others(*at, case.names, case.patterns, frozenset(), node), at)


def unevaluated_items(compiler: "Compiler", place: Place, scope: "Scope", at: tuple[str, str]) -> Iterator[Atom]:
    """The cases of ``unevaluatedItems`` at a place; what ``contains`` found is evaluated."""
    node = compiler.node(place.down(at[1]), scope)
    for case in _cases(compiler, place, scope, _own_items):
        if case is None:
            yield t.Unknown(*at)
        elif not case.everything:
            either = t.single(t.Either(*at, (*case.containing, node))) if case.containing else node
            yield _guarded(case, t.Rest(*at, case.prefix, either), at)


def _guarded(case: Case, atom: Atom, at: tuple[str, str]) -> Atom:
    if not case.held and not case.refuted:
        return atom
    escapes = (*(t.single(t.Not(*at, node)) for node in case.held), *case.refuted)
    return t.Either(*at, (*escapes, t.single(atom)))


def _cases(compiler: "Compiler", place: Place, scope: "Scope", own: Own) -> list[Case] | list[None]:
    try:
        return _Collector(compiler, own).of(place, scope, outermost=True)
    except TooManyCases:
        return [None]


@dataclass(slots=True)
class _Collector:
    compiler: "Compiler"
    own: Own
    active: set[Place] = field(default_factory=set)

    def of(self, place: Place, scope: "Scope", *, outermost: bool = False) -> list[Case]:
        if place in self.active:
            raise SchemaError(str(place), ENDLESS)
        self.active.add(place)
        found = self._of(place, scope, outermost)
        self.active.remove(place)
        return found

    def _of(self, place: Place, scope: "Scope", outermost: bool) -> list[Case]:
        schema = self.compiler.library.schema(place)
        if isinstance(schema, bool):
            return [Case()]
        scope = self.compiler.entered(place, scope)
        found = [self.own(self.compiler, place, scope, schema, outermost)]
        for ways in self._parts(schema, place, scope):
            if len(found) * len(ways) > MOST:
                raise TooManyCases
            found = [one & other for one, other in product(found, ways)]
        return found

    def _parts(self, schema: dict[str, Any], place: Place, scope: "Scope") -> Iterator[list[Case]]:
        for keyword in ("$ref", "$dynamicRef"):
            if keyword in schema:
                yield self.of(self.compiler.target(place, scope, keyword), scope)
        for index in range(len(schema.get("allOf", ()))):
            yield self.of(place.down("allOf", index), scope)
        for keyword in ("anyOf", "oneOf"):
            for index in range(len(schema.get(keyword, ()))):
                yield self._maybe(place.down(keyword, index), scope)
        if "if" in schema:
            yield self._choice(schema, place, scope)
        for name in schema.get("dependentSchemas", ()) if self.own is _own_properties else ():
            yield self._dependent(name, place.down("dependentSchemas", name), scope)

    def _maybe(self, place: Place, scope: "Scope") -> list[Case]:
        node = self.compiler.node(place, scope)
        held = [replace(case, held=(node, *case.held)) for case in self.of(place, scope)]
        return [*held, Case(refuted=(node,))]

    def _choice(self, schema: dict[str, Any], place: Place, scope: "Scope") -> list[Case]:
        held, (missed,) = (ways := self._maybe(place.down("if"), scope))[:-1], ways[-1:]
        then = self.of(place.down("then"), scope) if "then" in schema else [Case()]
        otherwise = self.of(place.down("else"), scope) if "else" in schema else [Case()]
        return [one & other for one, other in product(held, then)] + [missed & other for other in otherwise]

    def _dependent(self, name: str, place: Place, scope: "Scope") -> list[Case]:
        there = t.single(t.Required(str(place), "dependentSchemas", name))
        held = [replace(case, held=(there, *case.held)) for case in self.of(place, scope)]
        return [*held, Case(refuted=(there,))]


def _own_properties(_: "Compiler", __: Place, ___: "Scope", schema: dict[str, Any], outermost: bool) -> Case:
    everything = "additionalProperties" in schema or ("unevaluatedProperties" in schema and not outermost)
    names, patterns = schema.get("properties", ()), schema.get("patternProperties", ())
    return Case(everything=everything, names=frozenset(names), patterns=frozenset(patterns))


def _own_items(compiler: "Compiler", place: Place, scope: "Scope", schema: dict[str, Any], outermost: bool) -> Case:
    everything = "items" in schema or ("unevaluatedItems" in schema and not outermost)
    containing = (compiler.node(place.down("contains"), scope),) if "contains" in schema else ()
    return Case(everything=everything, prefix=len(schema.get("prefixItems", ())), containing=containing)
