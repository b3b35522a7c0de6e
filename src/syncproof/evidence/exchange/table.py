"""Requirements as a table: which column is what, and every row that cannot be one, named.

Nothing is guessed that could change a meaning: an id that is there twice, a number where an id may have lost its
zeros, a formula or a merged cell is told with its place.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syncproof.errors import ConfigurationError
from syncproof.evidence.registry import UserRequirement
from syncproof.evidence.registry_file import CHOICES, ID

COLUMNS = {
    "id": ("id", "requirement id", "req id", "identifier", "number", "no", "no.", "key"),
    "text": ("text", "requirement", "description", "requirement text", "statement"),
    "title": ("title", "name", "heading", "short title"),
    "version": ("version", "revision", "rev"),
    "priority": ("priority", "prio", "importance"),
    "gxp": ("gxp", "gxp relevant", "gxp impact", "gxp critical"),
    "maps_to": ("maps to", "maps_to", "mapping", "syncproof", "verified by"),
    "source": ("source", "reference"),
    "section": ("section", "chapter"),
    "kind": ("kind",),
    "scope": ("scope",),
    "testable": ("testable",),
    "procedural": ("procedural",),
}
"""Field -> how its column may be headed (case and blanks do not matter)."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no document and no XML may hold."""
YES, NO = ("yes", "y", "true", "1", "x", "ja"), ("no", "n", "false", "0", "", "nein")
HEADER_ROWS = 20
"""Within which the row with the column names must stand."""
WORDS = {"must": "high", "should": "medium", "could": "low", "high": "high", "medium": "medium", "low": "low"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: where it stands (for messages), and its cells by field."""

    place: str
    cells: dict[str, str]


def header(rows: Sequence[Sequence[str]], mapping: Mapping[str, str], place: str) -> tuple[int, dict[int, str]]:
    """The number of the row with the column names, and which column holds which field. ``mapping`` (field -> name of
    the column) goes before what is known. ConfigurationError if there is no id and text."""
    for number, row in enumerate(rows[:HEADER_ROWS]):
        found = {column: field for column, cell in enumerate(row) if (field := field_of(cell, mapping))}
        if {"id", "text"} <= set(found.values()):
            twice = [field for field in set(found.values()) if list(found.values()).count(field) > 1]
            if twice:
                raise ConfigurationError(
                    f"{place}: several columns could be {twice[0]!r}: say which with --column {twice[0]}=NAME"
                )
            return number, found
    first = next((row for row in rows if any(row)), ())
    seen = ", ".join(repr(cell) for cell in first if cell) or "nothing"
    raise ConfigurationError(f"{place}: no row names the columns for id and text (the first row: {seen}); use --column id=NAME --column text=NAME")  # fmt: skip


def has_header(rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> bool:
    """Whether some row names the columns for id and text."""
    return any({"id", "text"} <= {field_of(cell, mapping) for cell in row} for row in rows[:HEADER_ROWS])


def fields(row: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    """A row's cells by field."""
    return {field: row[column] for column, field in columns.items() if column < len(row)}


def requirements(rows: Iterable[TableRow], title: str) -> list[dict[str, Any]]:
    """The rows as registry tables; ``title`` names the document. ConfigurationError with every mistake."""
    found: list[dict[str, Any]] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for row in rows:
        problem = _problem(row, seen)
        if problem is not None:
            problems.append(f"{row.place}: {problem}")
            continue
        seen[row.cells["id"].casefold()] = row.place
        found.append(_entry(row.cells, title))
    if problems:
        raise ConfigurationError("\n".join(problems))
    return found


def toml(entries: Iterable[dict[str, Any]], note: str) -> str:
    """A registry file."""
    parts = [f"# {note}\n"]
    for entry in entries:
        lines = [f"{key} = {_value(value)}" for key, value in entry.items()]
        parts.append("[[requirement]]\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def cells(one: UserRequirement) -> dict[str, str]:
    """A requirement as a row."""
    return {
        "id": one.id,
        "text": one.text,
        "title": one.title or "",
        "version": one.version,
        "priority": one.priority,
        "gxp": "yes" if one.gxp else "no",
        "maps_to": " ".join(one.maps_to),
        "source": one.source.title,
        "section": one.source.section,
        "kind": one.kind,
        "scope": one.scope,
        "testable": one.testable,
        "procedural": one.procedural or "",
    }


def field_of(cell: str, mapping: Mapping[str, str]) -> str | None:
    """The field that a column of this name holds; ``mapping`` (field -> name) goes before what is known."""
    name = " ".join(cell.split()).casefold()
    given = {wanted.casefold(): field for field, wanted in mapping.items()}
    if name in given:
        return given[name]
    return next((field for field, names in COLUMNS.items() if name in names and field not in mapping), None)


def _problem(row: TableRow, seen: dict[str, str]) -> str | None:
    id_, text = row.cells.get("id", ""), row.cells.get("text", "")
    if not id_:
        return f"there is no id for {text[:60]!r}"
    if not ID.fullmatch(id_):
        return f"the id {id_!r} holds something else than letters, digits and - . _ /"
    if id_.casefold() in seen:
        return f"the id {id_!r} is there already, in {seen[id_.casefold()]}"
    if not text:
        return f"{id_} has no text"
    return _control_problem(id_, row.cells) or _word_problem(id_, row.cells) or _choice_problem(id_, row.cells)


def _control_problem(id_: str, found: dict[str, str]) -> str | None:
    wrong = next((field for field, cell in found.items() if CONTROL.search(cell)), None)
    return None if wrong is None else f"the {wrong} of {id_} holds a control character: enter it again"


def _choice_problem(id_: str, found: dict[str, str]) -> str | None:
    for field in ("kind", "scope", "testable"):
        value = found.get(field, "").casefold()
        if value and value not in CHOICES[field]:
            return f"the {field} of {id_} is {found[field]!r}; valid: {', '.join(CHOICES[field])}"
    untested = found.get("testable", "").casefold() in {"partly", "no"}
    if untested != bool(found.get("procedural")):
        return f"{id_}: 'procedural' says why a test cannot show it, if testable is partly or no, and only then"
    return None


def _word_problem(id_: str, found: dict[str, str]) -> str | None:
    priority, gxp = found.get("priority", ""), found.get("gxp", "")
    if priority and priority.casefold() not in WORDS:
        near = difflib.get_close_matches(priority.casefold(), WORDS, n=1)
        hint = f". Did you mean {near[0]!r}?" if near else ""
        return f"the priority of {id_} is {priority!r}; valid: {', '.join(CHOICES['priority'])}{hint}"
    return None if gxp.casefold() in (*YES, *NO) else f"GxP of {id_} is {gxp!r}: write yes or no"


def _entry(found: dict[str, str], title: str) -> dict[str, Any]:
    mapped = re.split(r"[\s,;]+", found.get("maps_to", "").strip())
    gxp, source, section = (found.get(field, "") for field in ("gxp", "source", "section"))
    if not section:  # what a single column names is the place in the document that is imported
        source, section = "", source
    entry: dict[str, Any] = {
        "id": found["id"],
        "version": found.get("version") or "1.0",
        "text": found["text"],
        "source": {"title": source or title, "section": section or "-"},
        "kind": found.get("kind", "").casefold() or "functional",
        "scope": found.get("scope", "").casefold() or "rig",
        "testable": found.get("testable", "").casefold() or "yes",
        "gxp": gxp.casefold() in YES if gxp else True,  # what is not said is not thereby harmless
        "priority": WORDS[found["priority"].casefold()] if found.get("priority") else "high",
    }
    entry |= {field: found[field] for field in ("title", "procedural") if found.get(field)}
    if mapped != [""]:
        entry["maps_to"] = mapped
    return entry


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    return '"' + "".join(_char(char) for char in value) + '"'


def _char(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return char if char.isprintable() else f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"  # noqa: PLR2004
