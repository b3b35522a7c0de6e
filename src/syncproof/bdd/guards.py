"""What a feature file must not do, because it would pass without proving anything.

pytest-bdd is silent on each of these (tried with 9.0.1): two scenarios of one name, no steps, a
step text swallowed by a description, an unfilled placeholder. A validation harness must not be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gherkin.dialect import Dialect

from syncproof.bdd.tags import requirements_in, unknown_requirement

_PLACEHOLDER = re.compile(r"<([^<>\s](?:[^<>]*[^<>\s])?)>")
SITE_COLUMN = "site"
"""The column of examples by which --site selects; it need not stand in a step."""
_HIDING = {"skip", "skipif", "xfail", "wip", "ignore", "disabled"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place; its text begins with ``path:line:`` as compilers write it."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class _Scope:
    """A scenario with the tags it inherits and whether it is in a Rule."""

    node: Any
    tags: tuple[str, ...]


def find_faults(ast: Any, path: str, source: str, dialect: Dialect, known: frozenset[str] | None) -> list[Finding]:
    """Every fault of one parsed feature file (``source`` is its text), by line."""
    feature = ast["feature"]
    scopes = list(_scenarios(feature, ()))
    faults = [
        *_nameless_or_twice(scopes),
        *_empty(feature, scopes),
        *_swallowed(feature, source.splitlines(), dialect),
        *_unfilled(feature, scopes),
        *_hollow(feature, scopes),
        *_tag_faults(feature, scopes, known),
    ]
    return [Finding(path, line, text) for line, text in sorted(set(faults))]


_Fault = tuple[int, str]


def _line(node: Any) -> int:
    return int(node["location"]["line"])


def _tags(node: Any) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _scenarios(container: Any, inherited: tuple[str, ...]) -> Iterator[_Scope]:
    tags = (*inherited, *_tags(container))
    for child in container["children"]:
        if "scenario" in child:
            yield _Scope(child["scenario"], (*tags, *_tags(child["scenario"])))
        elif "rule" in child:
            yield from _scenarios(child["rule"], tags)


def _nameless_or_twice(scopes: list[_Scope]) -> Iterator[_Fault]:
    first: dict[str, int] = {}
    for scope in scopes:
        name, line = scope.node["name"], _line(scope.node)
        if not name:
            yield line, "a scenario without a name cannot be told from others: name it"
        elif name in first:
            where = f"the one at line {first[name]}"
            yield line, f"scenario {name!r} has the name of {where}: only one of them would run"
        first.setdefault(name, line)


def _empty(feature: Any, scopes: list[_Scope]) -> Iterator[_Fault]:
    if not scopes:
        yield _line(feature), "the feature holds no scenario"
    for child in feature["children"]:
        if "rule" in child and not list(_scenarios(child["rule"], ())):
            yield _line(child["rule"]), f"rule {child['rule']['name']!r} holds no scenario"
    for scope in scopes:
        node = scope.node
        if not node["steps"]:
            yield _line(node), f"scenario {node['name']!r} has no steps: it would pass without doing anything"
        for table in node["examples"]:
            if not table.get("tableBody"):
                yield _line(table), "the examples have no rows: the outline would not run"
        if "utline" in node["keyword"] and not node["examples"]:
            yield _line(node), f"outline {node['name']!r} has no examples: it would not be filled in"


def _swallowed(feature: Any, source: list[str], dialect: Dialect) -> Iterator[_Fault]:
    """A line in a description that begins with a step keyword was meant as a step. In scenarios and
    backgrounds the case does not matter: ``given …`` is what people type."""
    keywords = [
        *(dialect.given_keywords + dialect.when_keywords + dialect.then_keywords),
        *(dialect.and_keywords + dialect.but_keywords),
    ]
    words = tuple(sorted({word for word in keywords if word.strip() != "*"}))
    lowered = tuple(word.lower() for word in words)
    for node, is_prose in _described(feature):
        for line, text in _description_lines(node, source):
            if text.startswith(words) or (not is_prose and text.lower().startswith(lowered)):
                how = "put it into a scenario, with its keyword as Gherkin writes it"
                yield line, f"{text!r} is read as description, not as a step: {how}"


def prose(feature: Any, source: str) -> Iterator[tuple[int, str]]:
    """The lines of all descriptions of a feature, with their numbers; ``source`` is the text of its file."""
    for node, _ in _described(feature):
        yield from _description_lines(node, source.splitlines())


def _described(container: Any) -> Iterator[tuple[Any, bool]]:
    yield container, True
    for child in container["children"]:
        if "rule" in child:
            yield from _described(child["rule"])
        elif "background" in child:
            yield child["background"], False
        else:
            yield child["scenario"], False
            yield from ((table, False) for table in child["scenario"]["examples"])


def _description_lines(node: Any, source: list[str]) -> Iterator[_Fault]:
    line = _line(node)
    for text in filter(None, map(str.strip, (node.get("description") or "").splitlines())):
        while line < len(source) and source[line].strip() != text:
            line += 1
        line += 1
        yield line, text


def _unfilled(feature: Any, scopes: list[_Scope]) -> Iterator[_Fault]:
    for background in _backgrounds(feature):
        for step in background["steps"]:
            for name in _placeholders(step):
                yield _line(step), f"<{name}> stands in a background, which no examples fill: write the value"
    for scope in scopes:
        tables = [table for table in scope.node["examples"] if table.get("tableHeader")]
        for table in tables or [None]:
            filled = {cell["value"] for cell in table["tableHeader"]["cells"]} if table else set()
            yield from _unfilled_in(scope.node, filled)


def _unfilled_in(scenario: Any, filled: set[str]) -> Iterator[_Fault]:
    valid = ", ".join(f"<{name}>" for name in sorted(filled)) or "none: it is no outline"
    for name in set(_PLACEHOLDER.findall(scenario["name"])) - filled:
        yield _line(scenario), f"<{name}> in the name has no column in the examples (columns: {valid})"
    for step in scenario["steps"]:
        for name in set(_placeholders(step)) - filled:
            yield _line(step), f"<{name}> has no column in the examples (columns: {valid})"


def _hollow(feature: Any, scopes: list[_Scope]) -> Iterator[_Fault]:
    """What seems to test more than it does."""
    for background in _backgrounds(feature):
        if not background["steps"]:
            yield _line(background), "the background has no steps: take it away or write them"
    for scope in scopes:
        read = {*_PLACEHOLDER.findall(scope.node["name"]), SITE_COLUMN}
        read.update(name for step in scope.node["steps"] for name in _placeholders(step))
        for table in scope.node["examples"]:
            yield from _columns(table, read)
            yield from _rows_twice(table)


def _columns(table: Any, read: set[str]) -> Iterator[_Fault]:
    header = table.get("tableHeader") or {"cells": []}
    names = [cell["value"] for cell in header["cells"]]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield _line(header), f"column <{name}> stands twice: only one of them would be used"
        if name not in read:
            yield _line(header), f"column <{name}> is read by no step: use it or take it away"


def _rows_twice(table: Any) -> Iterator[_Fault]:
    first: dict[tuple[str, ...], int] = {}
    for row in table.get("tableBody", ()):
        values = tuple(cell["value"] for cell in row["cells"])
        if values in first:
            yield _line(row), f"the row repeats that of line {first[values]}: it would show nothing new"
        first.setdefault(values, _line(row))


def _placeholders(step: Any) -> list[str]:
    rows = step.get("dataTable", {}).get("rows", [])
    cells = [cell["value"] for row in rows for cell in row["cells"]]
    texts = [step["text"], step.get("docString", {}).get("content", ""), *cells]
    return [name for text in texts for name in _PLACEHOLDER.findall(text)]


def _backgrounds(container: Any) -> Iterator[Any]:
    for child in container["children"]:
        if "background" in child:
            yield child["background"]
        elif "rule" in child:
            yield from _backgrounds(child["rule"])


def _tag_faults(feature: Any, scopes: list[_Scope], known: frozenset[str] | None) -> Iterator[_Fault]:
    for scope in scopes:
        node = scope.node
        tables = [(*scope.tags, *_tags(table)) for table in node["examples"]] or [scope.tags]
        for tags in tables:
            if not requirements_in(tags, known):
                name = node["name"]
                yield _line(node), f"scenario {name!r} carries no requirement: tag it like @URS-REV-002"
    for tag in _all_tags(feature):
        name = tag["name"].removeprefix("@")
        if name.lower() in _HIDING:
            yield (
                _line(tag),
                f"@{name} would hide a scenario without a record: select with -k or --requirement",
            )
        fault = unknown_requirement(name, known)
        if fault is not None:
            yield _line(tag), fault


def _all_tags(container: Any) -> Iterator[Any]:
    yield from container["tags"]
    for child in container["children"]:
        if "rule" in child:
            yield from _all_tags(child["rule"])
        elif "scenario" in child:
            yield from child["scenario"]["tags"]
            for table in child["scenario"]["examples"]:
                yield from table["tags"]
