"""Holds documents against contracts: jsonschema-rs decides, jsonschema explains the few that fail."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import jsonschema_rs

from syncproof.contracts.catalogue import schema, versions
from syncproof.contracts.formats import CHECKED, WORDS


def explain(name: str, document: Any, version: str | None = None) -> list[tuple[str, str]]:
    """What breaks the contract, as (JSON pointer, message); empty if nothing does.

    An unknown contract or version is an answer too, not an error: messages come from outside.
    """
    try:
        valid = _validator(name, version).is_valid(document)
    except KeyError:
        return [("", _unknown(name, version))]
    return [] if valid else _explained(name, document, version)


@cache
def _validator(name: str, version: str | None) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(schema(name, version), validate_formats=True, formats=CHECKED)


def _unknown(name: str, version: str | None) -> str:
    known = versions()
    if name in known:
        return f"there is no version {version!r} of contract {name!r}; current: {known[name]}"
    return f"there is no contract {name!r}; known: {', '.join(sorted(known))}"


def _explained(name: str, document: Any, version: str | None) -> list[tuple[str, str]]:
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415  slow, and only for failures

    formats = FormatChecker(formats=())
    for format_, check in CHECKED.items():
        formats.checks(format_)(check)
    errors = Draft202012Validator(schema(name, version), format_checker=formats).iter_errors(document)
    found = sorted((pointer(error.absolute_path), _message(error)) for error in errors)
    # The two libraries can differ on an edge; the verdict stands and is never left unexplained.
    return list(dict.fromkeys(found)) or [("", f"does not satisfy the contract {name!r}")]


def _message(error: Any) -> str:
    """The library's message, but words in place of a regular expression of ours."""
    wanted = WORDS.get(error.validator_value) if error.validator in {"pattern", "format"} else None
    return f"{error.instance!r} is not {wanted}" if wanted else str(error.message)


def pointer(path: Iterable[str | int]) -> str:
    """The JSON pointer (RFC 6901) of a path."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
