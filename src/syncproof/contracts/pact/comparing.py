"""Requests, responses and messages compared. Responses and messages may say more than expected, requests not."""

from typing import Any

from syncproof.contracts.pact import media
from syncproof.contracts.pact.difference import ABSENT, Difference
from syncproof.contracts.pact.json_body import JsonComparison
from syncproof.contracts.pact.matchers import demand, demanded, demanded_text
from syncproof.contracts.pact.node import shown
from syncproof.contracts.pact.records import Body, Message, Request, Response, Texts
from syncproof.contracts.pact.rules import Found, RuleList, Rules
from syncproof.contracts.pact.xml_body import NoXml, XmlComparison, parse
from syncproof.contracts.validation import pointer

Differences = list[Difference]
WITH_PARAMETERS = {"accept", "content-type"}
"""Headers whose values have parameters that the actual value may have more of."""


def response(expected: Response, actual: Response) -> Differences:
    """What an answer has otherwise than expected."""
    return [
        *status(expected, actual.status),
        *headers(expected.headers, actual.headers, expected.rules),
        *body(expected.body, actual.body, expected.rules, strict=False),
    ]


def request(expected: Request, actual: Request) -> Differences:
    """What a request has otherwise than expected."""
    named = (("method", expected.method.upper(), actual.method.upper()), ("path", expected.path, actual.path))
    return [
        *(each for name, *both in named for each in _judged((name,), expected.rules.of(name), *both)),
        *query(expected, actual.query),
        *headers(expected.headers, actual.headers, expected.rules),
        *body(expected.body, actual.body, expected.rules, strict=True),
    ]


def message(expected: Message, actual: Message) -> Differences:
    """What a message has otherwise than expected."""
    return [
        *metadata(expected, actual.metadata),
        *body(expected.body, actual.body, expected.rules, strict=False, root="contents"),
    ]


def _judged(place: tuple[str | int, ...], rules: RuleList | None, expected: Any, actual: Any) -> Differences:
    """One value against its rules, or against equality."""
    if rules is None:
        if expected == actual:
            return []
        text = f"{shown(expected)} is expected, not {shown(actual)}"
        return [Difference(pointer(place), expected, actual, "equality", text)]
    missed = demanded(Found(rules.rules, rules.any, cascaded=False), expected, actual)
    return [Difference(pointer(place), expected, actual, rule.text, why) for rule, why in missed]


def _judged_text(place: tuple[str | int, ...], rules: RuleList | None, expected: str, actual: str) -> Differences:
    """One value of a place that knows only text."""
    if rules is None:
        return _judged(place, None, expected, actual)
    missed = demanded_text(Found(rules.rules, rules.any, cascaded=False), expected, actual)
    return [Difference(pointer(place), expected, actual, rule.text, why) for rule, why in missed]


def status(expected: Response, actual: int) -> Differences:
    """The status, by its rule if there is one."""
    return _judged(("status",), expected.rules.of("status"), expected.status, actual)


def query(expected: Request, actual: Texts) -> Differences:
    """Parameters by name; each value in its order."""
    result: Differences = []
    for name, values in expected.query.items():
        if name not in actual:
            result.append(_missing(("query", name), list(values)))
        else:
            result += _parameter(name, values, actual[name], expected.rules.of("query", name))
    for name in actual.keys() - expected.query.keys():
        text = f"parameter {name!r} is not expected"
        result.append(Difference(pointer(("query", name)), ABSENT, list(actual[name]), "equality", text))
    return result


def _parameter(name: str, expected: tuple[str, ...], actual: tuple[str, ...], rules: RuleList | None) -> Differences:
    place = ("query", name)
    if rules is None:
        return _judged(place, None, list(expected), list(actual))
    result: Differences = []
    for rule in rules.rules:
        why = demand(rule, list(expected), list(actual)) if rule.kind in {"type", "notEmpty"} else None
        result += [Difference(pointer(place), list(expected), list(actual), rule.text, why)] if why else []
    examples = (*expected, *expected[:1] * max(0, len(actual) - len(expected)))
    for index, (one, other) in enumerate(zip(examples, actual, strict=False)):
        result += _judged_text((*place, index), rules, one, other)
    return result


def _missing(place: tuple[str | int, ...], expected: Any) -> Difference:
    return Difference(pointer(place), expected, ABSENT, "equality", f"{place[-1]!r} is missing")


def headers(expected: Texts, actual: Texts, rules: Rules) -> Differences:
    """Headers by name, whatever its case; others may be there."""
    there = {name.lower(): values for name, values in actual.items()}
    result: Differences = []
    for name, values in expected.items():
        if name.lower() not in there:
            result.append(_missing(("headers", name), ", ".join(values)))
        else:
            result += _header(name, values, ", ".join(there[name.lower()]), rules.of("header", name))
    return result


