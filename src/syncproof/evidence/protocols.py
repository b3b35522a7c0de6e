"""Protocols: which scenarios are executed to which end, what is accepted, and who approved that beforehand.

An approval is for one content, that of the protocol and of the features that it lists: when either changes, it is gone.
A run under a protocol that nobody approved
computes the same verdicts and makes no claim of qualification (checklist rows 1, 7, 24).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    """Who approved a protocol, in which role, when (with its zone) and why; ``protocol_hash`` says which content,
    ``features`` the hash of each feature file that it listed then."""

    name: str
    role: str
    meaning: str
    reason: str
    protocol_hash: str
    at: datetime
    features: Mapping[str, str] = field(default_factory=dict)


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

    def unapproved(self, before: datetime | None = None, features: Mapping[str, str] | None = None) -> str | None:
        """Why this content does not count as approved at an instant (None: whenever), with these feature files (path ->
        hash); None if it does."""
        found = self.approval
        if found is None:
            return "nobody approved it"
        since = f"since {found.name} approved it on {found.at:%Y-%m-%d}"
        if found.protocol_hash != self.hash:
            return f"it was changed {since}"
        changed = [path for path, digest in (features or {}).items() if found.features.get(path) != digest]
        if changed:
            return f"{', '.join(sorted(changed))} changed {since}"
        return "it was approved after the run had started" if before is not None and found.at > before else None

    def facts(self, before: datetime, features: Mapping[str, str]) -> dict[str, Any]:
        """As the record holds it. ``before`` is the start of the run, ``features`` what it executes of the protocol."""
        reason = self.unapproved(before, features)
        approval = None
        if self.approval is not None and reason is None:
            names = ("name", "role", "meaning", "reason", "protocol_hash")
            approval = {name: getattr(self.approval, name) for name in names} | {"at": self.approval.at.isoformat()}
        texts = {name: getattr(self, name) for name in (*_TEXTS, "hash")}
        items = [{name: getattr(item, name) for name in _ITEM} for item in self.items]
        rest = {"acceptance": list(self.acceptance), "items": items}
        return {**texts, **rest, "approval": approval, "unapproved": reason}


def load(folders: Iterable[Path]) -> dict[str, Protocol]:
    """The protocols of some ``protocols`` folders by id, in the order of the folders; of two with one id, the later
    folder's. ConfigurationError names file, key and value of a mistake."""
    found: dict[str, Protocol] = {}
    for folder in folders:
        here: dict[str, Protocol] = {}
        for path in sorted(folder.glob("*.toml")):
            if path.name.endswith(APPROVED):
                continue
            one = _read(path)
            if one.id in here:
                raise ConfigurationError(f"{path}: the id {one.id!r} stands in {here[one.id].path.name} as well")
            here[one.id] = one
        found = {id_: one for id_, one in found.items() if id_ not in here} | here
    return found


def features_of(protocol: Protocol, suites: Iterable[Path]) -> dict[str, str]:
    """Path and hash of the feature files that a protocol lists, of several suites; a later one's replace those of the
    same path."""
    return {
        name: sha256(path.read_bytes())
        for suite in suites
        for path in sorted((suite / "features").rglob("*.feature"))
        if protocol.item_of(name := path.relative_to(suite).as_posix())
    }


def approval_path(protocol: Protocol) -> Path:
    """Where the approval of a protocol lies."""
    return protocol.path.with_name(protocol.path.stem + APPROVED)


def approval_text(protocol: Protocol, given: Mapping[str, str], at: datetime, features: Mapping[str, str]) -> str:
    """The approval file of a protocol as it is now; ``given`` holds name, role, reason and perhaps the meaning.
    ConfigurationError for one that says nothing or cannot be shown."""
    meaning = f"I approve {protocol.id} version {protocol.version} for execution."
    values = {"meaning": meaning, **given, "protocol_hash": protocol.hash}
    for key, value in values.items():
        if not value.strip() or not value.isprintable():
            raise ConfigurationError(f"{key} is {value!r}: write a text, on one line")
    lines = [f"{key} = {_quoted(value)}" for key, value in values.items()]
    listed = [f"{_quoted(path)} = {_quoted(digest)}" for path, digest in sorted(features.items())]
    return "\n".join([*lines, f"at = {at.isoformat(timespec='seconds')}", "", "[features]", *listed]) + "\n"


def _read(path: Path) -> Protocol:
    content = toml_file.read(path)
    toml_file.refuse_keys(str(path), content, (*_TEXTS, "acceptance", "item"))
    toml_file.refuse_empty(str(path), content, _TEXTS)
    if content["phase"] not in {"iq", "oq", "pq"}:
        raise ConfigurationError(f"{path}: 'phase' is {content['phase']!r}; valid: iq, oq, pq")
    _refuse_shapes(path, content)
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


def _refuse_shapes(path: Path, content: dict[str, Any]) -> None:
    accepted, items = content["acceptance"], content["item"]
    if accepted == []:
        raise ConfigurationError(f"{path}: 'acceptance' is empty: say when the protocol is passed")
    if not isinstance(accepted, list) or not all(isinstance(one, str) and one.strip() for one in accepted):
        raise ConfigurationError(f"{path}: 'acceptance' is {accepted!r}: write a list of texts")
    if not isinstance(items, list) or not items or not all(isinstance(one, dict) for one in items):
        raise ConfigurationError(f"{path}: write each item under a header [[item]]")


def _approval(path: Path) -> Approval | None:
    if not path.is_file():
        return None
    content = toml_file.read(path)
    toml_file.refuse_keys(str(path), content, (*_APPROVAL, "at", "features"))
    toml_file.refuse_empty(str(path), content, _APPROVAL)
    at = content["at"]
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise ConfigurationError(
            f"{path}: 'at' is {at}: write an instant with its zone, like 2026-01-31T09:00:00+01:00"
        )
    if not isinstance(content["features"], dict):
        raise ConfigurationError(f"{path}: 'features' is {content['features']!r}: write a table of paths and hashes")
    return Approval(**content)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
