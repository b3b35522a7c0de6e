"""Protocols: which scenarios are executed to which end, what is accepted, and who approved that beforehand.

An approval is for one content: when the protocol changes, it is gone. A run under a protocol that nobody approved
computes the same verdicts and makes no claim of qualification (checklist rows 1, 7, 24).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from syncproof.errors import ConfigurationError
from syncproof.evidence import toml_file
from syncproof.evidence.canonical import canonical, sha256

FOLDER = "protocols"
APPROVED = ".approval.toml"
UNAPPROVED = "unapproved protocol: no qualification claim"
_TEXTS = ("id", "version", "phase", "title", "objective", "scope")
_ITEM = ("select", "intended_use", "criterion")
_APPROVAL = ("name", "role", "meaning", "reason", "protocol_hash")


@dataclass(frozen=True, slots=True)
class Item:
    """Features that are executed (a pattern of paths), what they are for, and when they are accepted."""

    select: str
    intended_use: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a protocol, in which role, when (with its zone) and why; ``protocol_hash`` says which content."""

    name: str
    role: str
    meaning: str
    reason: str
    protocol_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Protocol:
    """One protocol; ``hash`` is over its content, whatever the layout of the file."""

    id: str
    version: str
    phase: str
    title: str
    objective: str
    scope: str
    acceptance: tuple[str, ...]
    items: tuple[Item, ...]
    hash: str
    path: Path
    approval: Approval | None = None

    def item_of(self, scenario: str) -> Item | None:
        """The item that a scenario (by its id) belongs to."""
        feature = scenario.partition("::")[0]
        return next((item for item in self.items if fnmatchcase(feature, item.select)), None)

    def is_approved(self, before: datetime) -> bool:
        """Whether this content had been approved at an instant."""
        found = self.approval
        return found is not None and found.protocol_hash == self.hash and found.at <= before

    def facts(self, before: datetime) -> dict[str, Any]:
        """As the record holds it. ``before`` is the start of the run."""
        approval = None
        if self.approval is not None and self.is_approved(before):
            names = ("name", "role", "meaning", "reason", "protocol_hash")
            approval = {name: getattr(self.approval, name) for name in names} | {"at": self.approval.at.isoformat()}
        texts = {name: getattr(self, name) for name in (*_TEXTS, "hash")}
        items = [{name: getattr(item, name) for name in _ITEM} for item in self.items]
        return {**texts, "acceptance": list(self.acceptance), "items": items, "approval": approval}


def load(folders: Iterable[Path]) -> dict[str, Protocol]:
    """The protocols of some ``protocols`` folders by id; of two with one id, the later folder's. ConfigurationError
    names file, key and value of a mistake."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.toml")) if not path.name.endswith(APPROVED)]
    return {protocol.id: protocol for protocol in map(_read, paths)}


def approval_path(protocol: Protocol) -> Path:
    """Where the approval of a protocol lies."""
    return protocol.path.with_name(protocol.path.stem + APPROVED)


def approval_text(protocol: Protocol, name: str, role: str, reason: str, at: datetime) -> str:
    """The approval file of a protocol as it is now."""
    meaning = f"I approve {protocol.id} version {protocol.version} for execution."
    values = {"name": name, "role": role, "meaning": meaning, "reason": reason, "protocol_hash": protocol.hash}
    lines = [f"{key} = {_quoted(value)}" for key, value in values.items()]
    return "\n".join([*lines, f"at = {at.isoformat(timespec='seconds')}"]) + "\n"


def _read(path: Path) -> Protocol:
    content = toml_file.read(path)
    toml_file.refuse_keys(str(path), content, (*_TEXTS, "acceptance", "item"))
    toml_file.refuse_empty(str(path), content, _TEXTS)
    if content["phase"] not in {"iq", "oq", "pq"}:
        raise ConfigurationError(f"{path}: 'phase' is {content['phase']!r}; valid: iq, oq, pq")
    if not content["acceptance"]:
        raise ConfigurationError(f"{path}: 'acceptance' is empty: say when the protocol is passed")
    for number, table in enumerate(content["item"], 1):
        toml_file.refuse_keys(f"{path} (item {number})", table, _ITEM)
        toml_file.refuse_empty(f"{path} (item {number})", table, _ITEM)
    return Protocol(
        **{name: content[name] for name in _TEXTS},
        acceptance=tuple(content["acceptance"]),
        items=tuple(Item(**table) for table in content["item"]),
        hash="sha256:" + sha256(canonical(content)),
        path=path,
        approval=_approval(path.with_name(path.stem + APPROVED)),
    )


def _approval(path: Path) -> Approval | None:
    if not path.is_file():
        return None
    content = toml_file.read(path)
    toml_file.refuse_keys(str(path), content, (*_APPROVAL, "at"))
    toml_file.refuse_empty(str(path), content, _APPROVAL)
    at = content["at"]
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise ConfigurationError(
            f"{path}: 'at' is {at}: write an instant with its zone, like 2026-01-31T09:00:00+01:00"
        )
    return Approval(**content)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
