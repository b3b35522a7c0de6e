"""A short way to "valid" for plain schemas: msgspec reads the text as typed records, with no dictionaries in between.

It only ever says yes. What it does not take is read again and judged by jsonschema-rs, so it may be stricter than
the schema (``10.0`` is an integer there, not here) but never laxer. Shape and types are msgspec's; a value with any
further keyword (a pattern, a format, a limit) is put before jsonschema-rs, which alone knows what that means.
"""

from typing import Any

import msgspec

from syncproof.contracts.bulk.gathering import gatherer
from syncproof.contracts.bulk.shape import Declined, Shape
from syncproof.contracts.bulk.target import compiled

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Quick:
    """Takes the text of a document, or does not know."""

    def __init__(self, schema: dict[str, Any]) -> None:
        shape = Shape(schema)
        self._read = msgspec.json.Decoder(shape.root).decode
        self._checks = [(compiled({"items": rule}).is_valid, gatherer(leaves)) for rule, leaves in shape.leaves]

    def takes(self, raw: bytes) -> Any | None:
        """The document as records if it surely satisfies the schema (keys are not looked at twice); None: unknown."""
        try:
            record = self._read(raw)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
            return None
        for satisfied, gather in self._checks:
            if not satisfied(gather(record)):
                return None
        return record


def quick(schema: Any) -> Quick | None:
    """The short way of a schema, if it has one."""
    if not isinstance(schema, dict) or schema.get("$schema") != DIALECT:
        return None
    try:
        return Quick(schema)
    except Declined:
        return None
