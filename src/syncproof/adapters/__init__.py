"""Adapters: one kind for each kind of system, loaded when a landscape asks for it.

An adapter of your own comes by entry point::

    [project.entry-points."syncproof.adapters"]
    acme = "acme_syncproof:create"

``create(*, name, base_url, roles, session, credentials, options)`` returns the adapter of one system;
a class with these keyword arguments serves as well. The kinds below are ours: an entry point of the same
name does not replace them. ``syncproof.conformance`` holds the tests that an adapter must pass.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from syncproof.errors import ConfigurationError
from syncproof.ports import System

Factory = Callable[..., System]

GROUP = "syncproof.adapters"
BUILT_IN: dict[str, tuple[str, str]] = {
    "simulated": ("syncproof.adapters.simulated:create", "syncproof"),
    "reference": ("syncproof.adapters.reference:create", "syncproof"),
    "tryton": ("syncproof.adapters.tryton:create", "syncproof"),
}
"""Kind -> (factory, the package to install if it cannot be loaded)."""


def kinds() -> list[str]:
    """Every kind of adapter that can be named in a landscape file."""
    return sorted({*BUILT_IN, *(point.name for point in entry_points(group=GROUP))})


def create(
    kind: str,
    *,
    name: str,
    base_url: str,
    roles: tuple[str, ...],
    session: Any,
    credentials: Mapping[str, Any],
    options: Mapping[str, Any],
) -> System:
    """The adapter of one system; ConfigurationError for an unknown kind, one that cannot be loaded, or
    one that declares a capability that does not exist."""
    system = _factory(kind)(
        name=name, base_url=base_url, roles=roles, session=session, credentials=credentials, options=options
    )
    _check_capabilities(kind, name, system)
    return system


def _factory(kind: str) -> Factory:
    if kind in BUILT_IN:
        target, package = BUILT_IN[kind]
        return _loaded(kind, EntryPoint(kind, target, GROUP), package)
    for point in entry_points(group=GROUP, name=kind):
        return _loaded(kind, point, point.dist.name if point.dist else point.module)
    known = kinds()
    text = f"unknown adapter {kind!r}{_meant(kind, known)}; valid: {', '.join(known)}"
    raise ConfigurationError(text)


def _loaded(kind: str, point: EntryPoint, package: str) -> Factory:
    try:
        factory: Factory = getattr(import_module(point.module), point.attr)
    except (ImportError, AttributeError) as error:
        text = f"adapter {kind!r} ({point.value}) cannot be loaded: {error}; install or repair the package {package}"
        raise ConfigurationError(text) from error
    return factory


def _check_capabilities(kind: str, name: str, system: System) -> None:
    """A misspelt capability would pass for one that the system does not have."""
    from syncproof.capabilities import ALL, unknown  # noqa: PLC0415  it needs the ports, the adapter has them

    for capability in sorted(unknown(system.capabilities)):
        text = f"adapter {kind!r} of {name} declares {capability!r}, which is no capability"
        raise ConfigurationError(f"{text}{_meant(capability, ALL)}; syncproof.capabilities lists them")


def _meant(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
