"""Turns a schema into nodes of atoms: the rules of draft 7 and 2020-12, keyword by keyword."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.keywords import Here
from syncproof.contracts.compatibility.problems import ENDLESS, SchemaError
from syncproof.contracts.compatibility.resources import DRAFT_7, Library, Place
from syncproof.contracts.compatibility.terms import Atom, Node

Scope = tuple[tuple[str, Place], ...]
"""Which schema each dynamic anchor means here: the outermost one on the way."""


@dataclass(slots=True)
class Compiler:
    """Compiles one document; every place once for every dynamic scope that it is reached in."""

    library: Library
    name: str
    without: frozenset[str] = frozenset()
    """Keywords that say nothing to the readers it is compiled for."""
    nodes: dict[tuple[Place, Scope], Node] = field(default_factory=dict)

    @property
    def draft(self) -> str:
        return self.library.draft

    def root(self) -> Node:
        """The whole document. What it does not use is compiled too, so that no mistake stays unseen."""
        node = self.node(Place(""), ())
        for place in self.library.places():
            self.node(place, ())
        return node

    def node(self, place: Place, scope: Scope) -> Node:
        """The node of the schema at a place."""
        scope = self.entered(place, scope)
        known = self.nodes.get((place, scope))
        if known is not None:
            return known
        schema = self.library.schema(place)
        node = Node(_key(schema) or (self.name, place, scope), str(place))
        self.nodes[place, scope] = node
        node.atoms = tuple(self._atoms(schema, place, scope))
        return node

    def entered(self, place: Place, scope: Scope) -> Scope:
        """Entering a resource gives its dynamic anchors a meaning, unless an outer one gave it."""
        dynamic = self.library.resource(place).dynamic
        known = {name for name, _ in scope}
        fresh = [(name, target) for name, target in dynamic.items() if name not in known]
        return tuple(sorted((*scope, *fresh), key=lambda pair: pair[0])) if fresh else scope

    def target(self, place: Place, scope: Scope, keyword: str) -> Place:
        """Where a reference leads. A dynamic one that meets a dynamic anchor leads to the outermost of its name."""
        reference = self.library.schema(place)[keyword]
        target = self.library.resolve(reference, place)
        name = reference.rpartition("#")[2]
        if keyword == "$dynamicRef" and self.library.resource(target).dynamic.get(name) == target:
            return dict(scope).get(name, target)
        return target

    def _atoms(self, schema: Any, place: Place, scope: Scope) -> Iterator[Atom]:
        if isinstance(schema, bool):
            if not schema:
                yield t.Types(str(place), "false")
            return
        if self.draft == DRAFT_7 and "$ref" in schema:  # what stands beside a reference does not count
            schema = {"$ref": schema["$ref"]}
        self._refuse_another_draft(schema, place)
        here = Here(self, schema, place, self.entered(place, scope))
        for keyword, value in schema.items():
            if keyword not in self.without:
                yield from here.atoms(keyword, value)

    def _refuse_another_draft(self, schema: dict[str, Any], place: Place) -> None:
        """Where it has an ``$id``, a part that states another draft is read by the rules of that one."""
        said = str(schema.get("$schema", self.draft)).removesuffix("#")
        if said != self.draft:
            raise SchemaError(str(place.down("$schema")), f"{said!r} is not the draft of the schema around it")


def _key(schema: Any) -> str | None:
    return {True: "true", False: "false"}[schema] if isinstance(schema, bool) else None


def check_endless(nodes: list[Node]) -> None:
    """Refuses a schema that refers to itself without going into the document: no validator comes to an end."""
    done: set[int] = set()
    for node in nodes:
        _walk(node, [], done)


def _walk(node: Node, way: list[Node], done: set[int]) -> None:
    if any(node is each for each in way):
        raise SchemaError(node.place, ENDLESS)
    if id(node) not in done:
        for atom in node.atoms:
            for inner in in_place(atom):
                _walk(inner, [*way, node], done)
        done.add(id(node))


def in_place(atom: Atom) -> tuple[Node, ...]:
    """The nodes that an atom applies to the same value."""
    if isinstance(atom, t.All | t.Either | t.One):
        return atom.nodes
    if isinstance(atom, t.Not):
        return (atom.node,)
    return (atom.condition, atom.then, atom.otherwise) if isinstance(atom, t.Choice) else ()
