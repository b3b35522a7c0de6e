"""The OpenAPI 3.1 description of the integration. ``python -m syncproof.integration.openapi`` writes it into
``contracts/openapi/``; a test holds the file against what is answered.
"""

import json
from typing import Any

from syncproof import __version__
from syncproof.contracts import folder

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
REASON: Json = {
    "type": "object",
    "required": ["code", "message", "pointer"],
    "properties": {"code": TEXT, "message": TEXT, "pointer": TEXT},
}
REFUSAL: Json = {
    "type": "object",
    "required": ["status", "reasons"],
    "properties": {"status": {"const": "refused"}, "reasons": {"type": "array", "items": REASON}},
}


def items(each: Json) -> Json:
    """An answer that lists something."""
    return {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": each}}}


PAIR: Json = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
PATHS: dict[str, tuple[str, str | None, Json]] = {
    "/identity": ("Who answers, with which clocks, contracts and capabilities", None, {"type": "object"}),
    "/drift": (
        "Where masters differ from their owner's, as pairs of system and master; refs: [[domain, id, revision]]",
        "refs",
        items(PAIR),
    ),
    "/pending": ("Why a promoted change is not active yet; nothing if it is, or is unknown", "change", items(TEXT)),
    "/openapi.json": ("This description", None, {"type": "object"}),
}
"""Path -> what it answers, the query parameter that it needs, and the schema of the answer."""


def describe(name: str = "integration") -> Json:
    """The description of the business paths."""
    paths: Json = {path: {"get": _operation(*said)} for path, said in PATHS.items()}
    paths["/openapi.json"]["get"]["security"] = []
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Syncproof {name}", "version": __version__},
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Refusal": REFUSAL},
        },
    }


def _operation(summary: str, needed: str | None, answer: Json) -> Json:
    parameters = [{"name": needed, "in": "query", "required": True, "schema": TEXT}] if needed else []
    refused = {"$ref": "#/components/schemas/Refusal"}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": _answer("Answered", answer),
            "401": _answer("No known token", refused),
            "422": _answer("The query is not valid", refused),
            "503": {"description": "A system cannot be read, or this one is out of service"},
        },
    }


def _answer(said: str, schema: Json) -> Json:
    return {"description": said, "content": {"application/json": {"schema": schema}}}


def main() -> None:
    """Writes the description."""
    path = folder() / "openapi" / "integration.json"
    path.write_text(json.dumps(describe(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
