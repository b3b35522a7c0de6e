"""Holds a landscape file against ``landscape.schema.json`` and turns what it finds into mistakes."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from syncproof.landscape.mistakes import HIDDEN, Mistake, Place

SCHEMA = Path(__file__).with_name("landscape.schema.json")
NO_SECRETS = "secrets never stand in this file; name an environment variable or a file instead"
TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a table",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "minLength": "not shorter than",
    "minProperties": "not shorter than",
}


@cache
def schema() -> dict[str, Any]:
    """The schema of the file."""
    document: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return document


def mistakes_of_shape(document: dict[str, Any]) -> Iterator[Mistake]:
    """Unknown and missing keys, wrong types, values that are none of the valid ones."""
    import jsonschema_rs  # noqa: PLC0415  only who reads a landscape file needs it

    if jsonschema_rs.Draft202012Validator(schema()).is_valid(document):
        return
    from jsonschema import Draft202012Validator  # noqa: PLC0415  slow, and only for files with mistakes

    for error in Draft202012Validator(schema()).iter_errors(document):
        place = tuple(error.absolute_path)
        about_a_key = "propertyNames" in error.absolute_schema_path
        explain = _bad_key if about_a_key else EXPLAINED.get(str(error.validator), _other)
        yield from explain(place, error)


def _unknown_keys(place: Place, error: Any) -> Iterator[Mistake]:
    valid = tuple(error.schema["properties"])
    for key in error.instance.keys() - error.schema["properties"].keys():
        if _is_secret((*place, key)):
            yield Mistake((*place, key), NO_SECRETS, valid=valid)
        else:
            yield Mistake((*place, key), "there is no such key", valid=valid)


def _bad_key(place: Place, error: Any) -> Iterator[Mistake]:
    """The path is that of the table, the instance is the key."""
    here, wanted = (*place, error.instance), error.schema
    if "enum" in wanted:
        yield Mistake(here, "there is no such key here", valid=tuple(wanted["enum"]))
    else:
        yield Mistake(here, f"this name is not possible here (it must match {wanted['pattern']})")


def _missing(place: Place, error: Any) -> Iterator[Mistake]:
    for key in error.schema["required"]:
        if key not in error.instance:
            about = _about(error.schema["properties"][key])
            yield Mistake((*place, key), f"is missing{': ' + about if about else ''}")


def _not_valid(place: Place, error: Any) -> Iterator[Mistake]:
    yield Mistake(place, "is none of the valid values", error.instance, tuple(error.schema["enum"]))


def _wrong_type(place: Place, error: Any) -> Iterator[Mistake]:
    kinds = [error.schema["type"]] if isinstance(error.schema["type"], str) else error.schema["type"]
    wanted = " or ".join(TYPES[kind] for kind in kinds)
    value = HIDDEN if _is_secret(place) else error.instance
    yield Mistake(place, f"must be {wanted}{_example(error.schema)}", value)


def _wrong_form(place: Place, error: Any) -> Iterator[Mistake]:
    # A value that was meant to be a name or an address may hold a secret by mistake.
    hide = _is_secret(place) or not {"@", "?"}.isdisjoint(str(error.instance))
    wanted = _about(error.schema) or f"it must match {error.schema['pattern']}"
    yield Mistake(place, f"has not the form of {_lower(wanted)}", HIDDEN if hide else error.instance)


def _limit(place: Place, error: Any) -> Iterator[Mistake]:
    yield Mistake(place, f"must be {LIMITS[str(error.validator)]} {error.validator_value}", error.instance)


def _other(place: Place, error: Any) -> Iterator[Mistake]:
    yield Mistake(place, str(error.message))


def _twice(place: Place, error: Any) -> Iterator[Mistake]:
    seen = [each for index, each in enumerate(error.instance) if each in error.instance[:index]]
    yield Mistake(place, f"names {seen[0]!r} twice", error.instance)


def _is_secret(place: Place) -> bool:
    return "credentials" in place


def _about(part: dict[str, Any]) -> str:
    return str(part.get("description", "")).rstrip(".")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _example(part: dict[str, Any]) -> str:
    about = _about(part)
    return f" ({_lower(about)})" if about else ""


EXPLAINED: dict[str, Callable[[Place, Any], Iterator[Mistake]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing,
    "enum": _not_valid,
    "type": _wrong_type,
    "pattern": _wrong_form,
    "uniqueItems": _twice,
    **dict.fromkeys(LIMITS, _limit),
}
