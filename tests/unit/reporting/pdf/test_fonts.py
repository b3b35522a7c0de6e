"""What the documents write can be read and copied out again in any script that their fonts draw."""

import pikepdf
import pypdfium2
import pytest

from syncproof.reporting.pdf.sheet import Sheet

DRAWN = ["Größe 0,5 µg/ml ≥ 2 °C", "Ελληνικά", "Кириллица", "物料编码", "品目コード", "자재번호", "✓ ✗ →"]
CODES = [
    ("\u05e2\u05d1", r"\u05e2\u05d1"),
    ("\u0627", r"\u0627"),
    ("\u0915", r"\u0915"),
    ("\U0001f600", r"\u1f600"),
    ("\u202e", r"\u202e"),
    ("\x07", r"\u0007"),
]


def page(path, text):
    sheet = Sheet(path, "Title", "footer")
    sheet.heading(text)
    sheet.begin_table(("Value",), (1,))
    sheet.row((text,))
    sheet.save()
    return path


def copied(path):
    return pypdfium2.PdfDocument(str(path))[0].get_textpage().get_text_range()


@pytest.mark.parametrize("text", DRAWN)
def test_latin_greek_cyrillic_and_east_asian_text_is_drawn(tmp_path, text):
    """In headings and in cells, and it is the same text when somebody copies it."""
    assert copied(page(tmp_path / "p.pdf", text)).count(text) == 2


@pytest.mark.parametrize(("text", "code"), CODES, ids=[code for _, code in CODES])
def test_what_would_be_missing_hidden_or_in_the_wrong_order_is_shown_as_its_code_points(tmp_path, text, code):
    """Right-to-left text, scripts without a face, characters that act on others."""
    found = copied(page(tmp_path / "p.pdf", f"a{text}b"))
    assert found.count(f"a{code}b") == 2
    assert text not in found


def test_a_cell_of_wide_characters_stays_within_its_column(tmp_path):
    """Their width is that of the face they are taken from."""
    sheet = Sheet(tmp_path / "p.pdf", "Title", "footer")
    sheet.begin_table(("Left", "Right"), (1, 1))
    sheet.row(("漢字" * 60, "RIGHT"))
    sheet.save()
    text = pypdfium2.PdfDocument(str(tmp_path / "p.pdf"))[0].get_textpage()
    boxes = {text.get_text_range(n, 1): text.get_charbox(n) for n in range(text.count_chars())}
    assert max(right for char, (_, _, right, _) in boxes.items() if char in "漢字") < sheet.width / 2


def test_faces_are_embedded_and_only_what_is_used_of_them(tmp_path):
    """Three faces of five megabytes make no large document."""
    path = page(tmp_path / "p.pdf", "漢字 Ж")
    assert path.stat().st_size < 100_000
    with pikepdf.open(path) as pdf:
        names = [
            str(one.FontName) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one
        ]
    assert {name.partition("+")[2] for name in names} == {"DejaVuSans", "DejaVuSans-Bold", "DroidSansFallback"}
