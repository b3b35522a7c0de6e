"""The registry of requirements, layered from files: ours, and a customer's own on top.

A customer's file adds ids of its own and says with ``maps_to`` which of the others verify them, so
that their matrix fills without touching a feature. An id is defined once, in whatever file.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from syncproof.errors import ConfigurationError
from syncproof.evidence.canonical import sha256
from syncproof.evidence.registry_file import Entry, read_entries


@dataclass(frozen=True, slots=True)
class Source:
    """Where a requirement comes from: title and section of a document."""

    title: str
    section: str


@dataclass(frozen=True, slots=True)
class UserRequirement:
    """One requirement. ``scope`` is ``rig`` or ``later``; ``testable`` ``yes``, ``partly`` or ``no``,
    and if not ``yes`` then ``procedural`` says what of it a black-box test cannot show."""

    id: str
    version: str
    text: str
    source: Source
    kind: str
    scope: str
    testable: str
    gxp: bool
    priority: str
    title: str | None = None
    procedural: str | None = None
    maps_to: tuple[str, ...] = ()
    place: str = ""

    @property
    def text_hash(self) -> str:
        """``sha256:`` and the hash of the text, whatever its line breaks and Unicode form: what an
        approval or a protocol was given for."""
        words = unicodedata.normalize("NFC", self.text).split()
        return f"sha256:{sha256(' '.join(words).encode())}"


@dataclass(frozen=True, slots=True)
class Registry:
    """Requirements by id, in the order of the files."""

    requirements: Mapping[str, UserRequirement]

    def __getitem__(self, id: str) -> UserRequirement:
        """One requirement; ConfigurationError with the nearest id if there is none."""
        if id in self.requirements:
            return self.requirements[id]
        raise ConfigurationError(f"{id!r} is no requirement of the registry{self._nearest(id)}")

    def counts_for(self, id: str) -> frozenset[str]:
        """The ids whose checks count for a requirement: its own and those it maps to, in turn."""
        found: set[str] = set()
        ahead = [id]
        while ahead:
            found.add(now := ahead.pop())
            known = self.requirements.get(now)
            ahead += [other for other in known.maps_to if other not in found] if known else []
        return frozenset(found)

    def problems(self) -> list[str]:
        """What is wrong with the mappings, each with its place."""
        found = []
        for one in self.requirements.values():
            where = f"{one.place} ({one.id}): 'maps_to'"
            unknown = [other for other in one.maps_to if other not in self.requirements]
            found += [f"{where} names {o!r}, which is not in the registry{self._nearest(o)}" for o in unknown]
            if any(one.id in self.counts_for(other) for other in one.maps_to):
                found.append(f"{where} leads back to {one.id!r} itself: remove one of the links")
        return found

    def _nearest(self, id: str) -> str:
        near = difflib.get_close_matches(id.upper(), self.requirements)
        return f"; did you mean {near[0]!r}?" if near else ""


def load_registry(paths: Iterable[Path]) -> Registry:
    """The registry of these files, each read once. ConfigurationError names every mistake with file
    and line, the value, the nearest match and the valid values."""
    entries: list[Entry] = []
    problems: list[str] = []
    for path in {path.resolve(): path for path in paths}.values():
        good, bad = read_entries(path)
        entries += good
        problems += bad
    problems += _duplicates(entries)
    registry = Registry(MappingProxyType({entry.values["id"]: _requirement(entry) for entry in entries}))
    problems += [] if problems else registry.problems()
    if problems:
        raise ConfigurationError("\n".join(problems))
    return registry


def _duplicates(entries: list[Entry]) -> list[str]:
    first: dict[str, Entry] = {}
    found = []
    for entry in entries:
        id_ = entry.values["id"]
        known = first.setdefault(id_.casefold(), entry)
        if known is not entry:
            text = f"{entry.place}: {id_!r} is defined a second time; it stands in {known.place}"
            found.append(f"{text} as {known.values['id']!r}: give one of them an id of its own")
    return found


def _requirement(entry: Entry) -> UserRequirement:
    values = dict(entry.values)
    source = Source(**values.pop("source"))
    maps_to = tuple(values.pop("maps_to", ()))
    return UserRequirement(source=source, maps_to=maps_to, place=entry.place, **values)
