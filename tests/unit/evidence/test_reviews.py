"""A review of a link is kept for the text that it was given for, and what could not be read again is not written."""

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence import reviews

ONE = ("features/a.feature::Größe", "URS-1")
OTHER = ("features/a.feature::Farbe", "URS-2")
REVIEW = ("0123456789ab", "Jane Roe", "2026-05-01")
HEAD = "scenario\trequirement\thash\tby\ton\n"
COLUMNS = "the first line must be scenario, requirement, hash, by, on, with tabs between them"


@pytest.mark.parametrize(
    ("scenario", "template"),
    [
        ("a.feature::One[12]", "a.feature::One"),
        ("a.feature::One", "a.feature::One"),
        ("a.feature::One [2] two", "a.feature::One [2] two"),
        ("a.feature::One[2][3]", "a.feature::One[2]"),
        ("a.feature::One[x]", "a.feature::One[x]"),
        ("a.feature::One[2", "a.feature::One[2"),
    ],
)
def test_the_rows_of_an_outline_share_their_reviews(scenario, template):
    assert reviews.template(scenario) == template


def test_a_review_names_a_text_by_twelve_digits():
    assert reviews.short("sha256:0123456789abcdef") == reviews.short("0123456789abcdef") == "0123456789ab"


def test_reviews_are_written_sorted_and_read_again(tmp_path):
    """Also after somebody left a line blank, or saved the file with other line breaks and a byte order mark."""
    path = tmp_path / "reviews.tsv"
    reviews.write(path, {ONE: REVIEW, OTHER: REVIEW})
    rows = [("\t".join((*link, *REVIEW)) + "\n") for link in (OTHER, ONE)]
    assert path.read_bytes() == (HEAD + "".join(rows)).encode()
    path.write_bytes((HEAD + "\n".join(rows)).replace("\n", "\r\n").encode("utf-8-sig"))
    assert reviews.load([path]) == {ONE: REVIEW, OTHER: REVIEW}


def test_the_review_of_a_later_file_counts_and_a_file_need_not_be_there(tmp_path):
    """A site reviews ours again in its own folder."""
    ours, own = tmp_path / "ours.tsv", tmp_path / "own.tsv"
    again = ("ba9876543210", "John Doe", "2026-06-01")
    reviews.write(ours, {ONE: REVIEW, OTHER: REVIEW})
    reviews.write(own, {ONE: again})
    assert reviews.load([ours, tmp_path / "none.tsv", own]) == {ONE: again, OTHER: REVIEW}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (HEAD.encode() + b"\na\tb\n", ":3: 2 cells; there must be scenario, requirement, hash, by, on"),
        (HEAD.encode() + b"a\tb\tc\td\te\tf\n", ":2: 6 cells; there must be scenario, requirement, hash, by, on"),
        (b"a\xfc", " is not UTF-8 text (byte 1): save it as UTF-8"),
        (b"a\tb\tc\td\te\n" * 2, ":1: 'a\\tb\\tc\\td\\te' does not name the columns: " + COLUMNS),
        (b"", ":1: '' does not name the columns: " + COLUMNS),
        (b"\n" + HEAD.encode(), ":1: '' does not name the columns: " + COLUMNS),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path, data, message):
    path = tmp_path / "reviews.tsv"
    path.write_bytes(data)
    with pytest.raises(ConfigurationError) as refused:
        reviews.load([path])
    assert str(refused.value) == f"{path}{message}"


@pytest.mark.parametrize("name", ["", " ", "Jane\tRoe", "Jane\nRoe", "Jane Roe\n", "Jane\u2028Roe"])
def test_what_could_not_be_read_again_is_not_written(tmp_path, name):
    """It would stop every run that comes after, or say that somebody else reviewed."""
    path = tmp_path / "reviews.tsv"
    with pytest.raises(ConfigurationError) as refused:
        reviews.write(path, {ONE: (REVIEW[0], name, REVIEW[2])})
    assert str(refused.value) == f"{path}: {name!r} is to stand in a cell: write a text on one line, without tabs"
    assert not path.exists()
