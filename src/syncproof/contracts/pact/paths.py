"""Path expressions of matching rules: ``$.lines[*].item``, ``$['order no'][0]``.

>>> parse("$.lines[*]['item no']")
('lines', <ANY_INDEX>, 'item no')
"""

import re
from functools import cache
from math import prod
from typing import Final

TOKEN = re.compile(
    r"""\.(?P<name>\*|[^.\[\]'"*]+)|\[(?P<index>\*|\d+)\]|\['(?P<single>[^']*)'\]|\["(?P<double>[^"]*)"\]"""
)


class Wildcard:
    """Stands for any member or any index."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"


ANY: Final = Wildcard("ANY")
ANY_INDEX: Final = Wildcard("ANY_INDEX")
Token = str | int | Wildcard
Path = tuple[Token, ...]
Place = tuple[str | int, ...]
EXACT, WILD = 2, 1


@cache
def parse(text: str) -> Path:
    """The tokens of an expression after its ``$``; ValueError with the position of what is not understood."""
    if not text.startswith("$"):
        raise ValueError(f"{text!r} does not start with $")
    tokens: list[Token] = []
    position = 1
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None:
            raise ValueError(f"{text!r} is not understood from character {position + 1} on")
        tokens.append(_token(found))
        position = found.end()
    return tuple(tokens)


def _token(found: re.Match[str]) -> Token:
    if found["name"] is not None:
        return ANY if found["name"] == "*" else found["name"]
    if found["index"] is not None:
        return ANY_INDEX if found["index"] == "*" else int(found["index"])
    return found["single"] if found["single"] is not None else found["double"]


def weight(path: Path, place: Place) -> tuple[int, ...]:
    """How well an expression fits a place or something above it; empty: not at all. The greatest applies: by the
    specification the product of the steps times their number, between equals the one that is more exact further down.
    """
    if len(path) > len(place):
        return ()
    fits = [_fit(token, step) for token, step in zip(path, place, strict=False)]
    product = prod(fits)
    return (EXACT * product * (len(path) + 1), *reversed(fits)) if product else ()


def _fit(token: Token, step: str | int) -> int:
    if token is ANY:
        return WILD
    if token is ANY_INDEX:
        return WILD if isinstance(step, int) else 0
    return EXACT if token == step else 0