def _header(name: str, expected: tuple[str, ...], actual: str, rules: RuleList | None) -> Differences:
    place, wanted = ("headers", name), ", ".join(expected)
    if rules is not None:
        parts = [part.strip() for part in actual.split(",")] if len(expected) > 1 else [actual]
        examples = expected + expected[:1] * max(0, len(parts) - len(expected))
        pairs = zip(examples, parts, strict=False)
        return [each for one, other in pairs for each in _judged_text(place, rules, one, other)]
    agree = _same_parameters if name.lower() in WITH_PARAMETERS else _same_list
    if agree(wanted, actual):
        return []
    return [Difference(pointer(place), wanted, actual, "equality", f"{shown(wanted)} is expected, not {shown(actual)}")]


def _same_list(expected: str, actual: str) -> bool:
    return [part.strip() for part in expected.split(",")] == [part.strip() for part in actual.split(",")]


def _same_parameters(expected: str, actual: str) -> bool:
    """The same values in the same order; each may have more parameters than expected."""
    wanted, there = expected.split(","), actual.split(",")
    return len(wanted) == len(there) and all(map(_same_value, wanted, there))


def _same_value(expected: str, actual: str) -> bool:
    (name, parameters), (other, others) = _parameters(expected), _parameters(actual)
    return name == other and all(others.get(key) == value for key, value in parameters.items())


def _parameters(text: str) -> tuple[str, dict[str, str]]:
    value, *rest = (part.strip() for part in text.split(";"))
    pairs = (part.partition("=") for part in rest)
    return value, {key.strip().lower(): each.strip().strip('"').lower() for key, _, each in pairs}


def metadata(expected: Message, actual: Any) -> Differences:
    """What is said about a message, by name; more may be said."""
    result: Differences = []
    for name, value in expected.metadata.items():
        found = next((each for key, each in actual.items() if key.lower() == name.lower()), ABSENT)
        if found is ABSENT:
            result.append(_missing(("metadata", name), value))
        elif name.lower() == "contenttype" and expected.rules.of("metadata", name) is None:
            same = _same_parameters(str(value), str(found))
            result += [] if same else _judged(("metadata", name), None, value, found)
        else:
            result += _judged(("metadata", name), expected.rules.of("metadata", name), value, found)
    return result


def body(expected: Body, actual: Body, rules: Rules, *, strict: bool, root: str = "body") -> Differences:
    """A body as its content type says."""
    if expected.kind == "missing":
        return []
    none = actual.kind in {"missing", "null", "empty"}
    if expected.kind in {"null", "empty"}:
        nothing = none or (actual.kind == "json" and actual.value is None)
        text = f"no body is expected, not {shown(actual.value)}"
        return [] if nothing else [Difference(f"/{root}", ABSENT, actual.value, "equality", text)]
    if none:
        return [Difference(f"/{root}", expected.value, ABSENT, "equality", "the body is missing")]
    if expected.kind != actual.kind or _other_type(expected, actual):
        return _other_kind(expected, actual, rules, root)
    try:
        return _contents(expected, actual, rules, strict=strict, root=root)
    except RecursionError:
        return [Difference(f"/{root}", ABSENT, ABSENT, "equality", "the body is nested too deep to be compared")]


def _other_type(expected: Body, actual: Body) -> bool:
    both = media.base(expected.content_type), media.base(actual.content_type)
    return all(both) and both[0] != both[1] and media.JSON not in both


def _other_kind(expected: Body, actual: Body, rules: Rules, root: str) -> Differences:
    whole = rules.best(())
    if whole is not None and any(rule.kind == "contentType" for rule in whole.rules):
        return _whole(expected, actual, rules, root)
    types = [each.content_type or each.kind for each in (expected, actual)]
    text = f"a body of type {types[0]} is expected, not {types[1]}"
    return [Difference(f"/{root}", types[0], types[1], "equality", text)]


def _contents(expected: Body, actual: Body, rules: Rules, *, strict: bool, root: str) -> Differences:
    if expected.kind == "xml":
        return _xml(expected, actual, rules, strict=strict, root=root)
    if expected.kind in {"json", "form"}:
        comparison = JsonComparison(rules, strict=strict or expected.kind == "form", root=(root,))
        return comparison.compare((), expected.value, actual.value)
    return _whole(expected, actual, rules, root)


def _xml(expected: Body, actual: Body, rules: Rules, *, strict: bool, root: str) -> Differences:
    try:
        comparison = XmlComparison(rules, strict=strict, root=(root,))
        return comparison.compare(parse(expected.value), parse(actual.value))
    except NoXml as problem:
        return [Difference(f"/{root}", expected.value, actual.value, "equality", str(problem))]


def _whole(expected: Body, actual: Body, rules: Rules, root: str) -> Differences:
    """Text and bytes are one value."""
    found = rules.best(())
    listed = RuleList(found.rules, found.any) if found else None
    return _judged((root,), listed, expected.value, actual.value)
