"""Holds each version in use at a site against the version that would be released."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from syncproof.contracts.catalogue import VERSION, fingerprint, registry
from syncproof.contracts.compatibility.modes import MODES, Finding, findings
from syncproof.contracts.compatibility.schemas import read
from syncproof.contracts.gate.sites import InUse, Site
from syncproof.errors import ConfigurationError

State = Literal["same", "compatible", "break", "unknown", "broken there"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One contract between a site and this change. ``because`` says what stands against it, ``first`` who has to move
    first where that matters (providers, consumers)."""

    site: str
    used: InUse
    new: str | None
    state: State
    because: str = ""
    breaks: tuple[Finding, ...] = ()
    first: str | None = None

    @property
    def stands(self) -> bool:
        """Whether nothing stands against it."""
        return self.state in {"same", "compatible"}


def pairs(site: Site) -> list[Pair]:
    """Every contract in use at a site, in the order of its systems; then versions of one contract that its systems
    speak with each other and that do not fit."""
    return [*(_pair(site.name, used) for used in site.in_use), *_among_themselves(site)]


def _among_themselves(site: Site) -> Iterator[Pair]:
    for used in site.in_use:
        for other in site.in_use:
            if used.contract == other.contract and _number(used.version) < _number(other.version):
                yield from _two_systems(site.name, used, other)


def _number(version: str) -> tuple[int, ...]:
    """Empty for what is no version: a message may state anything."""
    return tuple(map(int, version.split("."))) if VERSION.fullmatch(version) else ()


def _two_systems(site: str, used: InUse, other: InUse) -> Iterator[Pair]:
    """What the mode does not promise between an older and a newer version there. Versions that are not here, or are not
    what they were there, have a row already."""
    name = used.contract
    if name not in registry() or any(
        one.schema != fingerprint(name, one.version) or not one.schema for one in (used, other)
    ):
        return
    found = _breaks(name, used.version, other.version)
    if found:
        who = f"the {found[0].move_first} must move first"
        text = f"{other.system} speaks {name} {other.version} there; {found[0].message}; {who}"
        yield Pair(site, used, registry()[name].version, "break", text, found)


def _pair(site: str, used: InUse) -> Pair:
    contract = registry().get(used.contract)
    new = None if contract is None else contract.version
    if new is None:
        return Pair(site, used, None, "break", f"{used.contract} is in use there and no longer among the contracts")
    if used.broken:
        text = f"{used.broken} of {used.messages} messages of {used.contract} {used.version} broke it in that run"
        return Pair(site, used, new, "broken there", text)
    here = fingerprint(used.contract, used.version)
    if here is None:
        text = f"version {used.version} of {used.contract} is in use there and its schema is not here"
        return Pair(site, used, new, "unknown", text)
    if used.schema is None:
        text = f"the record does not say which schema {used.contract} {used.version} was there"
        return Pair(site, used, new, "unknown", text)
    if used.schema != here:
        text = f"{used.contract} {used.version} was changed since that run and kept its version: give it a new one"
        return Pair(site, used, new, "break", text)
    return Pair(site, used, new, "same") if used.version == new else _of_two_versions(site, used, new)


def _of_two_versions(site: str, used: InUse, new: str) -> Pair:
    found = _breaks(used.contract, used.version, new)
    if not found:
        return Pair(site, used, new, "compatible", first=_first(used.contract, used.version, new))
    text = f"{found[0].message}; the {found[0].move_first} must move first"
    return Pair(site, used, new, "break", text, found)


def _first(name: str, old: str, new: str) -> str | None:
    """Who moves first if two versions fit in one direction only."""
    for direction, who in (("backward", "providers"), ("forward", "consumers")):
        if _breaks(name, old, new, direction):
            return who
    return None


@cache
def _breaks(name: str, old: str, new: str, mode: str | None = None) -> tuple[Finding, ...]:
    """The breaks between two versions under a mode (None: that which the contract states)."""
    mode = mode or registry()[name].compatibility
    if mode not in MODES:
        raise ConfigurationError(f"index.toml states the compatibility {mode!r} of {name}; known: {', '.join(MODES)}")
    return tuple(findings([read(f"{name}:{old}")], read(f"{name}:{new}"), mode))
