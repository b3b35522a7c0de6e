"""Holds each version in use at a site against the version that would be released."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from syncproof.contracts.catalogue import fingerprint, folder, registry
from syncproof.contracts.compatibility.modes import Finding, findings
from syncproof.contracts.compatibility.schemas import read
from syncproof.contracts.gate.sites import InUse, Site

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
    if used.version == new:
        return _of_one_version(site, used, new)
    if not (folder() / used.contract / used.version / "schema.json").is_file():
        text = f"version {used.version} of {used.contract} is in use there and its schema is not here"
        return Pair(site, used, new, "unknown", text)
    return _of_two_versions(site, used, new)


def _of_one_version(site: str, used: InUse, new: str) -> Pair:
    if used.schema in {None, fingerprint(used.contract, new)}:
        return Pair(site, used, new, "same")
    text = f"{used.contract} {new} was changed since that run and kept its version: give it a new one"
    return Pair(site, used, new, "break", text)


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
    return tuple(findings([read(f"{name}:{old}")], read(f"{name}:{new}"), mode))
