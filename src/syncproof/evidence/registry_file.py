"""One requirements file: TOML, a ``[[requirement]]`` table each, every mistake with its place."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.evidence import toml_file

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
"""What can be a tag in a feature: no blank, no ``@``; a colon marks tags of another kind."""

CHOICES = {
    "kind": ("functional", "monitoring", "validation", "governance", "architecture", "installation"),
    "scope": ("rig", "later"),
    "testable": ("yes", "partly", "no"),
    "priority": ("high", "medium", "low"),
}
REQUIRED = ("id", "version", "text", "source", "kind", "scope", "testable", "gxp", "priority")
OPTIONAL = ("title", "procedural", "maps_to")

_HEADER = re.compile(r"\s*\[\[\s*requirement\s*\]\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A table that is sound in itself; ``place`` is ``file:line``."""

    place: str
    values: dict[str, Any]


def read_entries(path: Path) -> tuple[list[Entry], list[str]]:
    """The sound tables of a file and what is wrong with the others; ConfigurationError if it cannot be
    read at all."""
    text, content = toml_file.read_with_text(path)
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if _HEADER.match(line)]
    problems = [f"{path}: {toml_file.unknown(key, ('requirement',))}" for key in content if key != "requirement"]
    tables = content.get("requirement", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return [], [*problems, f"{path}: write each requirement under a header [[requirement]]"]
    entries = []
    for n, table in enumerate(tables):
        place = f"{path}:{lines[n]}" if len(lines) == len(tables) else f"{path} (requirement {n + 1})"
        wrong = _problems(table)
        name = f" ({table['id']})" if isinstance(table.get("id"), str) else ""
        problems += [f"{place}{name}: {problem}" for problem in wrong]
        if not wrong:
            entries.append(Entry(place, table))
    return entries, problems


def _problems(table: dict[str, Any]) -> list[str]:
    known = (*REQUIRED, *OPTIONAL)
    found = [toml_file.unknown(key, known) for key in table if key not in known]
    found += [f"key {key!r} is missing" for key in REQUIRED if key not in table]
    found += [problem for key in known if key in table and (problem := _RULES[key](key, table[key]))]
    return found or _procedural(table)


def _procedural(table: dict[str, Any]) -> list[str]:
    testable, reason = table["testable"], table.get("procedural")
    if testable == "yes" and reason is not None:
        return ["'procedural' gives a reason although testable is 'yes': drop the one or change the other"]
    if testable != "yes" and reason is None:
        return [f"testable is {testable!r}: say in 'procedural' what of it a test cannot show"]
    return []


def _text(key: str, value: Any) -> str | None:
    return None if _is_text(value) else f"{key!r} is {value!r}: write a text in quotes"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _id(key: str, value: Any) -> str | None:
    if _is_id(value):
        return None
    return f"{key!r} is {value!r}: use letters, digits and - . _ / only, for example URS-REV-002"


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _choice(key: str, value: Any) -> str | None:
    valid = CHOICES[key]
    if value in valid:
        return None
    return f"{key!r} is {value!r}; valid: {', '.join(valid)}.{toml_file.nearest(str(value).lower(), valid)}"


def _bool(key: str, value: Any) -> str | None:
    return None if isinstance(value, bool) else f"{key!r} is {value!r}: write true or false"


def _source(key: str, value: Any) -> str | None:
    if isinstance(value, dict) and set(value) == {"title", "section"} and all(map(_is_text, value.values())):
        return None
    return f'{key!r} is {value!r}: write {{ title = "...", section = "..." }}'


def _ids(key: str, value: Any) -> str | None:
    if isinstance(value, list) and value and all(map(_is_id, value)):
        return None
    return f'{key!r} is {value!r}: write a list of ids such as ["URS-REV-002"]'


_RULES: dict[str, Callable[[str, Any], str | None]] = {
    "id": _id,
    "version": _text,
    "text": _text,
    "source": _source,
    "kind": _choice,
    "scope": _choice,
    "testable": _choice,
    "gxp": _bool,
    "priority": _choice,
    "title": _text,
    "procedural": _text,
    "maps_to": _ids,
}
