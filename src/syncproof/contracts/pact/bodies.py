"""Bodies as Pact files hold them: plain in V2 and V3, with type and encoding in V4."""

import base64
import binascii
import json
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from syncproof.contracts.pact import media
from syncproof.contracts.pact.node import Node
from syncproof.contracts.pact.records import MISSING, Body, Texts

V4 = 4


def read_body(node: Node, member: str, version: int, headers: Texts) -> Body:
    """The body under ``member``; ``headers`` say its type where the body does not."""
    if member not in node.object().value:
        return MISSING
    declared = next((values[0] for name, values in headers.items() if name.lower() == "content-type" and values), None)
    inner = node.at(member)
    if inner.value is None:
        return Body("null", content_type=declared)
    return _new(inner, declared) if version >= V4 else _plain(inner, declared)


def _new(node: Node, declared: str | None) -> Body:
    node.object("content", "contentType", "encoded", "contentTypeHint")
    named = node.get("contentType")
    content_type = named.text() if named else declared
    if "content" not in node.value:
        return MISSING
    content, encoded = node.at("content"), node.get("encoded")
    if content.value is None:
        return Body("null", content_type=content_type)
    if encoded is None or encoded.value is False:
        return of_value(content, content_type)
    return _decoded(content, encoded, content_type)


def _decoded(content: Node, encoded: Node, content_type: str | None) -> Body:
    word = "base64" if encoded.value is True else encoded.text()
    if word.lower() == "json":
        return _of_text(content, content.text(), content_type)
    if word != "base64":
        encoded.wrong(f"there is no encoding {word!r} here; known: base64, JSON")
    try:
        return of_bytes(base64.b64decode(content.text(), validate=True), content_type)
    except (binascii.Error, ValueError) as problem:
        content.wrong(f"the content cannot be decoded: {problem}")


def _plain(node: Node, declared: str | None) -> Body:
    value = node.value
    if not isinstance(value, str):
        return of_value(node, declared)
    if media.kind_of(declared) == "json" and declared:
        try:  # text in these versions may be the document itself
            return Body("json", media.parse_json(value), declared) if value else Body("empty", content_type=declared)
        except media.NoJson:
            return Body("json", value, declared)
    return _of_text(node, value, declared)


def of_value(node: Node, content_type: str | None) -> Body:
    """A JSON value as a body of this type; without one, text is text and all else JSON."""
    if not isinstance(node.value, str):
        kind = media.kind_of(content_type) if content_type else "json"
        if kind != "json":
            node.wrong(f"content of type {content_type} is text, or text in base64")
        return Body("json", node.value, content_type or media.JSON)
    if content_type and media.kind_of(content_type) == "json":
        return Body("json", node.value, content_type)
    return _of_text(node, node.value, content_type)


def _of_text(node: Node, text: str, content_type: str | None) -> Body:
    try:
        return of_bytes(text.encode(), content_type)
    except (media.NoJson, UnicodeError) as problem:
        node.wrong(str(problem))


def of_bytes(data: bytes, content_type: str | None) -> Body:
    """What was received, or written in a file, as its type says; NoJson if it is said to be JSON and is none."""
    if not data:
        return Body("empty", content_type=content_type)
    kind = media.kind_of(content_type or media.detected(data)[0])
    if kind == "json":
        return Body(kind, media.parse_json(data), content_type or media.JSON)
    if kind == "binary":
        return Body(kind, data, content_type or "application/octet-stream")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Body("binary", data, content_type)
    return Body(kind, media.form(text) if kind == "form" else text, content_type)


def to_bytes(body: Body) -> bytes:
    """As it is sent."""
    if body.kind in {"missing", "null", "empty"}:
        return b""
    if body.kind == "json":
        return dumps(body.value).encode()
    if body.kind == "form":
        return urlencode(body.value, doseq=True).encode()
    return body.value if isinstance(body.value, bytes) else str(body.value).encode()


def dumps(value: Any) -> str:
    """JSON text; exact numbers keep their digits."""
    return json.dumps(_exact(value), ensure_ascii=False, separators=(",", ":"))


class _Number(float):
    """A decimal that is written with the digits it was read with."""

    def __init__(self, value: Decimal) -> None:
        self.text = str(value)

    def __repr__(self) -> str:
        return self.text


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_exact(each) for each in value]
    return _Number(value) if isinstance(value, Decimal) else value
