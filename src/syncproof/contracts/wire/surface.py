"""The operations of a system that speaks our contracts, from ``contracts/openapi/``."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import jsonschema_rs

from syncproof.contracts.catalogue import folder
from syncproof.contracts.formats import CHECKED

DOCUMENTS = {"planning": "erp", "execution": "mes", "warehouse": "wms", "quality": "qms", "integration": "integration"}
"""Role -> the description of a system that plays it."""
COMPONENT = "#/components/schemas/"


@dataclass(frozen=True)
class Shape:
    """What a body must be (an empty schema: whatever); ``contract`` is the one that it holds messages of, if any
    (``bom:1.0.0``)."""

    schema: dict[str, Any]
    contract: str | None

    @cached_property
    def validator(self) -> Any:
        """Made when it is needed: a run sees a part of what is described."""
        return jsonschema_rs.Draft202012Validator(self.schema, validate_formats=True, formats=CHECKED)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path: the shapes of its request and of its answers by status."""

    name: str
    request: Shape | None
    answers: dict[str, Shape] = field(default_factory=dict)


@cache
def operations(role: str) -> dict[tuple[str, str], Operation]:
    """By method and path; empty for a role that has no description."""
    if role not in DOCUMENTS:
        return {}
    document = json.loads((folder() / "openapi" / f"{DOCUMENTS[role]}.json").read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    return {
        (method.upper(), path): _operation(f"{method.upper()} {path}", said, schemas)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    }


def contract_of(shape: Shape | None) -> str:
    """The contract that a body holds messages of; empty if there is none."""
    return "" if shape is None else shape.contract or ""


def _operation(name: str, said: dict[str, Any], schemas: Mapping[str, Any]) -> Operation:
    request = said.get("requestBody")
    answers = {status: _shape(answer, schemas) for status, answer in said["responses"].items()}
    return Operation(name, None if request is None else _shape(request, schemas), answers)


def _shape(said: dict[str, Any], schemas: Mapping[str, Any]) -> Shape:
    if "content" not in said:
        return Shape({}, None)
    schema = said["content"]["application/json"]["schema"]
    needed = {name: schemas[name] for name in sorted(_reached(schema, schemas, set()))}
    whole = {"allOf": [schema], "components": {"schemas": needed}}
    return _same(json.dumps(whole), next((one for key, one in _members(schema) if key == "x-contract"), None))


@cache
def _same(schema: str, contract: str | None) -> Shape:
    """One for all bodies that are alike, of whatever operation: a validator costs as much as a hundred verdicts."""
    return Shape(json.loads(schema), contract)


def _reached(part: Any, schemas: Mapping[str, Any], found: set[str]) -> set[str]:
    """The components that a schema leads to."""
    for key, value in _members(part):
        name = str(value).removeprefix(COMPONENT)
        if key == "$ref" and name not in found:
            found.add(name)
            _reached(schemas[name], schemas, found)
    return found


def _members(part: Any) -> Iterator[tuple[str, Any]]:
    """Every member of every object in it."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key, value
            yield from _members(value)
    elif isinstance(part, list):
        for value in part:
            yield from _members(value)
