"""What a signature looks like in a PDF: name, role, meaning and time in words (21 CFR Part 11, 11.50).

Drawn with an embedded font: the standard ones know Western European letters only, and print others wrongly.
"""

import io
import unicodedata
from collections.abc import Container
from pathlib import Path
from typing import Any

import reportlab
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD = "Vera", "VeraBd"
SIZE, LEADING, MARGIN = 5.4, 6.6, 4


def style(facts: dict[str, Any], width: int, height: int) -> StaticStampStyle:
    """The print of a signature of these facts, of this size in points."""
    mid, edge = layout.AxisAlignment.ALIGN_MID, layout.Margins(0, 0, 0, 0)
    whole = layout.SimpleBoxLayoutRule(mid, mid, edge)
    return StaticStampStyle(border_width=0, background=_Drawn(_draw(facts, width, height)), background_layout=whole)


def shown(text: str) -> str:
    """``text`` in letters that the font has: without an accent it lacks (Ż as Z), else by number (U+738B), which
    nobody takes for another letter. The name as it is written stands in the signature itself."""
    _register()
    known = pdfmetrics.getFont(BOLD).face.charWidths  # type: ignore[attr-defined]
    return "".join(one if ord(one) in known else _other(one, known) for one in text)


def _other(letter: str, known: Container[int]) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if ord(base) in known else f"[U+{ord(letter):04X}]"


def _lines(facts: dict[str, Any], width: int) -> list[tuple[str, str]]:
    at = facts["signed_at"]
    room = width - 2 * MARGIN
    who = simpleSplit(shown(f"{facts['name']}, {facts['role']}"), BOLD, SIZE, room)[:3]
    said = [f"{facts['as']}, {at[:10]} {at[11:19]} UTC", *simpleSplit(facts["meaning"], PLAIN, SIZE, room)]
    return [(BOLD, line) for line in who] + [(PLAIN, line) for line in said]


def _draw(facts: dict[str, Any], width: int, height: int) -> bytes:
    _register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), initialFontName=PLAIN)  # type: ignore[arg-type]
    canvas.rect(0.5, 0.5, width - 1, height - 1)
    for row, (font, line) in enumerate(_lines(facts, width), 1):
        canvas.setFont(font, SIZE)
        canvas.drawString(MARGIN, height - 2 - row * LEADING, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _register() -> None:
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name in (PLAIN, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))


class _Drawn(content.PdfContent):
    """The first page of a PDF, as something to draw."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        """The operators that draw it."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Print"] = drawn
        left, bottom, right, top = (float(edge) for edge in drawn.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=right - left, height=top - bottom)
        return b"/Print Do"
