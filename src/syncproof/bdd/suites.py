"""Which suite a feature belongs to, and the registry of requirements that holds for all of them."""

from pathlib import Path

import pytest

from syncproof.evidence.registry import Registry, load_registry
from syncproof.suite_files import suite_root

REGISTRY = pytest.StashKey[Registry | None]()


def suite_of(path: Path, rootpath: Path) -> Path:
    """The suite a feature belongs to: the user's repository or the bundled one."""
    bundled = suite_root()
    return bundled if path.is_relative_to(bundled) and not path.is_relative_to(rootpath) else rootpath


def is_replaced(path: Path, rootpath: Path) -> bool:
    """Whether a bundled feature gives way to the user's own of the same name."""
    suite = suite_of(path, rootpath)
    return suite != rootpath and (rootpath / path.relative_to(suite)).is_file()


def registry_of(config: pytest.Config) -> Registry | None:
    """The bundled registry with the user's own on top; None for a suite without one. Read when the
    first feature is collected; ConfigurationError says what is wrong with a file."""
    if REGISTRY not in config.stash:
        roots = dict.fromkeys((suite_root(), config.rootpath))
        names = config.getini("syncproof_registry")
        paths = [path for root in roots for name in names for path in sorted(root.glob(name))]
        config.stash[REGISTRY] = load_registry(paths) if paths else None
    return config.stash[REGISTRY]
