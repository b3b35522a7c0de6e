"""Where an actual value differs from the expected one, in words a person can act on."""

from typing import Any

from syncproof.evidence.canonical import canonical

MAX_LINES = 12
MAX_WIDTH = 400


def differences(expected: Any, actual: Any) -> list[str]:
    """Lines that name each differing place of two plain values; empty if they are the same."""
    lines = list(_walk("", expected, actual))
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], f"… and {len(lines) - MAX_LINES} more differences"]
    return lines


def shown(value: Any) -> str:
    """A plain value as text: bare scalars, JSON for the rest, shortened if very long."""
    text = value if isinstance(value, str) and value and value.isprintable() else canonical(value).decode()
    return text if len(text) <= MAX_WIDTH else f"{text[:MAX_WIDTH]}… ({len(text)} characters)"


def _walk(place: str, expected: Any, actual: Any) -> list[str]:
    if canonical(expected) == canonical(actual):
        return []
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _walk_dict(place, expected, actual)
    if isinstance(expected, list) and isinstance(actual, list):
        return _walk_list(place, expected, actual)
    where = f"{place}: " if place else ""
    if shown(expected) == shown(actual):  # 5 and "5"
        return [f"{where}expected {canonical(expected).decode()}, actual {canonical(actual).decode()}"]
    return [f"{where}expected {shown(expected)}, actual {shown(actual)}"]


def _walk_dict(place: str, expected: dict[str, Any], actual: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for key in [*expected, *(key for key in actual if key not in expected)]:
        inner = f"{place}.{key}" if place else key
        if key not in actual:
            lines.append(f"{inner}: expected {shown(expected[key])}, missing")
        elif key not in expected:
            lines.append(f"{inner}: {shown(actual[key])} not expected")
        else:
            lines += _walk(inner, expected[key], actual[key])
    return lines


def _walk_list(place: str, expected: list[Any], actual: list[Any]) -> list[str]:
    if len(expected) == len(actual) and not _same_members(expected, actual):
        paired = [_walk(f"{place}[{n}]", e, a) for n, (e, a) in enumerate(zip(expected, actual, strict=True))]
        return [line for lines in paired for line in lines]
    where = f"{place}: " if place else ""
    lines = [f"{where}missing {shown(member)}" for member in _less(expected, actual)]
    lines += [f"{where}not expected: {shown(member)}" for member in _less(actual, expected)]
    return lines or [f"{where}other order: expected {shown(expected)}, actual {shown(actual)}"]


def _same_members(one: list[Any], other: list[Any]) -> bool:
    return sorted(map(canonical, one)) == sorted(map(canonical, other))


def _less(members: list[Any], others: list[Any]) -> list[Any]:
    """The members that are not among the others (each other takes one away)."""
    left = [canonical(other) for other in others]
    kept = []
    for member in members:
        text = canonical(member)
        if text in left:
            left.remove(text)
        else:
            kept.append(member)
    return kept
