"""The verdict on one document: the short way if there is one, else strict JSON and jsonschema-rs.

Of what the short way takes, every so manyth document is put before jsonschema-rs as a whole. Should the two ever
differ, the run ends: no verdict of it can be relied on.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from syncproof.contracts.bulk.quick import Quick, quick
from syncproof.contracts.bulk.target import Target
from syncproof.contracts.bulk.text import decode, every_field_once
from syncproof.errors import SyncproofError

CONFIRMED = 1000
"""Every so manyth document of the short way is confirmed."""
FIRST = 100
"""The first ones are all confirmed."""


class Disagreement(SyncproofError):
    """The short way took what jsonschema-rs refuses."""


class Invalid(Exception):
    """The document is strict JSON but does not satisfy the schema."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        self.document = document


class Judge:
    """Judges documents by one target."""

    def __init__(self, target: Target, *, short: Callable[[Any], Quick | None] = quick) -> None:
        self.target = target
        self._is_valid = target.validator.is_valid
        way = short(target.schema)
        self.takes: Quick = way or _unknown
        self._taken = 0
        self._room = bytearray()

    def valid(self, raw: bytes) -> Any:
        """The document, as records or plain; raises :class:`Unreadable` or :class:`Invalid`."""
        record = self.takes(raw)
        if record is not None and every_field_once(raw, record, self._room):
            self._taken += 1
            if self._taken < FIRST or self._taken % CONFIRMED == 0:
                self._confirm(raw)
            return record
        return self._slowly(raw)

    def _slowly(self, raw: bytes) -> Any:
        document = decode(raw)
        if not self._is_valid(document):
            raise Invalid(document)
        return document

    def _confirm(self, raw: bytes) -> None:
        try:
            self._slowly(raw)
        except Invalid:
            text = f"{self.target.title}: jsonschema-rs refuses a document that the short way took; no verdict counts"
            raise Disagreement(text) from None


def _unknown(_raw: bytes) -> None:
    return None


def plain(document: Any) -> Any:
    """A valid document as JSON types."""
    return msgspec.to_builtins(document)
