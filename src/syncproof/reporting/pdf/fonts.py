"""The fonts of the documents: shipped with the package, so that the same record gives the same bytes everywhere.

DejaVu Sans holds Latin, Greek, Cyrillic and symbols; Droid Sans Fallback the Chinese, Japanese and Korean characters.
What neither of them holds, and what is written from right to left (it would stand in the wrong order), is shown as
its code points: nothing is left out or misread unseen. The evidence page shows all of it.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from syncproof.reporting.text import visible

PLAIN, BOLD, WIDE = "DejaVuSans", "DejaVuSans-Bold", "DroidSansFallback"
FALLBACK = {PLAIN: (WIDE,), BOLD: (PLAIN, WIDE)}
"""Where a character is looked for that a font does not hold."""
LAST = 0xFFFF
"""Of the basic multilingual plane."""
LONGEST = 3000
"""Characters of one text; the record and the workbook hold more."""
UNKNOWN = 0.6
"""Width of a character that no font holds, in ems; :func:`shown` leaves none."""


def register() -> None:
    """Make the two faces of the running text known to the PDF library; the third one waits until it is needed."""
    rl_config.useA85 = 0  # streams stay binary: smaller and faster
    widths(PLAIN)
    widths(BOLD)


@cache
def widths(font: str) -> dict[int, float]:
    """Width of each character that a font holds, in ems."""
    with as_file(files(__package__).joinpath("fonts", f"{font}.ttf")) as path:
        pdfmetrics.registerFont(TTFont(font, str(path)))
    found: dict[int, float] = pdfmetrics.getFont(font).face.charWidths  # type: ignore[attr-defined]
    return {code: width / 1000 for code, width in found.items() if _is_drawn(code)}


def _is_drawn(code: int) -> bool:
    """From left to right, and of the plane in which text can be copied out of the document again."""
    return code <= LAST and unicodedata.bidirectional(chr(code)) not in {"R", "AL"}


@lru_cache(4096)
def shown(text: str) -> str:
    """``text`` in characters that the fonts have, with invisible ones as their code points."""
    clean = visible(text)
    if clean.isascii():
        return clean
    return "".join(char if char == "\n" or _face(char, PLAIN) else f"\\u{ord(char):04x}" for char in clean)


def width(char: str, font: str) -> float:
    """Width of a character in ems, in the font or in the one that stands in for it."""
    found = widths(font).get(ord(char))
    return found if found is not None else widths(_face(char, font) or font).get(ord(char), UNKNOWN)


def runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """``text`` in parts of one font each: (font, part)."""
    known = widths(font)
    if text.isascii() or all(ord(char) in known for char in text):
        yield font, text
        return
    for face, part in groupby(text, lambda char: _face(char, font) or font):
        yield face, "".join(part)


@lru_cache(65536)
def _face(char: str, font: str) -> str | None:
    """The font that a character is taken from; None if no font holds it."""
    return next((face for face in (font, *FALLBACK[font]) if ord(char) in widths(face)), None)


def draw(canvas: Canvas, font: str, size: float, at: tuple[float, float], text: str) -> None:
    """Draw a line of :func:`shown` text, each character in a font that has it."""
    x, y = at
    for face, part in runs(text, font):
        canvas.setFont(face, size)
        canvas.drawString(x, y, part)
        if part is not text:
            x += size * sum(width(char, face) for char in part)


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """Lines of at most so many points, broken at blanks where there are any."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}… ({len(text)} characters; the whole value is in the record)"
    return [
        line for part in shown(text.replace("\t", "    ")).split("\n") for line in _broken(part, font, room / size)
    ] or [""]


def _broken(text: str, font: str, room: float) -> list[str]:
    known, lines = widths(font), []
    used, begin, blank = 0.0, 0, -1
    for place, char in enumerate(text):
        size = known.get(ord(char))
        used += width(char, font) if size is None else size
        if char == " ":
            blank = place
        if used > room and place > begin:
            end = blank if blank > begin else place
            lines.append(text[begin:end])
            begin = end + 1 if end == blank else end
            used, blank = sum(width(c, font) for c in text[begin : place + 1]), -1
    lines.append(text[begin:])
    return lines
