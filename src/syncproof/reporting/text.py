"""Values as people read them: control characters shown, long values cut with their length."""

import json
import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Any

LONGEST = 20_000


def visible(text: str) -> str:
    """``text`` with control, bidirectional and other invisible characters written as ``\\u…``."""
    if text.isprintable():
        return text
    return "".join(char if char in "\n\t" or not _is_hidden(char) else f"\\u{ord(char):04x}" for char in text)


def value_text(value: Any) -> str:
    """An expected or actual value: a text as it is, all else as JSON with sorted keys."""
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def cut(text: str, longest: int = LONGEST) -> str:
    """``text``, cut where it is longer; the record holds all of it."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text)} characters; the whole value is in the record)"


def instant(text: str | None) -> str:
    """An instant of the record with its zone, to the second."""
    return "not on record" if text is None else f"{text[:10]} {text[11:19]} UTC"


def folded(ids: Iterable[str]) -> str:
    """Ids of exchanges, those that follow each other as a range: ``main-x3 to x5 (3), main-x9``."""
    places = enumerate(map(_numbered, ids))
    return ", ".join(_range([one for _, one in group]) for _, group in groupby(places, _apart))


def _apart(place: tuple[int, tuple[str, int]]) -> tuple[str, int]:
    position, (stem, number) = place
    return stem, number - position


def _numbered(id_: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*-x)(0|[1-9]\d{0,15})", id_, re.ASCII | re.DOTALL)
    return (found[1], int(found[2])) if found else (id_, -1)


def _range(group: list[tuple[str, int]]) -> str:
    (stem, first), (_, last) = group[0], group[-1]
    if first < 0:
        return ", ".join(name for name, _ in group)
    return f"{stem}{first}" if first == last else f"{stem}{first} to x{last} ({len(group)})"


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
