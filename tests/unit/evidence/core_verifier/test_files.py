"""Nothing is opened outside the pack, and nothing but plain files."""

import os

import pytest

from syncproof.evidence import core_verifier
from syncproof.evidence.core_verifier import unsafe
from tests.unit.evidence.core_verifier.packs import (
    not_ok,
)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a\\b",
        "C:x",
        "a\nb",
        "\x1b[2J",
        "\u202egpj.exe",
        "x" * 1025,
    ],
)
def test_a_name_that_leads_elsewhere_is_not_opened(tmp_path, name):
    """Nor one that would write on the terminal."""
    assert unsafe(name, tmp_path) is not None


def test_a_name_behind_a_link_is_not_opened(tmp_path):
    """The link may be a folder above it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert unsafe("link/file", tmp_path) is not None
    assert unsafe("real/file", tmp_path) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
@pytest.mark.parametrize(
    ("name", "check"),
    [("record/journal-main.ndjson", "journals"), ("manifest.json", "manifest"), ("x.pipe", "manifest")],
)
def test_nobody_waits_for_a_pipe(copied, name, check):
    """It would never end."""
    (copied / name).unlink(missing_ok=True)
    os.mkfifo(copied / name)
    assert check in not_ok(copied)
    with pytest.raises(OSError, match="no plain file"):
        core_verifier.content(copied / name)


def test_a_link_is_not_opened(tmp_path):
    """Even if it came after it had been looked at."""
    (tmp_path / "real").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OSError, match="link"):
        core_verifier.content(tmp_path / "link")
