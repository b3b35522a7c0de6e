"""What compatible means: which versions are held against each other, in which direction, and who must move first.

backward: what the old version accepts, the new one accepts, so a consumer can move to the new version first.
forward: what the new version accepts, the old one accepts, so a provider can move first. full: both. The transitive
modes hold the new version against all old ones, the others against the last one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from syncproof.contracts.compatibility.comparison import Break
from syncproof.contracts.compatibility.readers import breaks
from syncproof.contracts.compatibility.schemas import Schema

DIRECTIONS = {"backward": ("backward",), "forward": ("forward",), "full": ("backward", "forward"), "none": ()}
TRANSITIVE = "-transitive"
MODES = (*DIRECTIONS, *(f"{mode}{TRANSITIVE}" for mode in DIRECTIONS if mode != "none"))
MOVES_FIRST = {"backward": "provider", "forward": "consumer"}
"""Who must move first across a break: a consumer of the new version cannot read what is still sent by old providers,
so those move first; old consumers cannot read what a new provider sends, so these move first."""
CLAIMS = {"format", "contentEncoding", "contentMediaType"}
NOTES = {
    "all": "",
    "enforcing": "; only a reader that enforces 'dependencies' in 2020-12, as jsonschema-rs does, minds",
    "ignoring": "; only a reader that ignores 'dependencies' in 2020-12, as Python's jsonschema does, minds",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A break between two versions."""

    direction: str
    giver: str
    taker: str
    found: Break

    @property
    def move_first(self) -> str:
        """Who must move first: provider or consumer."""
        return MOVES_FIRST[self.direction]

    @property
    def message(self) -> str:
        """What is wrong, in a sentence."""
        rule = f"{self.found.rule!r} at {self.found.pointer or '/'} of {self.taker}"
        note = "; a reader that takes this keyword as a note only does not mind" * (self.found.rule in CLAIMS)
        note += NOTES[self.found.readers]
        if self.found.proved:
            return f"{self.giver} accepts a document that {rule} rejects{note}"
        return f"not proved: {self.giver} may accept documents that {rule} rejects; none was found{note}"

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "pointer": self.found.pointer,
            "rule": self.found.rule,
            "message": self.message,
            "witness": self.found.witness[0] if self.found.witness else None,
            "proved": self.found.proved,
            "readers": self.found.readers,
            "move_first": self.move_first,
            "direction": self.direction,
            "accepted_by": self.giver,
            "rejected_by": self.taker,
        }


def findings(old: Sequence[Schema], new: Schema, mode: str) -> Iterator[Finding]:
    """All breaks between the new version and the old ones; nothing means compatible."""
    versions = old if mode.endswith(TRANSITIVE) else old[-1:]
    for version in versions:
        for direction in DIRECTIONS[mode.removesuffix(TRANSITIVE)]:
            giver, taker = (version, new) if direction == "backward" else (new, version)
            for found in breaks(giver, taker):
                yield Finding(direction, giver.name, taker.name, found)
