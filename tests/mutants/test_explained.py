"""The list of explained mutants excuses what it names and nothing else."""

from pathlib import Path

import pytest

from tests.mutants.explained import Explained, Row, read

ROW = Row("src/a.py", "a < b", "a <= b", "a and b are never equal")


def test_only_the_very_change_is_explained():
    known = Explained([ROW])
    assert known.state(ROW) == "explained"
    assert known.state(Row("src/a.py", "a < b", "a > b", "")) == "survived"
    assert known.state(Row("src/b.py", "a < b", "a <= b", "")) == "survived"


def test_an_explanation_of_nothing_is_told_if_its_file_was_tried():
    known = Explained([ROW])
    assert known.unused({"src/a.py"}) == [ROW]
    assert known.unused({"src/b.py"}) == []
    known.state(ROW)
    assert known.unused({"src/a.py"}) == []


def test_a_row_without_a_reason_is_refused(tmp_path):
    file = tmp_path / "tests" / "mutants" / "explained.tsv"
    file.parent.mkdir(parents=True)
    file.write_text("file\twas\tbecomes\twhy\nsrc/a.py\ta < b\ta <= b\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no reason is given for 'a < b' in src/a.py"):
        read(tmp_path)


def test_what_is_explained_here_is_code_that_exists():
    root = Path(__file__).parents[2]
    rows = read(root).rows
    assert rows
    assert [row.file for row in rows if not (root / row.file).is_file()] == []
