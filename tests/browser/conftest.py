"""The report of a small real run, opened in a real Chromium."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.page import ReportPage

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SELECTION = ("features/demo_scripts/a_revision_cutover.feature", "features/installation/installation.feature")
WHY = "no Chromium on this machine (apt-get install chromium): the report was not opened in a browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        for item in items:
            if item.path.parent == Path(__file__).parent:
                item.add_marker(pytest.mark.skip(reason=WHY))


def pytest_terminal_summary(terminalreporter) -> None:
    """Skipped tests are easily overlooked: say it in a line of its own."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(WHY in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"browser tests did not run: {WHY}", yellow=True)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``index.html`` of a run, made from its record by the command for that, in the folder of the user."""
    folder = tmp_path_factory.mktemp("report")
    assert call(folder, "qualify", *SELECTION, "--no-report").returncode == 0
    pack = next(path for path in (folder / "evidence").iterdir() if path.is_dir()).relative_to(folder)
    made = call(folder, "evidence", "report", str(pack))
    assert made.returncode == 0, made.stdout
    return folder / pack / "allure-report" / "index.html"


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "syncproof", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium without a window; no longer than the module, for while it is open its event loop is that of the
    process and tests elsewhere could not run one of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, report: Path) -> Iterator[ReportPage]:
    """The report, freshly opened."""
    opened = browser.new_page(viewport={"width": 1400, "height": 1400})
    yield ReportPage(opened, report.as_uri())
    opened.close()
