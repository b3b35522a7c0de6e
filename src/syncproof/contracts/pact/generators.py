"""Values that are made when an interaction is driven.

What a provider state says goes where the file wants it (``ProviderState``). All other generators would put chance
in place of the example; the example is a good value too, and the same in every run, so it stays.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from syncproof.contracts.pact import paths
from syncproof.contracts.pact.node import Node
from syncproof.contracts.pact.records import Generator, Message, Request, Response

Part = TypeVar("Part", Request, Response, Message)

KINDS = frozenset(
    {
        "ProviderState", "RandomInt", "RandomDecimal", "RandomHexadecimal", "RandomString", "RandomBoolean", "Regex",
        "Uuid", "Date", "Time", "DateTime", "MockServerURL",
    }
)  # fmt: skip
CATEGORIES = ("path", "method", "query", "header", "headers", "body", "status", "metadata")
EXPRESSION = re.compile(r"\$\{([^}]*)\}")


class Unfilled(ValueError):
    """A provider state did not say a value that an interaction needs."""


def read_generators(node: Node | None) -> tuple[Generator, ...]:
    """The generators of a request, response or message."""
    if node is None:
        return ()
    result: list[Generator] = []
    for category, inner in node.object(*CATEGORIES).items():
        single = "type" in inner.object().value
        named = [("", inner)] if single else list(inner.items())
        result += [
            _generator(category.removesuffix("s") if category == "headers" else category, *each) for each in named
        ]
    return tuple(result)


def _generator(category: str, key: str, node: Node) -> Generator:
    kind = node.at("type").one_of(KINDS)
    if kind == "ProviderState":
        node.object("type", "expression", "dataType").at("expression").text()
    if category == "body":
        _insist_path(node, key)
    return Generator(kind, category, key, node.value)


def _insist_path(node: Node, key: str) -> None:
    try:
        tokens = paths.parse(key)
    except ValueError as problem:
        node.wrong(f"the path {problem}")
    if any(isinstance(token, paths.Wildcard) for token in tokens) and node.value["type"] == "ProviderState":
        node.wrong("a value of a provider state goes to one place, not to many")


def filled(part: Part, values: Mapping[str, Any]) -> Part:
    """A request, response or message with the values of its provider states; Unfilled if one is not there."""
    for each in part.generators:
        if each.kind == "ProviderState":
            part = _put(part, each, _evaluated(each, values))
    return part


def expected(part: Part, values: Mapping[str, Any], *, exact: bool) -> Part:
    """The same for what is expected: a value that no state says leaves the example, under its rules. ``exact``: what
    a state says must come back as it is, whatever the rules allow."""
    for each in part.generators:
        with suppress(Unfilled):
            made = filled(replace(part, generators=(each,)), values)
            part = replace(made, rules=made.rules.without(paths.parse(each.key))) if exact and _in_body(each) else made
    return part


def _in_body(generator: Generator) -> bool:
    return generator.kind == "ProviderState" and generator.category == "body"


def _evaluated(generator: Generator, values: Mapping[str, Any]) -> Any:
    expression = generator.settings["expression"]

    def value_of(name: str) -> Any:
        if name not in values:
            raise Unfilled(f"the provider state says no value {name!r}, which {expression!r} needs")
        return values[name]

    whole = EXPRESSION.fullmatch(expression)
    if whole or "${" not in expression:
        found = value_of(whole[1] if whole else expression)
        return _as_type(found, generator.settings.get("dataType"))
    return EXPRESSION.sub(lambda name: str(value_of(name[1])), expression)


def _as_type(value: Any, wanted: str | None) -> Any:
    made = {"STRING": str, "INTEGER": int, "FLOAT": Decimal, "DECIMAL": Decimal}.get(wanted or "")
    try:
        return made(value) if made else value
    except (ValueError, ArithmeticError):
        raise Unfilled(f"the provider state says {value!r}, which is no {wanted}") from None


def _put(part: Any, generator: Generator, value: Any) -> Any:
    category = generator.category
    if category == "body":
        body = part.body
        return replace(part, body=replace(body, value=with_value(body.value, paths.parse(generator.key), value)))
    if category in {"query", "header"}:
        member = "query" if category == "query" else "headers"
        name = re.sub(r"\[\d+\]$", "", generator.key.removeprefix("$."))
        return replace(part, **{member: {**getattr(part, member), name: (str(value),)}})
    if category == "metadata":
        return replace(part, metadata={**part.metadata, generator.key.removeprefix("$."): value})
    return replace(part, **{category: int(value) if category == "status" else str(value)})


def with_value(document: Any, path: paths.Path, value: Any) -> Any:
    """A copy of a document with one value put in."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(document, dict) and isinstance(step, str):
        return {**document, step: with_value(document.get(step), rest, value)}
    if isinstance(document, list) and isinstance(step, int) and step < len(document):
        return [with_value(each, rest, value) if index == step else each for index, each in enumerate(document)]
    raise Unfilled(f"there is no place {step!r} in the body for the value of the provider state")
