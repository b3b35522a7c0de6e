"""The OpenAPI 3.1 description of a system, made from its route declarations."""

from typing import Any

from syncproof.simulators.chassis.identify import VERSION
from syncproof.simulators.chassis.routes import TEXT, WHOLE, Read, Route, Write, array, obj
from syncproof.simulators.chassis.system import System

Json = dict[str, Any]

REASON: Json = obj(code=TEXT, message=TEXT, pointer={"type": "string"})
REFUSAL: Json = obj(status={"const": "refused"}, reasons=array(REASON))
ACCEPTED: Json = obj(status={"const": "accepted"}, key={"type": ["string", "null"]})
STAGED: Json = obj(status={"const": "staged"}, reasons=array(REASON))
RESULTS: Json = obj(results=array(obj(status={"enum": ["accepted", "staged", "refused"]}, reasons=array(REASON))))
TAKEN: Json = obj(
    results=array(
        obj(
            event_id={"type": ["string", "null"]},
            status={"enum": ["accepted", "rejected", "staged", "duplicate"]},
            reasons={"type": "array"},
        )
    )
)
OUT_OF_SERVICE: Json = {"description": "Out of service for now; whoever answers, says it in its own way"}
REFUSALS = {
    "401": "No known token",
    "403": "The user lacks the role",
    "404": "Something named is not known here",
    "409": "Not possible in the present state",
    "422": "The request is not valid",
}


def describe(system: System, routes: tuple[Route, ...]) -> Json:
    """The description of all business paths."""
    paths: Json = {}
    for route in routes:
        operation = _read(route) if isinstance(route, Read) else _write(route)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
        if isinstance(route, Write) and route.bulk:
            paths.setdefault(f"{route.path}/bulk", {})["post"] = _bulk(route)
    from syncproof.simulators.chassis.embedding import embedded  # noqa: PLC0415  not needed to start

    paths |= _fixed()
    schemas: Json = {"Refusal": REFUSAL, "Accepted": ACCEPTED, "Staged": STAGED, "Results": RESULTS}
    for operation in (each for path in paths.values() for each in path.values()):
        operation["responses"]["503"] = OUT_OF_SERVICE
    described = embedded(dict(sorted(paths.items())), schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": system.product, "version": VERSION},
        "security": [{"bearer": []}],
        "paths": described,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(schemas.items())),
        },
    }


def _content(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _refusals(*codes: str) -> Json:
    return {code: {"description": REFUSALS[code], "content": _content(_ref("Refusal"))} for code in codes}


def _read(route: Read) -> Json:
    parameters = [
        {"name": name, "in": "query", "required": name in route.required, "schema": {"type": "string"}}
        for name in (*route.required, *route.optional)
    ]
    return {
        "summary": route.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer", "content": _content(route.answer)},
            **_refusals("401", "404", "409", "422"),
        },
    }


def _write(route: Write) -> Json:
    body = {**route.body, "properties": dict(route.body.get("properties", {}))}
    if route.needs_reason:
        body["properties"]["reason"] = TEXT
        body["required"] = [*body.get("required", []), "reason"]
    return {
        "summary": route.summary,
        **_roles(route),
        "requestBody": {"required": True, "content": _content(body)},
        "responses": {
            "201": {"description": "Accepted", "content": _content(_ref("Accepted"))},
            "202": {"description": "Staged", "content": _content(_ref("Staged"))},
            **_refusals(*REFUSALS),
        },
    }


def _bulk(route: Write) -> Json:
    items = array(route.body)
    body = obj(items=items, reason=TEXT) if route.needs_reason else obj(items=items)
    return {
        "summary": f"{route.summary}: many at once, each by the rules of a single one",
        **_roles(route),
        "requestBody": {"required": True, "content": _content(body)},
        "responses": {
            "200": {"description": "One result per item", "content": _content(_ref("Results"))},
            **_refusals("401", "422"),
        },
    }


def _roles(route: Write) -> Json:
    if isinstance(route.roles, frozenset):
        return {"x-roles": sorted(route.roles)}
    return {"x-roles": sorted(route.roles({})), "description": "The role depends on what is written."}


def _fixed() -> Json:
    """The paths that are neither read nor write of one object."""
    event = {"x-contract": "event"}
    ok = {"200": {"description": "The answer", "content": _content({"type": "object"})}}
    page = {"200": {"description": "The events", "content": _content(obj(cursor=WHOLE, events=array(event)))}}
    taken = {"200": {"description": "One result per event", "content": _content(TAKEN)}}
    query = [
        {"name": "after", "in": "query", "required": False, "schema": {"type": "integer"}},
        {"name": "wait", "in": "query", "required": False, "schema": {"type": "number"}},
    ]
    return {
        "/identity": {"get": {"summary": "Who answers", "responses": {**ok, **_refusals("401")}}},
        "/outbox": {
            "get": {
                "summary": "Published events after a cursor; waits up to `wait` seconds for one",
                "parameters": query,
                "responses": {**page, **_refusals("401", "422")},
            }
        },
        "/inbox": {
            "post": {
                "summary": "Take one CloudEvent or a list of them",
                "x-roles": ["integration"],
                "requestBody": {"required": True, "content": _content({"anyOf": [event, array(event)]})},
                "responses": {**taken, **_refusals("401", "403", "422")},
            }
        },
        "/openapi.json": {"get": {"summary": "This description", "security": [], "responses": ok}},
    }
