"""The report is one page that asks nobody for anything; without Node or network, a message."""

import re

import pytest

from syncproof.errors import EvidenceError
from syncproof.reporting import allure, allure_html

ANALYTICS = """
    <script async src="https://www.googletagmanager.com/gtag/js?id=G-X"></script>
    <script>
        window.dataLayer = window.dataLayer || [];
        function gtag(){dataLayer.push(arguments);}
        gtag('config', 'G-X', {"single_file": "true"});
    </script>
"""


def test_both_analytics_blocks_are_taken_out():
    """And nothing else is."""
    page = f"<html><script>var app=1</script>{ANALYTICS}<script>var data=2</script></html>"
    clean = allure_html.without_analytics(page)
    assert re.sub(r"\s", "", clean) == "<html><script>varapp=1</script><script>vardata=2</script></html>"


def test_the_report_itself_is_never_taken_for_analytics():
    """Its script is long, whatever words are in it."""
    app = f"<script>{'x' * 6000} gtag( </script>"
    assert allure_html.without_analytics(app) == app


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "<link rel=stylesheet href='//cdn.example/x.css'>",
        '<img src="http://tracker/pixel.gif">',
        f"<script>{'x' * 6000} googletagmanager </script>",
    ],
)
def test_a_page_that_asks_outside_is_not_handed_out(page):
    """A new version of Allure may find new ways."""
    with pytest.raises(EvidenceError, match="would load something from outside"):
        allure_html.without_analytics(page)


def test_without_network_the_results_stay_and_a_message_says_how_to_go_on(record, tmp_path, monkeypatch):
    """No report is no failure of the run."""
    monkeypatch.setenv("SYNCPROOF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(allure_html, "_run", lambda *_, **__: None)
    results = allure.write(record, tmp_path / "pack" / "allure-results")
    said = allure_html.make(results, tmp_path / "pack" / "allure-report")
    assert said.startswith("none: the npm package allure@3.18.0 could not be installed (is there network?).")
    assert f"The Allure results lie in {results}" in said
    assert f"'syncproof evidence report {tmp_path / 'pack'}'" in said
    assert results.is_dir()
    assert not (tmp_path / "cache" / "allure-3.18.0").exists()


def test_a_cache_that_cannot_be_written_is_said(record, tmp_path, monkeypatch):
    """With the variable that puts it elsewhere."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SYNCPROOF_CACHE", str(tmp_path / "file" / "cache"))
    assert "set SYNCPROOF_CACHE" in allure_html.make(tmp_path, tmp_path / "report")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/syncproof"),
        ("linux", {}, "/home/u/.cache/syncproof"),
        ("darwin", {}, "/home/u/Library/Caches/syncproof"),
        ("linux", {"SYNCPROOF_CACHE": "/y"}, "/y"),
    ],
)
def test_the_cache_lies_where_the_platform_keeps_caches(monkeypatch, platform, variables, expected):
    """Per user, and overridable."""
    for name in ("XDG_CACHE_HOME", "SYNCPROOF_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", "/home/u")
    monkeypatch.setattr(allure_html.sys, "platform", platform)
    assert str(allure_html.cache_directory()) == expected


@pytest.mark.slow
def test_the_real_report_is_one_page_without_outside_requests(record, tmp_path):
    """Made by the real Allure (from the cache, or installed)."""
    results = allure.write(record, tmp_path / "allure-results")
    said = allure_html.make(results, tmp_path / "allure-report")
    if said.startswith("none: the npm package"):
        pytest.skip(said)
    assert said == str(tmp_path / "allure-report" / "index.html")
    assert [path.name for path in (tmp_path / "allure-report").iterdir()] == ["index.html"]
    page = (tmp_path / "allure-report" / "index.html").read_text()
    assert "googletagmanager" not in page
    assert "gtag(" not in page


def test_what_node_says_does_not_reach_our_output(tmp_path, capfd):
    """A failing tool is a None, not noise."""
    assert allure_html._run(["sh", "-c", "echo noise; echo more >&2; exit 1"], 5, cwd=tmp_path) is None
    assert allure_html._run(["no-such-program"], 5, cwd=tmp_path) is None
    assert allure_html._run(["sleep", "5"], 0.1, cwd=tmp_path) is None
    assert capfd.readouterr() == ("", "")
