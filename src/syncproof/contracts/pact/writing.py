"""Our consumer contracts as Pact files, always V4.

New keys come from the provider state (generators), so that a file can be verified again and again on one system.
"""

from typing import Any

from syncproof import __version__
from syncproof.contracts.declared import Exchange, consumer, exchanges

Json = dict[str, Any]

JSON, EVENT = "application/json", "application/cloudevents+json"
NEW, KNOWN, ITEMS, LOT = "the key is new", "the record is known", "items are known", "a lot is known"
"""States that our interactions need."""
REASONS: Json = {"status": "refused", "reasons": [{"code": "schema", "message": "what is wrong", "pointer": ""}]}


def documents(consumer_name: str | None = None, provider: str | None = None) -> dict[tuple[str, str], Json]:
    """A Pact file for each consumer and provider, or of those asked for."""
    ours = consumer()
    providers = dict.fromkeys(each.provider for each in exchanges())
    wanted = [name for name in providers if provider in {None, name} and consumer_name in {None, ours}]
    return {(ours, name): document(ours, name) for name in wanted}


def document(ours: str, provider: str) -> Json:
    """The Pact file of one provider."""
    found = [one for each in exchanges() if each.provider == provider for one in interactions(each)]
    return {
        "consumer": {"name": ours},
        "provider": {"name": provider},
        "interactions": found,
        "metadata": {"pactSpecification": {"version": "4.0"}, "syncproof": {"version": __version__}},
    }


def interactions(exchange: Exchange) -> list[Json]:
    """All interactions of one contract."""
    return [
        _submitted(exchange),
        *([_read(exchange)] if exchange.kind.read else []),
        *(_refused(exchange, example) for example in exchange.bad),
        *([_published(exchange)] if exchange.publish else []),
    ]


def _interaction(exchange: Exchange, operation: str, example: str, states: list[Json], rest: Json) -> Json:
    said = {"contract": exchange.contract, "operation": operation, "example": example}
    kind = "Asynchronous/Messages" if operation == "publish" else "Synchronous/HTTP"
    return {
        "type": kind,
        "key": f"{exchange.contract}-{operation}-{example}",
        "description": f"{exchange.contract}: {WORDS[operation]} {example}",
        "providerStates": states,
        "pending": False,
        "comments": {"syncproof": said},
        **rest,
    }


WORDS = {
    "submit": "submits",
    "read": "reads what was submitted,",
    "refuse": "is refused",
    "publish": "is told of what was submitted,",
}


def _states(exchange: Exchange, name: str) -> list[Json]:
    said = {"contract": exchange.contract, "user": exchange.user, "domain": exchange.domain}
    more = {"example": exchange.good} if name == KNOWN else {}
    needed: list[Json] = [{"name": ITEMS, "params": {"items": dict(exchange.items)}}] if exchange.items else []
    needed += [{"name": LOT}] if "lot" in exchange.fresh.values() else []
    return [*needed, {"name": name, "params": {**said, **more}}]


def _body(content: Any, content_type: str = JSON) -> Json:
    return {"content": content, "contentType": content_type, "encoded": False}


def _asked(exchange: Exchange, record: Json, content_type: str = JSON) -> Json:
    """The request that submits a record."""
    kind = exchange.kind
    body = {kind.wrap: record} if kind.wrap else record
    if kind.name not in {"event", "disposition"}:
        body = {**body, "reason": "verification of a contract"}
    return {
        "method": "POST",
        "path": kind.submit,
        "headers": {"Content-Type": [content_type], "Accept": [JSON]},
        "body": _body(body, content_type),
    }


def _fresh(exchange: Exchange, prefix: str) -> Json:
    """Generators that put new keys into a record that lies below ``prefix``."""
    return {f"{prefix}{path.removeprefix('$')}": _state_value(value) for path, value in exchange.fresh.items()}


def _state_value(value: str) -> Json:
    expression = value if "${" in value else f"${{{value}}}"
    return {"type": "ProviderState", "expression": expression, "dataType": "STRING"}


def _like(exchange: Exchange, prefix: str) -> Json:
    """Rules for the same places of an answer: whoever does not fill them in knows at least their type."""
    return {f"{prefix}{path.removeprefix('$')}": {"match": "type"} for path in exchange.fresh}


def _rules(**paths: Json) -> Json:
    return {path: {"combine": "AND", "matchers": [rule]} for path, rule in paths.items()}


def _submitted(exchange: Exchange) -> Json:
    record = exchange.record(exchange.good)
    request = _asked(exchange, record, EVENT if exchange.kind.name == "event" else JSON)
    wrap = f"$.{exchange.kind.wrap}" if exchange.kind.wrap else "$"
    request["generators"] = {"body": _fresh(exchange, wrap)}
    return _interaction(
        exchange, "submit", exchange.good, _states(exchange, NEW), {"request": request, "response": _accepted(exchange)}
    )


