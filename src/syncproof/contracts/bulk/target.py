"""What documents are held against: a contract of ours, or a schema file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from syncproof.contracts.bulk.faults import Unreadable
from syncproof.contracts.bulk.recursion import endless, references
from syncproof.contracts.bulk.source import LONGEST
from syncproof.contracts.bulk.text import decode
from syncproof.contracts.catalogue import schema, versions
from syncproof.contracts.formats import is_date_time
from syncproof.errors import ConfigurationError

OWN = "auto"
"""In place of a contract: each document is held against the one that it names itself."""
FORMATS: dict[str, Callable[..., bool]] = {"date-time": is_date_time}


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """``contract`` is the name of one of ours, None for a schema file."""

    title: str
    contract: str | None
    schema: dict[str, Any] | bool
    validator: jsonschema_rs.Validator


def target(text: str) -> Target:
    """The contract ``NAME`` or ``NAME:VERSION``, or the schema in a file; ConfigurationError if there is none."""
    name, _, version = text.partition(":")
    if name in versions():
        return contract(name, version or None)
    path = Path(text)
    if path.is_file():
        return _of_file(path)
    known = ", ".join(sorted(versions()))
    raise ConfigurationError(f"{text!r} is neither a contract nor a schema file; contracts: {known}, or {OWN!r}")


@cache
def contract(name: str, version: str | None = None) -> Target:
    """One of ours."""
    number = version or versions()[name]
    try:
        document = schema(name, number)
    except KeyError:
        text = f"there is no version {version!r} of contract {name!r}; current: {versions()[name]}"
        raise ConfigurationError(text) from None
    return Target(f"{name}:{number}", name, document, compiled(document))


def compiled(document: Any) -> jsonschema_rs.Validator:
    """A validator that checks formats and never leaves the machine."""
    return jsonschema_rs.validator_for(document, validate_formats=True, formats=FORMATS, offline=True)


def _of_file(path: Path) -> Target:
    document = _read(path)
    try:
        validator = compiled(document)
    except (ValueError, jsonschema_rs.ReferencingError) as problem:
        raise ConfigurationError(f"{path}{_told(document, problem)}") from None
    place = endless(document)
    if place is not None:
        raise ConfigurationError(
            f"{path}: {place or '/'} is endless: it leads back to itself at one place of a document"
        )
    return Target(str(path), None, document, validator)


def _read(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LONGEST + 1)
        document = decode(raw)
    except OSError as problem:
        raise ConfigurationError(f"{path}: cannot be read: {problem.strerror}") from None
    except Unreadable as problem:
        line = raw.count(b"\n", 0, problem.byte) + 1
        raise ConfigurationError(f"{path}:{line}{problem.place}: {problem.message}, found {problem.actual}") from None
    if not isinstance(document, dict | bool):
        raise ConfigurationError(f"{path}: a schema is an object, true or false; this is {type(document).__name__}")
    return document


def _told(document: Any, problem: Exception) -> str:
    """Where and what: the place in the schema is that of the reference if it is about one."""
    message = str(getattr(problem, "message", problem)).splitlines()[0]
    for place, text in references(document):
        if text.strip("#") and text.strip("#") in message:
            return f": {place}: the reference {text!r} leads nowhere in this file ({message}); nothing is fetched"
    place = "".join(f"/{part}" for part in getattr(problem, "instance_path", ()))
    return f": {place or '/'}: this is no JSON Schema: {message}"
