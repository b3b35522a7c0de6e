"""Registry files are read as UTF-8 and TOML, and a mistake is answered with its place, the nearest and the valid keys."""

from pathlib import Path

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence import toml_file


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A file that is not there yet, under its relative name."""
    monkeypatch.chdir(tmp_path)
    return Path("own.toml")


def test_a_file_is_read_with_its_text_whatever_the_locale_and_line_breaks(own):
    own.write_bytes('title = "Größe"\r\n[more]\r\n'.encode())
    assert toml_file.read(own) == {"title": "Größe", "more": {}}
    assert toml_file.read_with_text(own) == ('title = "Größe"\r\n[more]\r\n', {"title": "Größe", "more": {}})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "own.toml cannot be read: No such file or directory"),
        (b"# M\xfcller", "own.toml is not UTF-8 text (byte 3): save it as UTF-8"),
        (b"id = \n", "own.toml is not valid TOML: Invalid value (at line 1, column 6)"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(own, data, message):
    if data is not None:
        own.write_bytes(data)
    with pytest.raises(ConfigurationError) as refused:
        toml_file.read(own)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (("id", "txt", "b"), "p: unknown key 'txt'; valid: id, text, note. Did you mean 'text'?"),
        (("id", "text", "nota"), "p: unknown key 'nota'; valid: id, text, note. Did you mean 'note'?"),
        (("id", "text", "xxxxx"), "p: unknown key 'xxxxx'; valid: id, text, note."),
        (("note",), "p: id, text missing"),
    ],
)
def test_keys_that_are_unknown_or_missing_are_told(found, message):
    """An optional one is neither."""
    with pytest.raises(ConfigurationError) as refused:
        toml_file.refuse_keys("p", found, ("id", "text"), ("note",))
    assert str(refused.value) == message


@pytest.mark.parametrize("found", [("id", "text"), ("text", "note", "id")])
def test_keys_that_may_be_there_are_not_told(found):
    toml_file.refuse_keys("p", found, ("id", "text"), ("note",))


def test_only_the_nearest_key_is_proposed():
    assert toml_file.nearest("scop", ("scoop", "stop", "scope")) == " Did you mean 'scope'?"


@pytest.mark.parametrize(("value", "shown"), [("", "''"), (" \n", "' \\n'"), (7, "7"), (None, "None")])
def test_a_text_that_says_nothing_is_refused(value, shown):
    toml_file.refuse_empty("p", {"id": "A", "text": value}, ("id",))
    with pytest.raises(ConfigurationError) as refused:
        toml_file.refuse_empty("p", {"id": "A", "text": value}, ("id", "text"))
    assert str(refused.value) == f"p: 'text' is {shown}: write a text in quotes"