def _accepted(exchange: Exchange) -> Json:
    headers = {"Content-Type": [JSON]}
    if exchange.kind.name == "event":
        rules = {"$.results": {"match": "type", "min": 1, "max": 1}, "$.results[*].status": _ACCEPTED}
        body: Json = {"results": [{"status": "accepted"}]}
    else:
        rules = {"$.status": _ACCEPTED}
        body = {"status": "accepted"}
    status = {"combine": "AND", "matchers": [{"match": "statusCode", "status": "success"}]}
    return {
        "status": 200 if exchange.kind.name == "event" else 201,
        "headers": headers,
        "body": _body(body),
        "matchingRules": {"body": _rules(**rules), "status": status},
    }


_ACCEPTED: Json = {"match": "regex", "regex": "accepted|staged"}
_NOT_EMPTY: Json = {"match": "notEmpty"}


def _read(exchange: Exchange) -> Json:
    kind, record = exchange.kind, exchange.record(exchange.good)
    query = {"domain": [exchange.contract]} if kind.name == "master" else {}
    new_id = exchange.fresh.get("$.id")
    request: Json = {
        "method": "GET",
        "path": kind.read,
        "query": {**query, "id": [record["id"]]},
        "headers": {"Accept": [JSON]},
    }
    if new_id:
        request["generators"] = {"query": {"id": _state_value(new_id)}}
    body, place, rules = _found(exchange, record)
    response = {
        "status": 200,
        "headers": {"Content-Type": [JSON]},
        "body": _body(body),
        "generators": {"body": _fresh(exchange, place)},
        "matchingRules": {"body": _rules(**rules)},
    }
    rest = {"request": request, "response": response}
    return _interaction(exchange, "read", exchange.good, _states(exchange, KNOWN), rest)


def _found(exchange: Exchange, record: Json) -> tuple[Json, str, Json]:
    """What is read, where the record lies in it, and the rules: one of many, or the only one. Of an order, lot or
    change the system states more than it was told, and its own state in place of what was said."""
    kind = exchange.kind
    if kind.list:
        like = _rules(**_like(exchange, f"$.{kind.within}"))
        rules = {f"$.{kind.list}": {"match": "arrayContains", "variants": [{"index": 0, "rules": like}]}}
        return {kind.list: [{kind.within: record}]}, f"$.{kind.list}[0].{kind.within}", rules
    shown = {key: value for key, value in record.items() if key not in {"status", "approvals", "author"}}
    return {"item": shown}, "$.item", _like(exchange, "$.item")


def _refused(exchange: Exchange, example: str) -> Json:
    is_event = exchange.kind.name == "event"
    request = _asked(exchange, exchange.record(example), EVENT if is_event else JSON)
    if example == "bad-no-reason":
        request["body"]["content"].pop("reason", None)
    place = "$.results[*]" if is_event else "$"
    rules = {
        f"{place}.reasons": {"match": "type", "min": 1},
        **{f"{place}.reasons[*].{member}": _NOT_EMPTY for member in ("code", "message")},
        f"{place}.reasons[*].pointer": {"match": "type"},
    }
    body = {"results": [{**REASONS, "status": "rejected"}]} if is_event else REASONS
    status = {"combine": "AND", "matchers": [{"match": "statusCode", "status": "clientError"}]}
    response = {
        "status": 200 if is_event else 422,
        "headers": {"Content-Type": [JSON]},
        "body": _body(body),
        "matchingRules": {"body": _rules(**rules), **({} if is_event else {"status": status})},
    }
    return _interaction(exchange, "refuse", example, _asker(exchange), {"request": request, "response": response})


def _asker(exchange: Exchange) -> list[Json]:
    """A refusal needs no state but somebody who may ask."""
    return _states(exchange, NEW)[-1:]


def _published(exchange: Exchange) -> Json:
    record = exchange.record(exchange.good)
    name = "master" if exchange.kind.name == "master" else exchange.contract
    event: Json = {
        "specversion": "1.0",
        "id": "0b6f2c0e-6f0b-4b0e-9d55-1f1f5b0f6a01",
        "source": "urn:syncproof:erp",
        "type": f"org.syncproof.{name}.v1",
        "time": "2027-02-01T12:00:00Z",
        "sequence": "000000000001",
        "data": {key: record[key] for key in record if key not in _SAID_BY_THE_SYSTEM},
    }
    rules: Json = {
        "$.id": _NOT_EMPTY,
        "$.source": {"match": "include", "value": "urn:"},
        "$.time": {"match": "regex", "regex": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})"},
        "$.sequence": {"match": "regex", "regex": "[0-9]{12}"},
        **_like(exchange, "$.data"),
    }
    rest = {
        "contents": _body(event, EVENT),
        "metadata": {"contentType": EVENT},
        "matchingRules": {"body": _rules(**rules)},
        "generators": {"body": _fresh(exchange, "$.data")},
    }
    return _interaction(exchange, "publish", exchange.good, _states(exchange, KNOWN), rest)


_SAID_BY_THE_SYSTEM = ("by", "at", "status")
"""Members of which the system states its own."""
