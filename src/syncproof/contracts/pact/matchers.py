"""What each matcher demands of one value. A demand that is not met is answered in words, else None."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from syncproof.contracts.pact import formats
from syncproof.contracts.pact.node import shown
from syncproof.contracts.pact.rules import Found, Rule

SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", re.ASCII)
NUMBERS = frozenset({"integer", "decimal", "number"})
WHOLE, REAL = re.compile(r"[+-]?\d+", re.ASCII), re.compile(r"[+-]?\d+\.\d+(?:[eE][+-]?\d+)?", re.ASCII)
STATUS_RANGES = {
    "info": (100, 199), "success": (200, 299), "redirect": (300, 399), "clientError": (400, 499),
    "serverError": (500, 599), "nonError": (100, 399), "error": (400, 599),
}  # fmt: skip


def kind_of(value: Any) -> str:
    """The JSON type of a value; numbers are read as int or Decimal."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    for types, name in ((str, "text"), ((int, Decimal, float), "number"), (list, "list"), (dict, "object")):
        if isinstance(value, types):
            return name
    return type(value).__name__


def written(value: Any) -> str:
    """A value as text, as expressions are held against it."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def same(expected: Any, actual: Any) -> bool:
    """Equality, type and all: true is not 1, and 1.0 is not 1."""
    if kind_of(expected) != kind_of(actual):
        return False
    if isinstance(expected, dict):
        return expected.keys() == actual.keys() and all(same(expected[key], actual[key]) for key in expected)
    if isinstance(expected, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    both_whole = isinstance(expected, int) == isinstance(actual, int)
    return both_whole and bool(expected == actual)


Demand = Callable[[Rule, Any, Any, bool], str | None]


def demand(rule: Rule, expected: Any, actual: Any, *, cascaded: bool = False) -> str | None:
    """Why a value does not meet a rule; None if it does."""
    return DEMANDS[rule.kind](rule, expected, actual, cascaded)


def demanded(found: Found, expected: Any, actual: Any) -> list[tuple[Rule, str]]:
    """The demands of a list that are not met; with OR none, if one is met."""
    tried = [(rule, demand(rule, expected, actual, cascaded=found.cascaded)) for rule in found.rules]
    missed = [(rule, why) for rule, why in tried if why is not None]
    return [] if found.any and len(missed) < len(tried) else missed


def demanded_text(found: Found, expected: str, actual: str) -> list[tuple[Rule, str]]:
    """The same where there is only text (a header, a parameter, XML): a matcher for numbers looks at the number that
    is spelled there."""
    kinds = {rule.kind for rule in found.rules} & NUMBERS
    return demanded(found, expected, _number_of(actual, real="decimal" in kinds) if kinds else actual)


def _number_of(text: str, *, real: bool) -> Any:
    if WHOLE.fullmatch(text):
        return Decimal(text) if real else int(text)
    return Decimal(text) if REAL.fullmatch(text) else text


def _equality(_rule: Rule, expected: Any, actual: Any, _cascaded: bool) -> str | None:
    return None if same(expected, actual) else f"{shown(expected)} is expected, not {shown(actual)}"


def _regex(rule: Rule, _expected: Any, actual: Any, _cascaded: bool) -> str | None:
    if _is_plain(actual) and re.fullmatch(rule.settings["regex"], written(actual), re.DOTALL):
        return None
    return f"{shown(actual)} does not match {rule.settings['regex']!r}"


def _type(rule: Rule, expected: Any, actual: Any, cascaded: bool) -> str | None:
    if kind_of(expected) != kind_of(actual):
        return f"{kind_of(expected)} is expected, not {kind_of(actual)} {shown(actual)}"
    return None if cascaded or _is_plain(actual) else _size(rule, actual)


def _size(rule: Rule, actual: list[Any] | dict[str, Any]) -> str | None:
    least, most = rule.settings.get("min"), rule.settings.get("max")
    if least is not None and len(actual) < least:
        return f"at least {least} elements are expected, not {len(actual)}"
    if most is not None and len(actual) > most:
        return f"at most {most} elements are expected, not {len(actual)}"
    return None


def _include(rule: Rule, _expected: Any, actual: Any, _cascaded: bool) -> str | None:
    if _is_plain(actual) and rule.settings["value"] in written(actual):
        return None
    return f"{shown(actual)} does not include {rule.settings['value']!r}"


def _of_kind(what: str, is_it: Callable[[Any], bool]) -> Demand:
    def judge(_rule: Rule, _expected: Any, actual: Any, _cascaded: bool) -> str | None:
        return None if is_it(actual) else f"{what} is expected, not {kind_of(actual)} {shown(actual)}"

    return judge


def _dated(rule: Rule, _expected: Any, actual: Any, _cascaded: bool) -> str | None:
    pattern = next(iter(rule.settings.values()), formats.DEFAULTS[rule.kind])
    if _is_plain(actual) and formats.fits(written(actual), pattern):
        return None
    return f"{shown(actual)} does not have the form {pattern!r}"


def _status(rule: Rule, _expected: Any, actual: Any, _cascaded: bool) -> str | None:
    wanted = rule.settings["status"]
    if isinstance(wanted, tuple):
        return None if actual in wanted else f"one of {', '.join(map(str, wanted))} is expected, not {actual}"
    low, high = STATUS_RANGES[wanted]
    return None if low <= actual <= high else f"{wanted} ({low} to {high}) is expected, not {actual}"


def _content_type(rule: Rule, _expected: Any, actual: Any, _cascaded: bool) -> str | None:
    from syncproof.contracts.pact.media import detected  # noqa: PLC0415  that module reads bodies

    data = actual if isinstance(actual, bytes) else written(actual).encode()
    found, wanted = detected(data), rule.settings["value"]
    return None if wanted in found else f"content of type {wanted} is expected, not {' or '.join(found)}"


def _values(rule: Rule, expected: Any, actual: Any, cascaded: bool) -> str | None:
    return None if isinstance(expected, dict | list) else _equality(rule, expected, actual, cascaded)


def _nothing(_rule: Rule, _expected: Any, _actual: Any, _cascaded: bool) -> str | None:
    return None


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


DEMANDS: dict[str, Demand] = {
    "equality": _equality,
    "regex": _regex,
    "type": _type,
    "include": _include,
    "integer": _of_kind("a whole number", _is_whole),
    "decimal": _of_kind("a number with decimals", lambda value: isinstance(value, Decimal | float)),
    "number": _of_kind("a number", lambda value: kind_of(value) == "number"),
    "boolean": _of_kind("true or false", lambda value: isinstance(value, bool) or value in ("true", "false")),
    "null": _of_kind("null", lambda value: value is None),
    "date": _dated,
    "time": _dated,
    "timestamp": _dated,
    "statusCode": _status,
    "contentType": _content_type,
    "semver": _of_kind(
        "a semantic version", lambda value: _is_plain(value) and SEMVER.fullmatch(written(value)) is not None
    ),
    "notEmpty": _of_kind("something that is not empty", lambda value: value not in (None, "", [], {})),
    "values": _values,
    "eachKey": _nothing,  # these say something of members, which is judged where those are looked at
    "eachValue": _nothing,
    "arrayContains": _nothing,
}
"""By matcher; each gets rule, expected, actual, and whether the rule was written for something above."""
