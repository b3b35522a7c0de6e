"""What Tryton has no field for, kept as notes on its own records.

A note holds a master as it was submitted. Reading takes from it only what Tryton has no field for (line
numbers, evidence, revisions of an item ...); whatever Tryton does hold is read from Tryton's fields, so that
an edit made there is seen. No note means that the record was made in Tryton by hand.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton.rpc import Connection, Json
from syncproof.errors import Untranslatable, UnusableAnswer

KEY = "syncproof"
"""Marks a note as ours."""


def values(resource: str, document: Any) -> Json:
    """An ``ir.note`` that keeps a document with a record."""
    return {"resource": resource, "message": json.dumps({KEY: msgspec.to_builtins(document)}, sort_keys=True)}


def insist_on_whole(masters: Iterable[m.AnyMaster]) -> None:
    """Before anything is written: Untranslatable if a note could not give one of these back."""
    for master in masters:
        try:
            msgspec.convert(msgspec.to_builtins(master), type(master))
        except msgspec.ValidationError as error:
            raise Untranslatable(f"{master.domain} {master.id}: {error}") from None


def keep(connection: Connection, documents: Iterable[tuple[str, Any]]) -> None:
    """Keep documents with records (``model,id``), in one call."""
    wanted = [values(resource, document) for resource, document in documents]
    if wanted:
        connection.create("ir.note", *wanted)


def read(connection: Connection, resources: Iterable[str]) -> dict[str, list[Json]]:
    """The documents kept with each record, oldest first."""
    wanted = sorted(set(resources))
    if not wanted:
        return {}
    found: dict[str, list[Json]] = {}
    for note in connection.find("ir.note", [["resource", "in", wanted]], ["resource", "message"]):
        document = _document(note["message"])
        if document is not None:
            found.setdefault(note["resource"], []).append(document)
    return found


def _document(message: str | None) -> Json | None:
    try:
        content = json.loads(message or "")
    except ValueError:
        return None
    document = content.get(KEY) if isinstance(content, dict) else None
    return document if isinstance(document, dict) else None


def revisions(documents: Iterable[Json], domain: str, id: str) -> dict[str, m.AnyMaster]:
    """The last document of each revision of one master. UnusableAnswer if somebody broke one."""
    found: dict[str, m.AnyMaster] = {}
    for document in documents:
        if document.get("domain") == domain and document.get("id") == id:
            master = _master(document)
            found.pop(master.revision, None)
            found[master.revision] = master
    return found


def _master(document: Json) -> m.AnyMaster:
    try:
        found: m.AnyMaster = msgspec.convert(document, m.AnyMaster)
    except msgspec.ValidationError as error:
        said = (
            f"the note of {document['domain']} {document['id']} cannot be read ({error}): mend or delete it in Tryton"
        )
        raise UnusableAnswer(said) from None
    return found


def resource(model: str, record: Mapping[str, Any] | int) -> str:
    """How Tryton writes a reference to a record."""
    return f"{model},{record if isinstance(record, int) else record['id']}"
