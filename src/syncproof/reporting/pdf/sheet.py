"""A4 pages with headings, paragraphs and tables, drawn straight onto the canvas: thousands of rows a second."""

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfdoc import PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from syncproof.reporting.pdf import fonts
from syncproof.reporting.pdf.fonts import BOLD, PLAIN, wrapped

MARGIN, GAP = 34.0, 4.0
INK, SOFT, RULE, SHADE = (0.09, 0.13, 0.17), (0.33, 0.38, 0.44), (0.8, 0.83, 0.86), (0.94, 0.95, 0.96)
WARNING = (0.66, 0.11, 0.11)
COLOURS = {"passed": (0.05, 0.42, 0.23), "verified": (0.05, 0.42, 0.23), "failed": WARNING}


class Sheet:
    """Draws from the top down and begins a new page when one is full. ``footer`` stands on every page, and so does a
    ``warning``: pages get separated."""

    def __init__(self, path: Path, title: str, footer: str, warning: str = "", *, wide: bool = False) -> None:
        fonts.register()
        self.width, self.height = landscape(A4) if wide else A4
        self._inner = self.width - 2 * MARGIN
        self._canvas = Canvas(str(path), (self.width, self.height), pageCompression=1, invariant=1)
        self._canvas._preamble = "1 0 0 1 0 0 cm"  # type: ignore[attr-defined]  # noqa: SLF001  every font is embedded
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Syncproof")
        self._title, self._footer, self._warning = title, footer, warning
        self._head: tuple[Sequence[str], Sequence[float]] | None = None
        self._page = 0
        self._turn()

    def heading(self, text: str, size: float = 13) -> None:
        """A heading, with room for some lines below it."""
        self._need(size + 40)
        self._top -= size + 8
        self._text(BOLD, size, INK, MARGIN, self._top, fonts.shown(text))
        self._top -= 6

    def paragraph(
        self, text: str, *, size: float = 9, bold: bool = False, colour: tuple[float, float, float] = INK
    ) -> None:
        """Text over the whole width."""
        font = BOLD if bold else PLAIN
        for line in wrapped(text, font, size, self._inner):
            self._need(size + 3)
            self._top -= size + 3
            self._text(font, size, colour, MARGIN, self._top, line)
        self._top -= GAP

    def facts(self, pairs: Iterable[tuple[str, str]], size: float = 9) -> None:
        """Names with their values."""
        for name, value in pairs:
            lines = wrapped(value, PLAIN, size, self._inner - 150)
            self._need((size + 3) * len(lines))
            for number, line in enumerate(lines):
                self._top -= size + 3
                if number == 0:
                    self._text(PLAIN, size, SOFT, MARGIN, self._top, name)
                self._text(PLAIN, size, INK, MARGIN + 150, self._top, line)
        self._top -= GAP

    def begin_table(self, names: Sequence[str], shares: Sequence[float]) -> None:
        """A table whose head is repeated on every page; ``shares`` are relative widths."""
        total = sum(shares)
        self._head = (names, [self._inner * share / total for share in shares])
        self._need(60)
        self._draw_head()

    def row(self, cells: Sequence[str], size: float = 7.5) -> None:
        """One row of the table; a cell wraps within its column, over a page break too."""
        if self._head is None:
            raise ValueError("a row needs a table")
        widths = self._head[1]
        columns = [wrapped(cell, PLAIN, size, width - GAP) for cell, width in zip(cells, widths, strict=True)]
        step, done, most = size + 2, 0, max(map(len, columns))
        while done < most:
            self._need(min(most - done, 3) * step + GAP)
            fit = min(most - done, max(1, int((self._top - MARGIN - 24) / step)))
            left = MARGIN
            for cell, lines, width in zip(cells, columns, widths, strict=True):
                colour = COLOURS.get(cell, INK)
                for number, line in enumerate(lines[done : done + fit]):
                    self._text(PLAIN, size, colour, left, self._top - (number + 1) * step, line)
                left += width
            self._top -= fit * step + GAP
            done += fit
        self._rule(self._top + 1)

    def end_table(self) -> None:
        """What follows is no row."""
        self._head = None
        self._top -= GAP

    def blank(self, name: str) -> None:
        """A line for a person to write on."""
        self._need(24)
        self._top -= 20
        self._text(PLAIN, 9, SOFT, MARGIN, self._top, name)
        self._canvas.setStrokeColorRGB(*SOFT)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(MARGIN + 150, self._top - 2, self.width - MARGIN, self._top - 2)
        self._top -= GAP

    def room(self, height: float) -> None:
        """See to it that so many points are free at the foot of the page."""
        self._need(height)

    def save(self) -> None:
        """Write the file."""
        self._end_page()
        self._canvas.beginForm("total")
        self._canvas.setFont(PLAIN, 7)
        self._canvas.setFillColorRGB(*SOFT)
        self._canvas.drawString(0, 0, str(self._page))
        self._canvas.endForm()
        self._canvas.save()

    def _need(self, height: float) -> None:
        if self._top - height < MARGIN + 20:
            self._end_page()
            self._turn()
            if self._head is not None:
                self._draw_head()

    def _turn(self) -> None:
        self._page += 1
        self._top = self.height - MARGIN
        self._text(BOLD, 8, SOFT, MARGIN, self._top + 8, fonts.shown(self._title))
        left = self.width - MARGIN - 8 * sum(fonts.width(char, BOLD) for char in self._warning)
        self._text(BOLD, 8, WARNING, left, self._top + 8, self._warning)

    def _end_page(self) -> None:
        self._rule(MARGIN + 10)
        self._text(PLAIN, 7, SOFT, MARGIN, MARGIN, fonts.shown(self._footer))
        of = f"page {self._page} of "
        left = self.width - MARGIN - 70
        self._text(PLAIN, 7, SOFT, left, MARGIN, of)
        self._canvas.saveState()
        self._canvas.translate(left + 7 * sum(fonts.width(char, PLAIN) for char in of), MARGIN)
        self._canvas.doForm("total")
        self._canvas.restoreState()
        self._canvas.showPage()
        _pack(self._canvas._doc.Pages.pages[-1])  # type: ignore[attr-defined]  # noqa: SLF001

    def _draw_head(self) -> None:
        if self._head is None:
            return
        self._top -= 14
        self._canvas.setFillColorRGB(*SHADE)
        self._canvas.rect(MARGIN - 2, self._top - 3, self._inner + 4, 14, stroke=0, fill=1)
        left = MARGIN
        for name, width in zip(*self._head, strict=True):
            self._text(BOLD, 7.5, INK, left, self._top, name)
            left += width
        self._top -= GAP

    def _text(self, font: str, size: float, colour: tuple[float, float, float], x: float, y: float, text: str) -> None:
        if not text:
            return
        self._canvas.setFillColorRGB(*colour)
        fonts.draw(self._canvas, font, size, (x, y), text)

    def _rule(self, y: float) -> None:
        self._canvas.setStrokeColorRGB(*RULE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(MARGIN, y, self.width - MARGIN, y)


def _pack(page: Any) -> None:
    """Compress the content of a finished page now: reportlab would keep all of them as text until it saves."""
    stream = PDFStream()
    stream.content = zlib.compress(page.stream.encode("latin-1"))
    stream.dictionary["Filter"] = PDFName("FlateDecode")
    stream.filters = []
    page.Contents, page.stream = stream, None
