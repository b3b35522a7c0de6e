"""A short way to "valid" for plain schemas: msgspec reads the text as typed records, with no dictionaries in between.

It only ever says yes. What it does not take is read again and judged by jsonschema-rs, so it may be stricter than
the schema (``10.0`` is an integer there, not here) but never laxer. Shape and types are msgspec's; a value with any
further keyword (a pattern, a format, a limit) is put before jsonschema-rs, which alone knows what that means.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from syncproof.contracts.bulk.gathering import gathering
from syncproof.contracts.bulk.shape import Declined, Shape
from syncproof.contracts.bulk.target import compiled
from syncproof.contracts.bulk.text import REFUSALS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Quick = Callable[[bytes], Any]
"""The document as records if it surely satisfies the schema (keys are not looked at twice); None: unknown."""


def quick(schema: Any) -> Quick | None:
    """The short way of a schema, if it has one."""
    if not isinstance(schema, dict) or schema.get("$schema") != DIALECT:
        return None
    try:
        shape = Shape(schema)
        read = msgspec.json.Decoder(shape.root).decode
    except (Declined, TypeError, ValueError):  # msgspec has no field of any name
        return None
    valid = {f"valid{number}": compiled({"items": rule}).is_valid for number, (rule, _) in enumerate(shape.leaves)}
    names: dict[str, Any] = {"read": read, "UNSET": msgspec.UNSET, "REFUSALS": REFUSALS, **valid}
    exec(_source(shape), names)  # noqa: S102  of our own names only
    made: Quick = names["takes"]
    return made


def _source(shape: Shape) -> str:
    """One function, for it is called a million times."""
    lines = ["def takes(raw):", "    try:", "        record = read(raw)", "    except REFUSALS:", "        return None"]
    for number, (_, leaves) in enumerate(shape.leaves):
        lines += gathering(leaves, "record", "found", "    ")
        lines += [f"    if not valid{number}(found):", "        return None"]
    return "\n".join([*lines, "    return record"])
