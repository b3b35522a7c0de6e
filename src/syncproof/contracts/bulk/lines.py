"""On which line of a text of many lines a pointer points."""

import json
from collections.abc import Iterator

_value = json.JSONDecoder(strict=False).raw_decode
_BLANK = " \t\r\n"


def line_of(text: str, pointer: str) -> int:
    """The line (from 1) where the value begins; that of the nearest one above it if there is no such value."""
    place = _skip(text, 0)
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        found = next((at for key, at in _members(text, place) if key == name), None)
        if found is None:
            break
        place = found
    return text.count("\n", 0, place) + 1


def _members(text: str, place: int) -> Iterator[tuple[str, int]]:
    """Name (or number) and start of every member of an object or array."""
    opening, number, place = text[place], 0, _skip(text, place + 1)
    while opening in "{[" and text[place] not in "}]":
        key = str(number)
        if opening == "{":
            key, place = _value(text, place)
            place = _skip(text, _skip(text, place) + 1)
        yield key, place
        place = _skip(text, _value(text, place)[1])
        place = _skip(text, place + 1) if text[place] == "," else place
        number += 1


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANK:
        place += 1
    return place
