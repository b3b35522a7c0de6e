"""Date and time patterns, in the letters of Java's DateTimeFormatter, as Pact files have them."""

import re
from datetime import date
from functools import cache

DEFAULTS = {"date": "yyyy-MM-dd", "time": "HH:mm:ss", "timestamp": "yyyy-MM-dd'T'HH:mm:ssXXX"}
"""What a matcher without a pattern asks for."""
PIECE = re.compile(r"'(?P<quoted>(?:[^']|'')*)'|(?P<letters>([A-Za-z])\3*)|(?P<other>.)", re.DOTALL)

_TWO = r"\d{2}"
_ONE = r"\d{1,2}"
_OFFSET = {"X": r"[+-]\d{2}(?:\d{2})?", "XX": r"[+-]\d{4}", "XXX": r"[+-]\d{2}:\d{2}"}
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_ZONE = r"[A-Za-z][A-Za-z0-9_/+-]*"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def _short(words: str) -> str:
    return "|".join(word[:3] for word in words.split("|"))


PATTERNS = {
    "G": "AD|BC",
    "yyyy": r"(?P<year>\d{4})", "uuuu": r"(?P<year>\d{4})", "YYYY": r"\d{4}", "yy": _TWO, "uu": _TWO,
    "y": r"(?P<year>\d+)",
    "MM": rf"(?P<month>{_TWO})", "M": rf"(?P<month>{_ONE})", "MMM": _short(_MONTHS), "MMMM": _MONTHS,
    "LL": rf"(?P<month>{_TWO})", "L": rf"(?P<month>{_ONE})",
    "dd": rf"(?P<day>{_TWO})", "d": rf"(?P<day>{_ONE})", "DDD": r"\d{3}", "D": r"\d{1,3}",
    "ww": _TWO, "w": _ONE, "e": "[1-7]", "u": "[1-7]",
    "E": _short(_DAYS), "EE": _short(_DAYS), "EEE": _short(_DAYS), "EEEE": _DAYS,
    "a": "[AaPp][Mm]",
    "HH": "[01][0-9]|2[0-3]", "H": "1[0-9]|2[0-3]|0?[0-9]", "kk": "0[1-9]|1[0-9]|2[0-4]", "k": "1[0-9]|2[0-4]|0?[1-9]",
    "hh": "0[1-9]|1[0-2]", "h": "1[0-2]|0?[1-9]", "KK": "0[0-9]|1[01]", "K": "1[01]|0?[0-9]",
    "mm": "[0-5][0-9]", "m": "[0-5]?[0-9]", "ss": "[0-5][0-9]|60", "s": "[0-5]?[0-9]|60",
    **{"S" * n: rf"\d{{1,{n}}}" for n in range(1, 10)}, **{"n" * n: r"\d+" for n in range(1, 10)},
    "Z": _OFFSET["XX"], "ZZ": _OFFSET["XX"], "ZZZ": _OFFSET["XX"], "ZZZZ": r"GMT(?:[+-]\d{2}:\d{2})?",
    "ZZZZZ": rf"Z|{_OFFSET['XXX']}",
    **{letters: f"Z|{pattern}" for letters, pattern in _OFFSET.items()},
    **{letters.lower(): pattern for letters, pattern in _OFFSET.items()},
    "z": _ZONE, "zzz": _ZONE, "VV": _ZONE,
}  # fmt: skip
"""What each run of letters stands for."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as an expression; ValueError if it has letters that stand for nothing."""
    seen: set[str] = set()
    parts = [_piece(piece, pattern, seen) for piece in PIECE.finditer(pattern)]
    return re.compile("".join(parts), re.ASCII)


def _piece(piece: re.Match[str], pattern: str, seen: set[str]) -> str:
    if piece["quoted"] is not None:
        return re.escape(piece["quoted"].replace("''", "'") or "'")
    letters = piece["letters"]
    if letters is None:
        return re.escape(piece["other"])
    if letters not in PATTERNS:
        raise ValueError(f"the date format {pattern!r} has {letters!r}, which is not known here")
    named = re.sub(r"\?P<(\w+)>", lambda name: "?:" if name[1] in seen else name[0], PATTERNS[letters])
    seen.update(re.findall(r"\?P<(\w+)>", named))
    return f"(?:{named})"


def fits(text: str, pattern: str) -> bool:
    """Whether text has this form and the calendar knows the day, as far as it says one."""
    found = compiled(pattern).fullmatch(text)
    return found is not None and _exists(found.groupdict())


def _exists(parts: dict[str, str | None]) -> bool:
    year, month, day = (int(parts.get(name) or default) for name, default in (("year", 2000), ("month", 1), ("day", 1)))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
