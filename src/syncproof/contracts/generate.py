"""Writes the schemas of the canonical records into ``contracts/``.

``python -m syncproof.contracts.generate`` after a change of the model; a test holds the files against
the model, so neither can change unnoticed. Envelope (``event``) and ``fact`` are written by hand.

The schemas say shape only. What a shape means (a positive factor, a complete bill of material) is for
the systems to judge, each with a reason of its own.
"""

import json
import tomllib
from functools import cache
from typing import Any

from msgspec import inspect as types

from syncproof import model as m
from syncproof.contracts import folder
from syncproof.contracts.asyncapi import document
from syncproof.contracts.catalogue import dialect, schema, versions
from syncproof.contracts.formats import DATE, DECIMAL, INSTANT, WALL_TIME

RECORDS: dict[str, type] = {
    **m.DOMAINS,
    "activation": m.Activation,
    "audit_event": m.AuditEvent,
    "batch_record": m.BatchRecord,
    "change": m.ChangeRequest,
    "customer": m.Customer,
    "disposition": m.Hold,
    "eligibility_check": m.EligibilityCheck,
    "genealogy": m.Genealogy,
    "job_order": m.JobOrder,
    "lot": m.MaterialLot,
    "master_state": m.MasterState,
    "order": m.ProductionOrder,
    "posting": m.LedgerPosting,
    "receipt": m.SyncReceipt,
    "requirement": m.Requirement,
    "sales_order": m.SalesOrder,
    "stock": m.StockBalance,
}
ASYNCAPI = "asyncapi.json"
PLAIN: dict[type[types.Type], dict[str, Any]] = {
    types.StrType: {"type": "string"},
    types.BoolType: {"type": "boolean"},
    types.IntType: {"type": "integer"},
    types.DecimalType: {"type": "string", "pattern": DECIMAL},
    types.DateType: {"type": "string", "format": "date", "pattern": DATE},
    types.DateTimeType: {"type": "string", "format": "date-time", "pattern": INSTANT},
}
WALL_TIMES = {(m.Effectivity, "local")}
"""Fields whose instant carries no offset, because each site reads it in its own zone."""


@cache
def b2mml() -> dict[str, dict[str, str]]:
    """What B2MML calls the fields of our records."""
    found: dict[str, dict[str, str]] = tomllib.loads((folder() / "b2mml.toml").read_text(encoding="utf-8"))
    return found


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one contract's record, self-contained."""
    definitions: dict[str, Any] = {}
    root = _schema(types.type_info(RECORDS[name]), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": dialect(name),
        "title": name,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(info: types.Type, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; structs go into ``definitions`` and are referred to."""
    if isinstance(info, types.StructType):
        return _reference(info, definitions)
    if isinstance(info, types.UnionType):
        return _union(info, definitions)
    if isinstance(info, types.VarTupleType | types.FrozenSetType):
        unique = {"uniqueItems": True} if isinstance(info, types.FrozenSetType) else {}
        return {"type": "array", **unique, "items": _schema(info.item_type, definitions)}
    if isinstance(info, types.DictType):
        return {"type": "object", "additionalProperties": _schema(info.value_type, definitions)}
    if isinstance(info, types.LiteralType):
        return {"type": "string", "enum": sorted(info.values)}
    return dict(PLAIN[type(info)])


def _union(info: types.UnionType, definitions: dict[str, Any]) -> dict[str, Any]:
    """``X | None``, or records that a tag tells apart; the model has no other unions in its fields."""
    others = [each for each in info.types if not isinstance(each, types.NoneType)]
    if len(others) > 1:
        return {"anyOf": [_schema(each, definitions) for each in others]}
    schema = _schema(others[0], definitions)
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _reference(info: types.StructType, definitions: dict[str, Any]) -> dict[str, Any]:
    name = info.cls.__name__
    if name not in definitions:
        definitions[name] = {}  # claimed before its fields are walked
        definitions[name] = _object(info, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _object(info: types.StructType, definitions: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if info.tag_field:
        properties[info.tag_field] = {"const": info.tag}
    for field in info.fields:
        properties[field.encode_name] = _field(info.cls, field, definitions)
    required = [info.tag_field] if info.tag_field else []
    required += [field.encode_name for field in info.fields if field.required]
    said = info.cls.__doc__
    return {
        **({"description": " ".join(said.split()).replace("``", "")} if said else {}),
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _field(owner: type, field: types.Field, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _schema(field.type, definitions)
    if (owner, field.name) in WALL_TIMES:
        schema = {"type": schema["type"], "pattern": WALL_TIME}
    known = b2mml().get(owner.__name__, {})
    return schema | ({"x-b2mml": known[field.name]} if field.name in known else {})


def main() -> None:
    """Writes the schema file of every contract in its current version, and the description of the events; tells which
    versions are now something else than they were, for records hold each other."""
    for name, version in ((name, versions()[name]) for name in RECORDS):
        if _write(name, version):
            print(f"{name} {version} has changed: give it a new version if that one is spoken anywhere")  # noqa: T201
    schema.cache_clear()
    (folder() / ASYNCAPI).write_text(json.dumps(document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write(name: str, version: str) -> bool:
    """Whether this version of a contract was another before; a copy of the one before it, not yet written, is new."""
    path, written = folder() / name / version / "schema.json", schema_of(name)
    before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else written
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return bool(before != written and before["$id"] == written["$id"])


if __name__ == "__main__":
    main()
