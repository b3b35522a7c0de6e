"""Content types, and bytes or text as the value that a content type says they are."""

import json
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import parse_qsl

from syncproof.contracts.bulk.faults import Unreadable, members

Kind = Literal["json", "xml", "text", "form", "binary"]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SIGNATURES = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"), (b"PK\x03\x04", "application/zip"), (b"\x1f\x8b", "application/gzip"),
)  # fmt: skip
"""How some kinds of files begin."""


class NoJson(ValueError):
    """A body that is said to be JSON and is none."""


def base(content_type: str | None) -> str:
    """A content type without its parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def kind_of(content_type: str | None) -> Kind:
    """How a body of this type is read."""
    name = base(content_type)
    if name.endswith(("/json", "+json")) or name.startswith("application/json"):
        return "json"
    if name.endswith(("/xml", "+xml")):
        return "xml"
    if name == FORM:
        return "form"
    return "text" if name.startswith("text/") or not name else "binary"


def parse_json(text: str | bytes) -> Any:
    """JSON with exact numbers; what is none, too deep, or has a key twice, is NoJson."""
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=members)
        Unreadable.raise_for_repeated(found)
    except Unreadable as problem:
        raise NoJson(f"{problem.place}: {problem}") from None
    except (ValueError, RecursionError) as problem:
        raise NoJson(f"no JSON: {problem}" if not isinstance(problem, RecursionError) else "nested too deep") from None
    return found


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")


def form(text: str) -> dict[str, list[str]]:
    """A form or a query string: every value of every name, in order."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    return fields


def detected(data: bytes) -> tuple[str, ...]:
    """The content types that bytes may be of, the most special one first."""
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            return (name,)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ("application/octet-stream",)
    if "\0" in text:
        return ("application/octet-stream",)
    return (*_textual(text), "text/plain")


def _textual(text: str) -> tuple[str, ...]:
    if text.lstrip().startswith(("<?xml", "<")):
        is_page = "<html" in text[:1000].lower()
        return ("text/html",) if is_page else ("application/xml", "text/xml")
    try:
        parse_json(text)
    except NoJson:
        return ()
    return (JSON,)
