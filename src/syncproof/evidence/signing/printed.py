"""What a signature looks like in a PDF: name, role, meaning and time in words (21 CFR Part 11, 11.50).

Drawn with the embedded fonts of the documents: the standard ones know Western European letters only.
"""

import io
from typing import Any

from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle
from reportlab.pdfgen.canvas import Canvas

from syncproof.reporting.pdf import fonts
from syncproof.reporting.pdf.fonts import BOLD, PLAIN

SIZE, LEADING, MARGIN = 5.4, 6.6, 4


def style(facts: dict[str, Any], width: int, height: int) -> StaticStampStyle:
    """The print of a signature of these facts, of this size in points."""
    mid, edge = layout.AxisAlignment.ALIGN_MID, layout.Margins(0, 0, 0, 0)
    whole = layout.SimpleBoxLayoutRule(mid, mid, edge)
    return StaticStampStyle(border_width=0, background=_Drawn(_draw(facts, width, height)), background_layout=whole)


def _lines(facts: dict[str, Any], width: int) -> list[tuple[str, str]]:
    at = facts["signed_at"]
    room = width - 2 * MARGIN
    who = fonts.wrapped(f"{facts['name']}, {facts['role']}", BOLD, SIZE, room)[:3]
    said = [f"{facts['as']}, {at[:10]} {at[11:19]} UTC", *fonts.wrapped(facts["meaning"], PLAIN, SIZE, room)]
    return [(BOLD, line) for line in who] + [(PLAIN, line) for line in said]


def _draw(facts: dict[str, Any], width: int, height: int) -> bytes:
    fonts.register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), initialFontName=PLAIN)  # type: ignore[arg-type]
    canvas.rect(0.5, 0.5, width - 1, height - 1)
    for row, (font, line) in enumerate(_lines(facts, width), 1):
        fonts.draw(canvas, font, SIZE, (MARGIN, height - 2 - row * LEADING), line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


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
