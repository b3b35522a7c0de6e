"""Finds what in a schema never ends: a reference that leads back to itself without a step into the document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from syncproof.contracts.validation import pointer

_ONE = ("not", "if", "then", "else")
_MANY = ("allOf", "anyOf", "oneOf")
_NAMED = ("dependentSchemas", "dependencies")
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_MAPS = ("properties", "patternProperties", "$defs", "definitions", *_NAMED)
_DATA = ("const", "enum", "default", "examples")

Found = list[tuple[str, str]]


def references(schema: Any) -> Found:
    """Every reference of a schema, as pointer and text."""
    return [
        (pointer([*place, keyword]), each[keyword])
        for place, each in parts(schema)
        for keyword in _REFERENCES
        if isinstance(each.get(keyword), str)
    ]


def endless(schema: Any) -> str | None:
    """The pointer of a part of the schema that is met again in itself, at the same place of the document."""
    follow = _Follow(schema)
    return next((pointer(place) for place, part in parts(schema) if follow.returns(part)), None)


def parts(schema: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Every object of a schema that can be a schema itself; what is only data is left out."""
    if isinstance(schema, dict):
        names = place[-1:] and place[-1] in _MAPS
        yield place, {} if names else schema
        members: Iterable[tuple[str | int, Any]] = (pair for pair in schema.items() if names or pair[0] not in _DATA)
    else:
        members = enumerate(schema) if isinstance(schema, list) else ()
    for name, member in members:
        yield from parts(member, (*place, name))


class _Follow:
    def __init__(self, schema: Any) -> None:
        resource = Resource.from_contents(schema, default_specification=DRAFT202012)
        base = resource.id() or ""
        self._look_up = Registry().with_resource(base, resource).resolver(base).lookup
        self._ended: set[int] = set()

    def returns(self, part: Mapping[str, Any], met: tuple[int, ...] = ()) -> bool:
        """Whether the part leads back to itself; what was found to end is not walked again."""
        if id(part) in self._ended:
            return False
        if id(part) in met:
            return True
        if any(self.returns(each, (*met, id(part))) for each in self._same_place(part)):
            return True
        self._ended.add(id(part))
        return False

    def _same_place(self, part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The schemas that look at the same value as this one."""
        inside: list[Any] = [part.get(name) for name in _ONE]
        for name in (*_MANY, *_NAMED):
            several = part.get(name)
            inside += several if isinstance(several, list) else several.values() if isinstance(several, dict) else ()
        inside += [self._target(part[name]) for name in _REFERENCES if isinstance(part.get(name), str)]
        return (each for each in inside if isinstance(each, dict))

    def _target(self, reference: str) -> Any:
        try:
            return self._look_up(reference).contents
        except Unresolvable:
            return None  # jsonschema-rs has looked already
