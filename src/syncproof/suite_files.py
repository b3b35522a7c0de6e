"""Where the suite lies: in the wheel, in a checkout, and beside them in a user's repository."""

import importlib
import pkgutil
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent


def suite_root() -> Path:
    """The folder that holds features, steps, fixtures, contracts and reports.

    In an installed wheel it is ``syncproof/suite``; in a checkout the repository itself.
    """
    bundled = PACKAGE / "suite"
    return bundled if bundled.is_dir() else PACKAGE.parent.parent


NO_REQUIREMENTS = ("risk.toml", "scorecard.toml", "clauses.toml")
"""Files of a registry folder that hold something else than requirements."""


def registry_folders() -> list[Path]:
    """Where registries lie: the bundled one, then that of the repository we are in."""
    return [place / "reports" / "registry" for place in dict.fromkeys((suite_root(), Path.cwd()))]


def registry_files() -> list[Path]:
    """Requirement registries: the bundled ones, then those of the repository we are in."""
    found = (file for folder in registry_folders() for file in sorted(folder.glob("*.toml")))
    return [file for file in found if file.name not in NO_REQUIREMENTS]


def suite_modules(*packages: str) -> list[str]:
    """The modules of the suite's packages, for ``pytest_plugins`` of a conftest.

    ``fixtures`` and ``steps`` are namespace packages: a user's repository that has folders of the
    same name adds its modules to the bundled ones, and replaces those of the same name because its
    folder comes first on the path.
    """
    root = str(suite_root())
    if root not in sys.path:
        sys.path.append(root)
    importlib.invalidate_caches()
    names: dict[str, None] = {}
    for package in packages:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            names[f"{package}.{module.name}"] = None
    return list(names)
