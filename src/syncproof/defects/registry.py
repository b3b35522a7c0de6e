"""The defects there are: those of the catalogue, and those of a user's file."""

import difflib
import fnmatch
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from syncproof.defects import catalogue, harmless
from syncproof.defects.base import Defect, hooks
from syncproof.defects.policies import policies, systems
from syncproof.errors import ConfigurationError

Registry = Mapping[str, Defect]
STATED = ("mechanism", "citation", "requirements")
"""What every defect says of itself."""


def registry(file: Path | None = None) -> dict[str, Defect]:
    """Every defect by its id, as they are written; those of a user's file, or of a folder of such, come last."""
    modules = [
        importlib.import_module(f"{package.__name__}.{each.name}")
        for package in (catalogue, harmless)
        for each in pkgutil.iter_modules(package.__path__)
    ]
    found: dict[str, Defect] = {}
    for module in [*modules, *map(imported, files_of(file) if file else ())]:
        for defect in defined(module):
            if defect.id in found:
                raise ConfigurationError(f"{module.__file__}: the id {defect.id} is taken already; give it another")
            found[defect.id] = defect
    return found


def files_of(place: Path) -> list[Path]:
    """A user's file, or the Python files of a folder; ConfigurationError if it holds none."""
    if not place.is_dir():
        return [place]
    found = sorted(place.glob("*.py"))
    if not found:
        raise ConfigurationError(f"the folder {place} holds no defect file: give Python files (.py)")
    return found


def imported(file: Path) -> ModuleType:
    """A user's file as a module; ConfigurationError if it cannot be imported."""
    spec = importlib.util.spec_from_file_location(f"syncproof_defects_{file.stem}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise ConfigurationError(f"the defect file {file} cannot be imported: it must be a Python file (.py)")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ConfigurationError(f"the defect file {file} does not import: {type(error).__name__}: {error}") from error
    if not list(defined(module)):
        raise ConfigurationError(f"the defect file {file} defines no defect: write a subclass of Defect with an id")
    return module


def defined(module: ModuleType) -> Iterable[Defect]:
    """The defects that a module defines itself."""
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Defect) and value.__module__ == module.__name__ and value.id:
            yield checked(value())


def checked(defect: Defect) -> Defect:
    """The defect, if it says what it must and replaces what there is."""
    name = f"defect {defect.id} ({type(defect).__module__}.{type(defect).__name__})"
    missing = [field for field in STATED if not getattr(defect, field)]
    if missing:
        raise ConfigurationError(f"{name} states no {', no '.join(missing)}; a docstring is the mechanism")
    if defect.waits_for or (hooks(defect) and not defect.policy):
        return defect
    for system in (defect.system, *defect.also):
        if system not in systems():
            raise ConfigurationError(f"{name}: {_unknown('system', system, systems())}")
        known = policies(system)
        if defect.policy not in known:
            text = _unknown("policy", defect.policy, known)
            raise ConfigurationError(f"{name}: {system} has {text}; all: syncproof power --policies")
    if type(defect).replacement is Defect.replacement:
        raise ConfigurationError(f"{name} has no method 'replacement', which says what is decided instead")
    return defect


def _unknown(what: str, given: str, valid: Iterable[str]) -> str:
    names = list(valid)
    near = difflib.get_close_matches(given, names, n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    shown = "" if what == "policy" else f"; valid: {', '.join(names)}"
    return f"no {what} {given!r}{meant}{shown}"


def chosen(known: Registry, ids: Iterable[str]) -> dict[str, Defect]:
    """Those that are named (``*`` stands for any part of a name), or all; ConfigurationError with the nearest match
    for what there is not."""
    found: dict[str, Defect] = {}
    for name in ids:
        named = fnmatch.filter(known, name)
        if not named:
            raise ConfigurationError(f"there is {_unknown('defect', name, known)}")
        found |= {id_: known[id_] for id_ in named}
    return found or dict(known)
