"""ReqIF 1.2 (OMG): requirements out of and into requirement-management tools.

Read without document types, entities or network: a file that brings any is refused.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement, XMLParser, fromstring, indent, tostring

from syncproof.errors import ConfigurationError
from syncproof.evidence.canonical import sha256
from syncproof.evidence.exchange.declarations import has_doctype
from syncproof.evidence.exchange.table import COLUMNS, TableRow, field_of

NS = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"
XHTML = "{http://www.w3.org/1999/xhtml}"
FIXED_TIME = "2000-01-01T00:00:00Z"
"""Exports of the same requirements are the same bytes."""
_KNOWN = {"reqif.foreignid": "id", "reqif.text": "text", "reqif.name": "title", "reqif.chaptername": "title"}
_BLOCKS = {"p", "div", "li", "br", "tr"}


def read(path: Path, mapping: Mapping[str, str], notes: list[str]) -> list[TableRow]:
    """The requirements of a file, in its order; ``mapping`` (field -> name of the attribute) goes before what is known.
    ``notes`` gets what was left out. ConfigurationError names what cannot be taken."""
    data = path.read_bytes()
    if has_doctype(data):
        raise ConfigurationError(f"{path}: declares a document type or entities, which no ReqIF needs: not read")
    try:
        root = fromstring(data, parser=XMLParser())  # noqa: S314  what could be expanded was refused above
    except (ParseError, ValueError, LookupError) as error:
        raise ConfigurationError(f"{path} is no XML: {error}") from None
    if root.tag != f"{{{NS}}}REQ-IF":
        raise ConfigurationError(f"{path} is no ReqIF file: its root is {root.tag!r}")
    names = {
        e.get("IDENTIFIER"): _field(e.get("LONG-NAME") or "", mapping)
        for e in root.iter()
        if _local(e).startswith("ATTRIBUTE-DEFINITION-") and not _local(e).endswith("-REF")
    }
    choices = {e.get("IDENTIFIER"): e.get("LONG-NAME") or "" for e in root.iter() if _local(e) == "ENUM-VALUE"}
    found = []
    for number, one in enumerate((e for e in root.iter() if _local(e) == "SPEC-OBJECT"), 1):
        cells = _cells(one, names, choices)
        if not cells.get("text"):  # chapters have none
            notes.append(f"SPEC-OBJECT {number} ({cells.get('id') or one.get('IDENTIFIER')}) has no text: left out")
        else:
            cells.setdefault("id", one.get("IDENTIFIER") or "")
            found.append(TableRow(f"{path}, SPEC-OBJECT {number} ({one.get('IDENTIFIER')})", cells))
    if not found:
        fields = ", ".join(
            sorted({n for e in root.iter() if "ATTRIBUTE-DEFINITION-" in e.tag and (n := e.get("LONG-NAME"))})
        )
        named = f"its attributes are named {fields or 'nothing'}; use --column text=NAME"
        raise ConfigurationError(f"{path}: no object has a text; {named}")
    return found


def document(rows: list[dict[str, str]]) -> bytes:
    """A ReqIF file of these rows."""
    root = Element("REQ-IF", xmlns=NS)
    head = SubElement(SubElement(root, "THE-HEADER"), "REQ-IF-HEADER", IDENTIFIER="syncproof-header")
    for name, text in (("CREATION-TIME", FIXED_TIME), ("REQ-IF-TOOL-ID", "Syncproof"), ("REQ-IF-VERSION", "1.0"), ("SOURCE-TOOL-ID", "Syncproof"), ("TITLE", "Requirements")):  # fmt: skip
        SubElement(head, name).text = text
    content = SubElement(SubElement(root, "CORE-CONTENT"), "REQ-IF-CONTENT")
    _identified(SubElement(content, "DATATYPES"), "DATATYPE-DEFINITION-STRING", "type-text", "Text").set(
        "MAX-LENGTH", "100000"
    )
    kinds = SubElement(content, "SPEC-TYPES")
    attributes = SubElement(
        _identified(kinds, "SPEC-OBJECT-TYPE", "type-requirement", "Requirement"), "SPEC-ATTRIBUTES"
    )
    for name in COLUMNS:
        one = _identified(attributes, "ATTRIBUTE-DEFINITION-STRING", f"attribute-{name}", _EXPORTED.get(name, name))
        SubElement(SubElement(one, "TYPE"), "DATATYPE-DEFINITION-STRING-REF").text = "type-text"
    _identified(kinds, "SPECIFICATION-TYPE", "type-specification", "Specification")
    objects = SubElement(content, "SPEC-OBJECTS")
    for row in rows:
        _object(objects, row)
    whole = _identified(SubElement(content, "SPECIFICATIONS"), "SPECIFICATION", "specification", "Requirements")
    SubElement(SubElement(whole, "TYPE"), "SPECIFICATION-TYPE-REF").text = "type-specification"
    children = SubElement(whole, "CHILDREN")
    for row in rows:
        item = SubElement(children, "SPEC-HIERARCHY", {"IDENTIFIER": f"place-{_key(row)}", "LAST-CHANGE": FIXED_TIME})
        SubElement(SubElement(item, "OBJECT"), "SPEC-OBJECT-REF").text = f"object-{_key(row)}"
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(tostring(root, encoding="utf-8")) + b"\n"


_EXPORTED = {"id": "ReqIF.ForeignID", "text": "ReqIF.Text", "title": "ReqIF.Name"}


def _object(objects: Element, row: dict[str, str]) -> None:
    one = _identified(objects, "SPEC-OBJECT", f"object-{_key(row)}", row["id"])
    SubElement(SubElement(one, "TYPE"), "SPEC-OBJECT-TYPE-REF").text = "type-requirement"
    values = SubElement(one, "VALUES")
    for name in COLUMNS:
        value = SubElement(values, "ATTRIBUTE-VALUE-STRING", {"THE-VALUE": row[name]})
        SubElement(SubElement(value, "DEFINITION"), "ATTRIBUTE-DEFINITION-STRING-REF").text = f"attribute-{name}"


def _key(row: dict[str, str]) -> str:
    """An identifier that XML allows, whatever the id is."""
    return sha256(row["id"].encode())[:24]


def _identified(parent: Element, tag: str, identifier: str, name: str) -> Element:
    return SubElement(parent, tag, {"IDENTIFIER": identifier, "LONG-NAME": name, "LAST-CHANGE": FIXED_TIME})


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _field(name: str, mapping: Mapping[str, str]) -> str | None:
    known = _KNOWN.get(name.strip().casefold())
    return known if known is not None and known not in mapping else field_of(name, mapping)


def _cells(one: Element, names: dict[str | None, str | None], choices: dict[str | None, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in one.iter():
        if not _local(value).startswith("ATTRIBUTE-VALUE-"):
            continue
        reference = next(
            (e.text for e in value.iter() if _local(e).startswith("ATTRIBUTE-DEFINITION-") and e.text), None
        )
        field = names.get(reference)
        text = _text(value, choices)
        if field is not None and text:
            found.setdefault(field, text)
    return found


def _text(value: Element, choices: dict[str | None, str]) -> str:
    simple = value.get("THE-VALUE")
    if simple is not None:
        return simple.strip()
    chosen = [choices.get(e.text, "") for e in value.iter() if _local(e) == "ENUM-VALUE-REF"]
    if chosen:
        return " ".join(chosen)
    content = next((e for e in value if _local(e) == "THE-VALUE"), None)
    return "" if content is None else re.sub(r"[ \t]*\n\s*", "\n", "".join(_flat(content))).strip()


def _flat(element: Element) -> list[str]:
    """The text of an XHTML value: blocks on lines of their own. Not by recursion: a file may nest as deep as it likes."""
    parts: list[str] = []
    ahead: list[Element | str] = [element]
    while ahead:
        now = ahead.pop()
        if isinstance(now, str):
            parts.append(now)
            continue
        edge = ["\n"] if now is not element and now.tag.removeprefix(XHTML) in _BLOCKS else []
        parts += [*edge, _one_line(now.text)]
        ahead += edge
        for child in reversed(now):
            ahead += [_one_line(child.tail), child]
    return parts


def _one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
