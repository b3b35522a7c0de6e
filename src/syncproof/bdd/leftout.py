"""What was written and is not run, although the command did not leave it out.

Only what a command says of its selection may leave a scenario out: paths and names, ``-k``, ``--requirement``,
``--phase`` and ``--site``. The record holds these. An option from elsewhere (PYTEST_ADDOPTS, addopts), another option
(``--ignore``, ``--deselect``, ``--lf``), a conftest or a plugin must not make a run smaller and green.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import KeywordMatcher  # pytest offers no other way to ask
from _pytest.mark.expression import Expression

from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.run import RUN
from syncproof.bdd.suites import is_replaced

SUFFIX = ".feature"
NOT_OURS = frozenset({"evidence", "node_modules", "site-packages", "__pycache__"})
"""Folders that hold no features of a suite, whatever their files are called; hidden ones neither."""
MOST = 10
"""Scenarios and files that are named; all are counted."""
HOW = "ask for less with a path, -k, --requirement, --phase or --site, and with nothing else"


def left_out(session: pytest.Session) -> list[str]:
    """Why the run is not green: scenarios and files that nobody asked to leave out."""
    run = session.config.stash[RUN]
    if run.replay is not None or not session.config.getini("syncproof_collect"):
        return []
    kept = {item.spec.id for item in session.items if isinstance(item, ScenarioItem)}
    gone = [item for item in run.items if item.spec.id not in kept and _is_asked(item)]
    scenarios = [
        f"{item.spec.id} was left out by something else than the command's selection (a conftest, a plugin, "
        f"PYTEST_ADDOPTS, addopts or another option): {HOW}"
        for item in gone
    ]
    return [*_first(scenarios), *_first(list(_unseen(session.config)))]


def _first(faults: list[str]) -> list[str]:
    more = len(faults) - MOST
    return [*faults[:MOST], *([f"and {more} more of them"] if more > 0 else [])]


def _is_asked(item: ScenarioItem) -> bool:
    """Whether the command itself asks for a scenario."""
    config = item.config
    if not config.stash[RUN].selection.takes(item.spec) or not _is_named(item):
        return False
    keyword = said(config, "-k")
    if keyword is None:
        return True
    return Expression.compile(keyword).evaluate(KeywordMatcher.from_item(item))


def said(config: pytest.Config, option: str) -> str | None:
    """The last value that the command line itself gives to a short option; None if it does not."""
    arguments, found = command_line(config), None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument == option:
            found = following
        elif argument.startswith(option) and not argument.startswith("--"):
            found = argument.removeprefix(option).removeprefix("=")
    return found


def command_line(config: pytest.Config) -> list[str]:
    """The arguments of the command; a worker has those of its controller."""
    return list(config.stash[RUN].arguments or map(str, config.invocation_params.args))


def _is_named(item: ScenarioItem) -> bool:
    """Whether a path of the command holds the scenario: its name, its file or a folder above."""
    names = [argument.partition("::") for argument in item.config.args]
    base = item.config.invocation_params.dir
    for path, _, name in names:
        place = Path(os.path.normpath(base / path))
        if item.path.is_relative_to(place) and (not name or name in {item.name, item.name.partition("[")[0]}):
            return True
    return False


def _unseen(config: pytest.Config) -> Iterator[str]:
    """Feature files in the folders of the run that pytest passed over."""
    seen = config.stash[RUN].seen
    for path in sorted(set(_written(_folders(config)))):
        if path not in seen and not is_replaced(path, config.rootpath):
            why = "its suffix must be .feature" if path.suffix != SUFFIX else "pytest passed it over or was told to"
            if path.is_symlink() and not path.exists():
                why = "it is a link to nothing"
            yield f"{os.path.relpath(path, config.rootpath)} was written but not collected ({why}): {HOW}"


def _folders(config: pytest.Config) -> Iterator[Path]:
    """The folders that the command asks for; the whole suite, if it does not ask for less."""
    own = config.rootpath / "features"
    for argument in config.args:
        path = Path(os.path.normpath(config.invocation_params.dir / argument))
        if path.is_dir():
            yield config.rootpath if path == own else path


def _written(folders: Iterable[Path]) -> Iterator[Path]:
    for top in folders:
        for folder, inner, files in os.walk(top):
            inner[:] = [name for name in inner if not _is_foreign(Path(folder) / name)]
            yield from (Path(folder) / name for name in files if name.lower().endswith(SUFFIX))


def _is_foreign(folder: Path) -> bool:
    return folder.name in NOT_OURS or folder.name.startswith(".") or (folder / "pyvenv.cfg").is_file()
