"""The policies of the systems by name, and a system's rules with some of them exchanged.

A name is a field of the rules (``hold_guard``), or a part of one: ``arithmetic.round_total``,
``validators.bom``, ``single_checks.role_check``.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from syncproof.simulators.__main__ import SYSTEMS, load

INTEGRATION = "integration"
TRANSIT = {
    "carry": "(consumer, event) -> the events that reach it: a message in transit.",
    "arrange": "(consumer, [(number, event), ...]) -> the same as they arrive together: order, and when.",
}
"""What can be replaced of the integration."""
ANSWER = {
    "answer": "(method, path?query, text) -> the JSON text of an answer to a business call, as it goes on the wire."
}
"""What can be replaced of every system besides its rules."""

Exchange = Callable[[str, Callable[..., Any]], Callable[..., Any]]
"""(name of a policy, the policy) -> what stands in its place."""


def systems() -> tuple[str, ...]:
    """Every process of which a policy can be replaced."""
    return (*SYSTEMS, INTEGRATION)


def policies(system: str) -> dict[str, str]:
    """Name and meaning of every policy of a system."""
    if system == INTEGRATION:
        return dict(TRANSIT)
    rules = load(system).rules
    meanings = _meanings(type(rules))
    named = {name: meanings.get(name, meanings.get(name.partition(".")[0], "")) for name, _ in _named(rules)}
    return {**named, **ANSWER}


def exchanged(rules: Any, exchange: Exchange) -> Any:
    """The same rules, each policy handed through ``exchange``."""
    return replace(
        rules, **{field.name: _part(field.name, getattr(rules, field.name), exchange) for field in fields(rules)}
    )


def _part(name: str, value: Any, exchange: Exchange) -> Any:
    if isinstance(value, Mapping):
        return {key: exchange(f"{name}.{key}", policy) for key, policy in value.items()}
    if isinstance(value, tuple):
        return tuple(exchange(f"{name}.{policy.__name__}", policy) for policy in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{key: exchange(f"{name}.{key}", policy) for key, policy in parts.items()})
    return exchange(name, value)


def _named(rules: Any) -> Iterable[tuple[str, Callable[..., Any]]]:
    found: list[tuple[str, Callable[..., Any]]] = []

    def note(name: str, policy: Callable[..., Any]) -> Callable[..., Any]:
        found.append((name, policy))
        return policy

    exchanged(rules, note)
    return found


def _meanings(rules: type) -> dict[str, str]:
    """The text below each field, of the class and of its bases."""
    meanings: dict[str, str] = {}
    for kind in reversed(rules.__mro__[:-1]):
        body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
        before: str | None = None
        for node in body.body if isinstance(body, ast.ClassDef) else ():
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                before = node.target.id
            elif before and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                meanings[before] = " ".join(str(node.value.value).split())
    return meanings
