"""The types of a plain schema: what msgspec can read exactly as the schema says it.

Objects with named properties and nothing else, maps of plain values, arrays of one kind, text, integers, booleans,
null, references inside the file. A schema with anything more is declined: alternatives, conditions, recursion,
fractions.
"""

import json
from typing import Any, Literal, NamedTuple, Union

from msgspec import UNSET, Struct, UnsetType, defstruct

NOTES = frozenset({"title", "description", "$comment", "examples", "default", "deprecated", "x-b2mml"})
ROOT = frozenset({"$schema", "$id", "$defs"})
SCALARS: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "null": None}
LIMITS = frozenset(
    {
        *("type", "enum", "const", "pattern", "format", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    }
)
"""What a value may have beyond its type."""


class Step(NamedTuple):
    """From a record to a field of it, which may be missing, or an array."""

    field: str
    optional: bool
    many: bool


Leaf = tuple[Step, ...]
"""The way from the root to a value."""


class Declined(Exception):
    """The schema says more than types can."""


class Shape:
    """``root`` is the type; ``leaves`` are the values with more to them than their type, by what that is."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._definitions = schema.get("$defs", {})
        self._entered: list[str] = []
        self._leaves: dict[str, list[Leaf]] = {}
        self.root = self._type({name: part for name, part in schema.items() if name not in ROOT}, ())
        if not isinstance(self.root, type) or not issubclass(self.root, Struct):
            raise Declined

    @property
    def leaves(self) -> list[tuple[dict[str, Any], list[Leaf]]]:
        return [(json.loads(rule), leaves) for rule, leaves in self._leaves.items()]

    def _type(self, schema: Any, way: Leaf) -> Any:
        if not isinstance(schema, dict):
            raise Declined
        part = {name: value for name, value in schema.items() if name not in NOTES}
        if "$ref" in part:
            return self._referred(part, way)
        if part.get("type") == "object":
            return self._object(part, way)
        return self._array(part, way) if part.get("type") == "array" else self._scalar(part, way)

    def _referred(self, part: dict[str, Any], way: Leaf) -> Any:
        name = str(part["$ref"]).removeprefix("#/$defs/")
        if len(part) > 1 or name not in self._definitions or name in self._entered or not name.isalnum():
            raise Declined
        self._entered.append(name)
        found = self._type(self._definitions[name], way)
        self._entered.pop()
        return found

    def _object(self, part: dict[str, Any], way: Leaf) -> Any:
        if _is_map(part):
            return dict.__class_getitem__((str, SCALARS[part["additionalProperties"]["type"]]))
        properties, required = part.pop("properties", None), set(part.pop("required", ()))
        if part != {"type": "object", "additionalProperties": False} or not properties or required - set(properties):
            raise Declined
        inner = {name: f"f{number}" for number, name in enumerate(properties)}
        fields = [
            self._field(inner[name], schema, way, optional=name not in required) for name, schema in properties.items()
        ]
        rename = {new: name for name, new in inner.items()}
        return defstruct("Part", fields, kw_only=True, gc=False, forbid_unknown_fields=True, rename=rename)

    def _field(self, name: str, schema: Any, way: Leaf, *, optional: bool) -> tuple[Any, ...]:
        kind = self._type(schema, (*way, Step(name, optional, many=False)))
        return (name, Union[kind, UnsetType], UNSET) if optional else (name, kind)  # noqa: UP007  made at run time

    def _array(self, part: dict[str, Any], way: Leaf) -> Any:
        if set(part) != {"type", "items"} or not way or way[-1].many:
            raise Declined
        return list[self._type(part["items"], (*way[:-1], way[-1]._replace(many=True)))]  # type: ignore[misc]

    def _scalar(self, part: dict[str, Any], way: Leaf) -> Any:
        words = [part["const"]] if "const" in part else part.get("enum")
        if words and set(part) <= {"type", "const", "enum"} and part.get("type", "string") == "string":
            return _literal(words)
        named = part.get("type", "")
        kinds: list[str] = named if isinstance(named, list) else [named]
        if not set(part) <= LIMITS or not set(kinds) <= set(SCALARS) or not way:
            raise Declined
        limits = {name: value for name, value in part.items() if name != "type"}  # the type is msgspec's
        if limits:
            self._leaves.setdefault(json.dumps(limits), []).append(way)
        return Union[tuple(SCALARS[kind] for kind in kinds)]  # noqa: UP007


def _literal(words: list[Any]) -> Any:
    if not all(isinstance(word, str) for word in words):
        raise Declined
    return Literal[tuple(words)]


def _is_map(part: dict[str, Any]) -> bool:
    """Whether any names are allowed, all with values of one plain type."""
    members = part.get("additionalProperties")
    plain = isinstance(members, dict) and set(members) == {"type"} and isinstance(members["type"], str)
    return plain and set(part) == {"type", "additionalProperties"} and members["type"] in SCALARS  # type: ignore[index]
