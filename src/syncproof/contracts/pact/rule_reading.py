"""Reads matching rules, as V2 writes them (one list of paths) and as V3 and V4 do (by category)."""

import re
from typing import Any

from syncproof.contracts.pact import formats, paths
from syncproof.contracts.pact.node import Node
from syncproof.contracts.pact.rules import Rule, RuleList, Rules, Variant

WORDS = {
    "content-type": "contentType", "not-empty": "notEmpty", "each-key": "eachKey", "each-value": "eachValue",
    "array-contains": "arrayContains", "status-code": "statusCode", "datetime": "timestamp", "real": "decimal",
}  # fmt: skip
"""Other spellings of matchers."""
SETTINGS: dict[str, tuple[str, ...]] = {
    "equality": ("value",), "regex": ("regex",), "type": ("min", "max", "value"), "include": ("value",),
    "integer": (), "decimal": (), "number": (), "boolean": (), "null": (), "date": ("format", "date"),
    "time": ("format", "time"), "timestamp": ("format", "timestamp", "datetime"), "values": (),
    "contentType": ("value",), "semver": (), "notEmpty": (), "statusCode": ("status",),
    "eachKey": ("rules", "value"), "eachValue": ("rules", "value"), "arrayContains": ("variants",),
}  # fmt: skip
"""Every matcher, and what it may be told."""
CATEGORIES = ("path", "method", "query", "header", "headers", "body", "status", "metadata", "contents")
V2_CATEGORY = re.compile(r"\$\.(path|query|headers?|body)(?=$|[.\[])")
INDEX = re.compile(r"\[(\*|\d+)\]$")
STATUSES = (
    "info", "success", "redirect", "clientError", "serverError", "nonError", "error",
)  # fmt: skip


def read_rules(node: Node | None, version: int) -> Rules:
    """The rules of a request, response or message."""
    if node is None:
        return Rules()
    return _old(node) if version == 2 else _by_category(node)  # noqa: PLR2004  the version's number


def _by_category(node: Node) -> Rules:
    body: list[tuple[paths.Path, RuleList]] = []
    named: dict[str, dict[str, RuleList]] = {}
    for category, rules in node.object(*CATEGORIES).items():
        if category in {"body", "contents"}:
            body += [(_path(each, key), _list(each)) for key, each in rules.items()]
        elif category in {"path", "method", "status"}:
            named[category] = {"": _list(_whole(rules))}
        else:
            named[category.rstrip("s")] = {_name(each, key): _list(each) for key, each in rules.items()}
    return Rules(tuple(body), named)


def _whole(rules: Node) -> Node:
    """The rules of a category that has no names: some files put them below ``$`` or an empty name."""
    inner = [each for key, each in rules.items() if key in {"$", ""}]
    return inner[0] if len(inner) == 1 and len(rules.value) == 1 else rules


def _name(node: Node, key: str) -> str:
    """A header or parameter: its name, an index after it, or a path of one step."""
    if not key.startswith("$"):
        return INDEX.sub("", key)
    steps = [step for step in _path(node, key) if isinstance(step, str)]
    if len(steps) != 1:
        node.wrong(f"one name is expected, not {key!r}")
    return steps[0]


def _old(node: Node) -> Rules:
    body: list[tuple[paths.Path, RuleList]] = []
    named: dict[str, dict[str, RuleList]] = {}
    for key, each in node.items():
        found = V2_CATEGORY.match(key)
        if found is None:
            each.wrong(f"{key!r} is no path into a request or response")
        rest = "$" + key[found.end() :]
        rules = RuleList((_rule(each),))
        if found[1] == "body":
            body.append((_path(each, rest), rules))
        else:
            named.setdefault(found[1].rstrip("s"), {})["" if found[1] == "path" else _name(each, rest)] = rules
    return Rules(tuple(body), named)


def _path(node: Node, text: str) -> paths.Path:
    try:
        return paths.parse(text)
    except ValueError as problem:
        node.wrong(f"the path {problem}")


def _list(node: Node) -> RuleList:
    """``{"matchers": [...], "combine": "AND"}``."""
    node.object("matchers", "combine")
    combine = node.get("combine")
    rules = tuple(_rule(each) for each in node.at("matchers").each())
    return RuleList(rules, any=combine is not None and combine.one_of(("AND", "OR")) == "OR")


def _rule(node: Node) -> Rule:
    kind = _kind(node)
    node.object("match", *SETTINGS[kind])
    settings = {key: _checked(each, kind, key) for key, each in node.items() if key not in _NESTED}
    rules = tuple(_rule(each) for each in node.at("rules").each()) if kind in {"eachKey", "eachValue"} else ()
    variants = tuple(map(_variant, node.at("variants").each())) if kind == "arrayContains" else ()
    if kind in _NEEDED and _NEEDED[kind] not in settings:
        node.at(_NEEDED[kind])
    return Rule(kind, settings, rules, variants)


_NESTED = frozenset({"match", "rules", "variants"})
_NEEDED = {"regex": "regex", "include": "value", "contentType": "value", "statusCode": "status"}


def _kind(node: Node) -> str:
    """The matcher; where it is left out, its setting tells it."""
    named = node.get("match")
    if named is None:
        for setting, kind in (("regex", "regex"), ("min", "type"), ("max", "type"), *((x, x) for x in _DATES)):
            if setting in node.value:
                return WORDS.get(kind, kind)
        node.at("match")
    else:
        word = WORDS.get(named.text(), named.text())
        if word not in SETTINGS:
            named.wrong(f"there is no matcher {named.text()!r}; known: {', '.join(SETTINGS)}")
        return word
    raise AssertionError  # pragma: no cover  at() has raised


_DATES = ("timestamp", "datetime", "date", "time")


def _checked(node: Node, kind: str, key: str) -> Any:
    """A setting that can be used: a number, an expression, a date format."""
    if key in {"min", "max"}:
        return node.whole()
    if key == "regex":
        return _compiled(node)
    if kind in _DATES:
        return _format(node)
    if kind == "statusCode":
        return _status(node)
    return node.text() if kind in {"include", "contentType"} else node.value


def _compiled(node: Node) -> str:
    try:
        re.compile(node.text())
    except re.error as problem:
        node.wrong(f"this regular expression cannot be used here: {problem}")
    return node.text()


def _format(node: Node) -> str:
    try:
        formats.compiled(node.text())
    except ValueError as problem:
        node.wrong(str(problem))
    return node.text()


def _status(node: Node) -> Any:
    if isinstance(node.value, list):
        return tuple(each.whole() for each in node.each())
    return node.one_of(STATUSES)


def _variant(node: Node) -> Variant:
    node.object("index", "rules", "generators")
    rules = node.get("rules")
    listed = [(_path(each, key), _list(each)) for key, each in rules.items()] if rules else []
    return Variant(node.at("index").whole(), Rules(tuple(listed)))
