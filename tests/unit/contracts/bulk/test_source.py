"""Documents come out of files one by one, and what is none is told with its file."""

import os

import pytest

from syncproof.contracts.bulk import source
from syncproof.contracts.bulk.source import Document, Refused, documents


def read(*paths):
    return list(documents(paths))


def test_each_line_is_a_document_and_blank_lines_are_none(tmp_path):
    file = tmp_path / "a.ndjson"
    file.write_bytes(b'{"a":1}\r\n\n  \n{"a":2}')
    assert [(each.line, each.raw.strip()) for each in read(file)] == [(1, b'{"a":1}'), (4, b'{"a":2}')]


def test_a_json_file_is_one_document_of_many_lines(tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(b'{\n"a":1\n}\n')
    assert read(file) == [Document(str(file), 1, b'{\n"a":1\n}\n', True)]


def test_a_directory_gives_what_lies_in_it_by_name(tmp_path):
    for name in ("b/z.json", "a/y.ndjson", "a/x.jsonl", "a/readme.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    assert [each.file[len(str(tmp_path)) + 1 :] for each in read(tmp_path)] == ["a/x.jsonl", "a/y.ndjson", "b/z.json"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ndjson", b"", "is empty"),
        ("a.json", b" \n", "is empty"),
        ("a.ndjson", b"\n\n", "is empty"),
        ("a.ndjson", b"\xef\xbb\xbf{}\n", "byte order mark"),
        ("a.ndjson", b"\xff\xfe{\x00", "byte order mark"),
        ("a.json", b"{\n\x00", "zero at byte 2"),
    ],
)
def test_a_file_that_holds_no_document_is_refused_as_a_whole(tmp_path, name, content, message):
    file = tmp_path / name
    file.write_bytes(content)
    (told,) = read(file)
    assert isinstance(told, Refused)
    assert message in told.message


def test_a_directory_without_documents_is_told(tmp_path):
    (told,) = read(tmp_path)
    assert "no document" in told.message


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path, monkeypatch):
    good = tmp_path / "b.json"
    good.write_text("1")
    missing, device = read(tmp_path / "a.json", good), read(source.Path(os.devnull))
    assert ["cannot be read" in missing[0].message, missing[1].raw] == [True, b"1"]
    assert "no file" in device[0].message


@pytest.mark.parametrize("name", ["a.ndjson", "a.json"])
def test_a_document_that_is_too_long_is_passed_over_and_counted(tmp_path, monkeypatch, name):
    monkeypatch.setattr(source, "LONGEST", 100)
    monkeypatch.setattr(source, "BUFFER", 16)
    file = tmp_path / name
    file.write_bytes(b'"' + b"x" * 1000 + b'"\n{}\n')
    told, *rest = read(file)
    assert (told.line, told.counts) == (1, True)
    assert [each.line for each in rest] == ([2] if name == "a.ndjson" else [])
