"""Which suite a feature belongs to, and the registry of requirements that holds for all of them."""

from pathlib import Path

import pytest

from syncproof.bdd.judged import Judged
from syncproof.evidence import protocols, reviews, risk
from syncproof.evidence.registry import Registry, load_registry
from syncproof.suite_files import NO_REQUIREMENTS, suite_root

JUDGED = pytest.StashKey[Judged]()


def suite_of(path: Path, rootpath: Path) -> Path:
    """The suite a feature belongs to: the user's repository or the bundled one."""
    bundled = suite_root()
    return bundled if path.is_relative_to(bundled) and not path.is_relative_to(rootpath) else rootpath


def is_replaced(path: Path, rootpath: Path) -> bool:
    """Whether a bundled feature gives way to the user's own of the same name."""
    suite = suite_of(path, rootpath)
    return suite != rootpath and (rootpath / path.relative_to(suite)).is_file()


def registry_of(config: pytest.Config) -> Registry | None:
    """The bundled registry with the user's own on top; None for a suite without one."""
    return judged_by(config).registry


def judged_by(config: pytest.Config) -> Judged:
    """Registry, risks, protocols and reviewed links that hold for the run. Read when the first feature is collected;
    ConfigurationError says what is wrong with a file."""
    if JUDGED not in config.stash:
        roots = list(dict.fromkeys((suite_root(), config.rootpath)))
        names = config.getini("syncproof_registry")
        found = (path for root in roots for name in names for path in sorted(root.glob(name)))
        paths = [path for path in found if path.name not in NO_REQUIREMENTS]
        config.stash[JUDGED] = _judged(paths, [root / "reports" / "registry" for root in roots]) if paths else Judged()
    return config.stash[JUDGED]


def _judged(paths: list[Path], folders: list[Path]) -> Judged:
    return Judged(
        load_registry(paths),
        risk.load(folder / risk.RISK for folder in folders if (folder / risk.RISK).is_file()),
        protocols.load(folder / protocols.FOLDER for folder in folders),
        reviews.load(folder / reviews.REVIEWS for folder in folders),
    )
