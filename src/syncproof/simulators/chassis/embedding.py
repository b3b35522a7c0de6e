"""Puts the schemas of contracts into an OpenAPI description, which has to stand for itself."""

from typing import Any

from syncproof.contracts import schema, versions

Json = dict[str, Any]
_DEFINED, _COMPONENT = "#/$defs/", "#/components/schemas/"
_ABOUT = frozenset({"$schema", "$id", "$defs", "title"})


def embedded(part: Any, schemas: Json) -> Any:
    """``part`` with each ``x-contract`` as a reference to its schema, which is put among ``schemas``; the name of the
    contract stays beside it, with its version."""
    if isinstance(part, list):
        return [embedded(one, schemas) for one in part]
    if not isinstance(part, dict):
        return part
    if "x-contract" in part:
        name = part["x-contract"]
        return {"$ref": _COMPONENT + _take(name, schemas), "x-contract": f"{name}:{versions()[name]}"}
    return {key: embedded(value, schemas) for key, value in part.items()}


def _take(name: str, schemas: Json) -> str:
    """The component that stands for a contract."""
    document = _rewritten(schema(name))
    schemas |= document.get("$defs", {})
    root = {key: value for key, value in document.items() if key not in _ABOUT}
    if "$ref" in root:
        return str(root["$ref"]).removeprefix(_COMPONENT)
    component = name.title().replace("_", "")
    schemas[component] = root
    return component


def _rewritten(part: Any) -> Any:
    if isinstance(part, list):
        return [_rewritten(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: value.replace(_DEFINED, _COMPONENT) if key == "$ref" else _rewritten(value) for key, value in part.items()
    }
