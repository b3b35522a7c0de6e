"""Holds each version in use at a site against the version that would be released."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from syncproof.contracts.catalogue import fingerprint, registry
from syncproof.contracts.compatibility.modes import MODES, Finding, findings
from syncproof.contracts.compatibility.schemas import read
from syncproof.contracts.gate.sites import InUse, Site
from syncproof.errors import ConfigurationError

State = Literal["same", "compatible", "break", "unknown", "broken there"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One contract between a site and this change. ``because`` says what stands against it."""

    site: str
    used: InUse
    new: str | None
    state: State
    because: str = ""
    breaks: tuple[Finding, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether nothing stands against it."""
        return self.state in {"same", "compatible"}


def pairs(site: Site) -> list[Pair]:
    """Every contract in use at a site, in the order of its systems."""
    return [_pair(site.name, used) for used in site.in_use]


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
        return Pair(site, used, new, "compatible")
    text = f"{found[0].message}; the {found[0].move_first} must move first"
    return Pair(site, used, new, "break", text, found)


@cache
def _breaks(name: str, old: str, new: str) -> tuple[Finding, ...]:
    """The breaks between two versions under the mode that the contract states."""
    mode = registry()[name].compatibility
    if mode not in MODES:
        raise ConfigurationError(f"index.toml states the compatibility {mode!r} of {name}; known: {', '.join(MODES)}")
    return tuple(findings([read(f"{name}:{old}")], read(f"{name}:{new}"), mode))
