"""The events between the systems as an AsyncAPI 3.0 document, made from the index and the schemas.

Every event is a CloudEvent in structured JSON form; a system offers its events at ``GET /outbox`` and takes others at
``POST /inbox``. What holds for the way of a message stands beside it as ``x-delivery``.
"""

from typing import Any

from syncproof.contracts.catalogue import Contract, registry, schema

Json = dict[str, Any]
KINDS = ("activation", "change", "disposition", "fact", "lot", "order")
"""Contracts whose events carry their own name in ``type``; a master's is ``master`` for every domain."""
_DIALECT = "application/schema+json;version=draft-2020-12"


def document() -> Json:
    """The whole description."""
    told = [
        contract for contract in registry().values() if contract.direction == "publish" and contract.name != "event"
    ]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Syncproof: messages between manufacturing systems",
            "version": schema("event")["$id"].rpartition(":")[2],
            "description": "CloudEvents 1.0; events are ordered by 'sequence' for each subject, not by 'time'.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {contract.name: _channel(contract) for contract in told},
        "operations": {key: value for contract in told for key, value in _operations(contract).items()},
        "components": {"messages": {contract.name: _message(contract) for contract in told}},
    }


def event_type(name: str) -> str:
    """The ``type`` of events that carry a contract."""
    return f"org.syncproof.{name if name in KINDS else 'master'}.v1"


def _channel(contract: Contract) -> Json:
    return {
        "address": f"{event_type(contract.name)}/{contract.name}",
        "title": contract.title,
        "messages": {contract.name: {"$ref": f"#/components/messages/{contract.name}"}},
    }


def _operations(contract: Contract) -> Json:
    channel = {"$ref": f"#/channels/{contract.name}"}
    return {
        f"publish-{contract.name}": {
            "action": "send",
            "channel": channel,
            "summary": f"Told by {', '.join(contract.providers)}",
            "x-roles": list(contract.providers),
        },
        f"take-{contract.name}": {
            "action": "receive",
            "channel": channel,
            "summary": f"Taken by {', '.join(contract.consumers)}",
            "x-roles": list(contract.consumers),
        },
    }


def _message(contract: Contract) -> Json:
    delivery = contract.delivery
    return {
        "name": contract.name,
        "title": contract.title,
        "contentType": "application/cloudevents+json",
        "payload": {"schemaFormat": _DIALECT, "schema": _event(contract)},
        "x-compatibility": contract.compatibility,
        "x-delivery": {
            "key": list(delivery.key),
            "order": delivery.order,
            "idempotency": delivery.idempotency,
            "lateness_s": delivery.lateness_s,
        },
    }


def _event(contract: Contract) -> Json:
    """The envelope with this contract in it."""
    envelope = {key: value for key, value in schema("event").items() if not key.startswith("$")}
    said = {
        "type": {"const": event_type(contract.name)},
        "dataschema": {"const": schema(contract.name)["$id"]},
        "data": {**schema(contract.name)},
    }
    return {**envelope, "title": contract.name, "properties": {**envelope["properties"], **said}}
