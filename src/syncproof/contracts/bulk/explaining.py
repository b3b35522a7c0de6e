"""What breaks a schema, of the few documents that do: place, what was expected, what is there.

jsonschema explains. Its regular expressions are those of Python, which can take for ever: a schema file with
patterns is explained by jsonschema-rs, whose expressions give up, and so is a large document.
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from syncproof.contracts.bulk.recursion import parts
from syncproof.contracts.bulk.target import Target
from syncproof.contracts.formats import WORDS, is_date_time
from syncproof.contracts.validation import pointer

LONG = 200
"""How many characters of a value are shown."""
MANY = 1000
"""How many mistakes of one document are counted at most."""
LARGE = 2**20
"""From how many bytes on jsonschema takes too long."""
GAVE_UP = "Error executing regex"
"""How jsonschema-rs tells of a pattern that would take for ever."""
NAMED = {
    "type": "{0}",
    "required": "the property {0}",
    "enum": "one of {0}",
    "const": "{0}",
    "pattern": "text like {0}",
    "format": "the format {0}",
    "additionalProperties": "no other property",
}


class Broken(NamedTuple):
    """One mistake of a document."""

    place: str
    message: str
    expected: str
    actual: str


def explain(target: Target, document: Any, size: int, most: int = MANY) -> list[Broken]:
    """At most so many mistakes, never none: the verdict stands whatever an explanation finds."""
    by_rust = size > LARGE or (target.contract is None and _has_patterns(target))
    found = list(islice((_by_rust if by_rust else _by_python)(target, document), most))
    return sorted(dict.fromkeys(found)) or [_unexplained(target, document)]


def count(target: Target, document: Any) -> int:
    """How many mistakes jsonschema-rs counts, where they are not told."""
    return sum(1 for _ in islice(target.validator.iter_errors(document), MANY)) or 1


def short(value: Any) -> str:
    """A value as JSON, cut if it is long. Whatever is invisible is escaped."""
    if isinstance(value, dict | list) and len(value) > LONG:
        return f"{'an object' if isinstance(value, dict) else 'an array'} of {len(value):,} members"
    text = json.dumps(value[: LONG + 1] if isinstance(value, str) else value)
    return text if len(text) <= LONG else text[:LONG] + "…"


def _by_python(target: Target, document: Any) -> Iterator[Broken]:
    return map(_of_python, _explainer(target).iter_errors(document))


def _of_python(error: Any) -> Broken:
    words = WORDS.get(error.validator_value) if error.validator in {"pattern", "format"} else None
    expected = words or _expected(error.validator, error.validator_value, error.message)
    message = f"{short(error.instance)} is not {words}" if words else _cut(error.message)
    return Broken(pointer(error.absolute_path), message, expected, short(error.instance))


def _by_rust(target: Target, document: Any) -> Iterator[Broken]:
    for error in target.validator.iter_errors(document):
        gave_up = error.message.startswith(GAVE_UP)
        value = getattr(error.kind, "value", None)
        expected = "a pattern that ends" if gave_up else _expected(error.kind.name, value, error.message)
        yield Broken(pointer(error.instance_path), _cut(error.message), expected, short(error.instance))


def _expected(keyword: str, value: Any, message: str) -> str:
    if keyword == "required":  # jsonschema gives all that are required, and names the one in its message
        value = message.split("'")[1] if isinstance(value, list) and "'" in message else value
    listed = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return _cut(
        NAMED.get(keyword, f"{keyword} {{0}}").format(listed) if keyword in NAMED else f"{keyword} {short(value)}"
    )


def _cut(text: str) -> str:
    escaped = text if text.isprintable() else ascii(text)[1:-1]
    return escaped if len(escaped) <= 2 * LONG else escaped[: 2 * LONG] + "…"


def _unexplained(target: Target, document: Any) -> Broken:
    return Broken("", f"does not satisfy {target.title}", target.title, short(document))


@cache
def _explainer(target: Target) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker, validators  # noqa: PLC0415  slow, only for failures
    from referencing import Registry  # noqa: PLC0415

    formats = FormatChecker(formats=())
    formats.checks("date-time")(is_date_time)
    kind = validators.validator_for(target.schema, default=Draft202012Validator)
    return kind(target.schema, format_checker=formats, registry=Registry())


@cache
def _has_patterns(target: Target) -> bool:
    return any("pattern" in part or "patternProperties" in part for _, part in parts(target.schema))
