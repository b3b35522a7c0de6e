"""What a person can read of a view."""

import re

import openpyxl
import pypdfium2


def pages(path):
    """The text of each page, with single blanks."""
    document = pypdfium2.PdfDocument(str(path))
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def sheets(path):
    """Name of each sheet -> its rows."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
