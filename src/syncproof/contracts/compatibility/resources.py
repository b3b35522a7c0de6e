"""Where references lead: ``$id``, anchors and pointers inside one document. Nothing is fetched.

The documents of the standard itself (the meta-schemas) are known; every other address outside is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import jsonschema_specifications

from syncproof.contracts.compatibility.metaschema import check
from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.validation import pointer

DRAFT_7 = "http://json-schema.org/draft-07/schema"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
ONE = {"additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "items"}
MANY = {"allOf", "anyOf", "oneOf"}
NAMED = {"properties", "patternProperties", "definitions"}
INNER = {
    DRAFT_7: (ONE | {"additionalItems"}, MANY | {"items"}, NAMED | {"dependencies"}),
    DRAFT_2020: (
        ONE | {"contentSchema", "unevaluatedItems", "unevaluatedProperties"},
        MANY | {"prefixItems"},
        NAMED | {"$defs", "dependentSchemas"},
    ),
}
"""Where each draft has schemas in a schema: one, several, several by name. An ``$id`` elsewhere names nothing."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: the document's own address and a path of names."""

    document: str
    path: Path = ()

    def down(self, *parts: str | int) -> "Place":
        return Place(self.document, (*self.path, *map(str, parts)))

    def __str__(self) -> str:
        return pointer(self.path)


@dataclass(slots=True)
class Resource:
    """A schema with an address of its own, and the anchors in it."""

    uri: str
    root: Place
    anchors: dict[str, Place] = field(default_factory=dict)
    dynamic: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Library:
    """One document and what it refers to."""

    document: Any
    draft: str
    documents: dict[str, Any] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    roots: dict[Place, Resource] = field(default_factory=dict)
    checked: set[Place] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._add("", self.document)

    def schema(self, place: Place) -> Any:
        """What is written at a place."""
        return _descend(self.documents[place.document], place.path)

    def resource(self, place: Place) -> Resource:
        """The innermost resource around a place."""
        for length in range(len(place.path), -1, -1):
            found = self.roots.get(Place(place.document, place.path[:length]))
            if found:
                return found
        raise AssertionError(place)

    def resolve(self, reference: str, place: Place) -> Place:
        """Where a reference at a place leads; a message with the place if it leads nowhere or outside."""
        base = self.resource(place)
        address, fragment = urldefrag(reference if not reference.startswith("#") else base.uri + reference)
        resource = base if address == base.uri else self._find(join(base.uri, address), reference, place)
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchor(resource, fragment, reference, place)
        target = resource.root.down(*(part.replace("~1", "/").replace("~0", "~") for part in fragment.split("/")[1:]))
        try:
            found = self.schema(target)
        except (KeyError, IndexError, ValueError, TypeError):
            raise SchemaError(str(place), f"the reference {reference!r} leads nowhere") from None
        if not isinstance(found, dict | bool):
            raise SchemaError(str(place), f"the reference {reference!r} leads to something that is no schema")
        self._known(target, found)
        return target

    def places(self) -> Iterator[Place]:
        """Every schema of the document, used or not."""
        return (place for place, _ in subschemas(self.document, Place(""), self.draft))

    def _known(self, target: Place, schema: Any) -> None:
        """What a pointer leads to may stand where no keyword has a schema; nobody has looked at it then."""
        if target not in self.checked:
            check(schema, self.draft, str(target))
            self.checked.update(each for each, _ in subschemas(schema, target, self.draft))

    def _anchor(self, resource: Resource, name: str, reference: str, place: Place) -> Place:
        if name not in resource.anchors:
            raise SchemaError(str(place), f"the reference {reference!r} leads nowhere: there is no such anchor")
        return resource.anchors[name]

    def _find(self, uri: str, reference: str, place: Place) -> Resource:
        uri = uri.removesuffix("#")
        if uri not in self.resources and uri in jsonschema_specifications.REGISTRY:
            self._standard(uri)
        if uri not in self.resources:
            raise SchemaError(str(place), f"the reference {reference!r} leads out of the document; nothing is fetched")
        return self.resources[uri]

    def _standard(self, uri: str) -> None:
        contents: Any = jsonschema_specifications.REGISTRY.contents(uri)
        if contents.get("$schema", "").rstrip("#") == self.draft:  # another draft would be read by other rules
            self._add(uri, contents)

    def _add(self, name: str, document: Any) -> None:
        self.documents[name] = document
        self._register(Resource(name, Place(name)))
        for place, schema in subschemas(document, Place(name), self.draft):
            self.checked.add(place)
            if isinstance(schema, dict):
                self._index(place, schema)

    def _register(self, resource: Resource) -> None:
        if resource.uri in self.resources and self.resources[resource.uri].root != resource.root:
            raise SchemaError(str(resource.root), f"two schemas have the $id {resource.uri!r}")
        self.resources[resource.uri] = self.roots[resource.root] = resource

    def _index(self, place: Place, schema: dict[str, Any]) -> None:
        """The identifiers that stand beside a schema."""
        own = schema.get("$id") if self.draft == DRAFT_2020 or "$ref" not in schema else None
        if isinstance(own, str):
            self._identify(place, own)
        resource = self.resource(place)
        for keyword in ("$anchor", "$dynamicAnchor") if self.draft == DRAFT_2020 else ():
            if isinstance(schema.get(keyword), str):
                self._named(resource, schema[keyword], place)
        if self.draft == DRAFT_2020 and isinstance(schema.get("$dynamicAnchor"), str):
            resource.dynamic[schema["$dynamicAnchor"]] = place

    def _identify(self, place: Place, own: str) -> None:
        outer = self.resource(place)
        uri, fragment = urldefrag(join(outer.uri, own))
        if fragment and self.draft == DRAFT_7:
            self._named(outer, fragment, place)
        if uri != outer.uri and not own.startswith("#"):
            self._register(Resource(uri, place))

    def _named(self, resource: Resource, name: str, place: Place) -> None:
        if resource.anchors.setdefault(name, place) != place:
            raise SchemaError(str(place), f"two schemas have the anchor {name!r}")


def join(base: str, reference: str) -> str:
    """The address that a reference names; what urljoin does not know (``urn:``) stays as it is."""
    if not reference or reference.startswith("#"):
        return base + reference
    return urljoin(base, reference)


def subschemas(schema: Any, place: Place, draft: str) -> Iterator[tuple[Place, Any]]:
    """A schema and every schema that the draft knows in it, outer ones first."""
    todo = [(place, schema)]
    while todo:
        here, each = todo.pop()
        yield here, each
        if isinstance(each, dict):
            todo.extend(_inside(each, here, draft))


def _inside(schema: dict[str, Any], place: Place, draft: str) -> Iterator[tuple[Place, Any]]:
    one, many, named = INNER[draft]
    for keyword, value in schema.items():
        if keyword in one and isinstance(value, dict | bool):
            yield place.down(keyword), value
        elif keyword in many and isinstance(value, list):
            yield from ((place.down(keyword, index), each) for index, each in enumerate(value))
        elif keyword in named and isinstance(value, dict):
            yield from ((place.down(keyword, name), each) for name, each in value.items() if not isinstance(each, list))


def _descend(document: Any, path: Path) -> Any:
    for part in path:
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document
