"""A revision of a master as Tryton holds it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import msgspec
import rfc8785

from syncproof import model as m


@dataclass(frozen=True, slots=True)
class Held:
    """One revision; ``in_effect`` is what Tryton works with now."""

    master: m.AnyMaster
    in_effect: bool

    def state(self) -> m.MasterState:
        """As the port returns it. Tryton keeps no content hash, dates or approvals: the hash is
        computed from the record as it was read."""
        status: Literal["effective", "approved"] = "effective" if self.in_effect else "approved"
        return m.MasterState(master=self.master, status=status, content_hash=content_hash(self.master))


def content_hash(master: m.AnyMaster) -> str:
    """sha256 over the RFC 8785 form of the master's JSON."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(msgspec.to_builtins(master))).hexdigest()


def effective(held: Iterable[Held]) -> Held | None:
    """The revision Tryton works with now."""
    return next((each for each in held if each.in_effect), None)


def split_code(code: str | None) -> tuple[str, str]:
    """``ID/REVISION`` as Tryton's code or name holds it; one without a slash has revision ``0``."""
    id_, slash, revision = (code or "").rpartition("/")
    return (id_, revision) if slash else (code or "", "0")


def join_code(master: m.AnyMaster) -> str:
    """The code of a master that is a record of its own for every revision."""
    return f"{master.id}/{master.revision}"


UNFINISHED = "~"
"""In front of the code of a record that is still being written: its note does not exist yet."""


def like(id: str) -> str:
    """A pattern that finds the codes of every revision of ``id``."""
    escaped = id.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{escaped}/%"


ANY_ACTIVE = ["active", "in", [True, False]]
"""Finds inactive records too."""
