"""Requirements as a table: which column is what, and every row that cannot be one, named.

Nothing is guessed that could change a meaning: an id that is there twice, a number where an id may have lost its
zeros, a formula or a merged cell is told with its place.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
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
    "source": ("source", "section", "reference", "chapter"),
}
"""Field -> how its column may be headed (case and blanks do not matter)."""
YES, NO = ("yes", "y", "true", "1", "x", "ja"), ("no", "n", "false", "0", "", "nein")
HEADER_ROWS = 20
"""Within which the row with the column names must stand."""
WORDS = {"must": "high", "should": "medium", "could": "low", "high": "high", "medium": "medium", "low": "low"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: where it stands (for messages), and its cells by field."""

    place: str
    cells: dict[str, str]


def header(rows: Sequence[Sequence[str]], mapping: dict[str, str], place: str) -> tuple[int, dict[int, str]]:
    """The number of the row with the column names, and which column holds which field. ``mapping`` (field -> name of
    the column) goes before what is known. ConfigurationError if there is no id and text."""
    for number, row in enumerate(rows[:HEADER_ROWS]):
        found = {column: field for column, cell in enumerate(row) if (field := _field(cell, mapping))}
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
        "source": f"{one.source.title}, {one.source.section}",
    }


def _field(cell: str, mapping: dict[str, str]) -> str | None:
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
    return _word_problem(id_, row.cells) if text else f"{id_} has no text"


def _word_problem(id_: str, found: dict[str, str]) -> str | None:
    priority, gxp = found.get("priority", ""), found.get("gxp", "")
    if priority and priority.casefold() not in WORDS:
        near = difflib.get_close_matches(priority.casefold(), WORDS, n=1)
        hint = f". Did you mean {near[0]!r}?" if near else ""
        return f"the priority of {id_} is {priority!r}; valid: {', '.join(CHOICES['priority'])}{hint}"
    return None if gxp.casefold() in (*YES, *NO) else f"GxP of {id_} is {gxp!r}: write yes or no"


def _entry(found: dict[str, str], title: str) -> dict[str, Any]:
    mapped = re.split(r"[\s,;]+", found.get("maps_to", "").strip())
    gxp = found.get("gxp", "")
    entry: dict[str, Any] = {
        "id": found["id"],
        "version": found.get("version") or "1.0",
        "text": found["text"],
        "source": {"title": title, "section": found.get("source") or "-"},
        "kind": "functional",
        "scope": "rig",
        "testable": "yes",
        "gxp": gxp.casefold() in YES if gxp else True,  # what is not said is not thereby harmless
        "priority": WORDS[found["priority"].casefold()] if found.get("priority") else "high",
    }
    if found.get("title"):
        entry["title"] = found["title"]
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
