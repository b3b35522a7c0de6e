"""What people decide after a run: acts in the ledger, with who, when and why (checklist rows 24, 27, 28, 36).

An act is a line of the same chain as the runs, so that its place among them is proven. Nothing is ever changed or
taken back: a new act says the new thing. Whether an act counts where it stands, :mod:`.rules` says.
"""

import getpass
import unicodedata
from dataclasses import dataclass
from typing import Any

from syncproof.errors import ConfigurationError
from syncproof.evidence.environment import performer
from syncproof.evidence.ledger import Line

DISPOSED, RETESTED, CLOSED = "deviation_dispositioned", "deviation_retested", "deviation_closed"
GAP_ACCEPTED, CONCLUDED = "gap_accepted", "conclusion_entered"
TYPES = (DISPOSED, RETESTED, CLOSED, GAP_ACCEPTED, CONCLUDED)
_COMMON = frozenset({"type", "at", "who", "reason", "prev"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts. The account of the machine is recorded beside the name."""

    name: str
    role: str

    def facts(self) -> dict[str, str]:
        """As the ledger holds it; ConfigurationError for CI and for nobody."""
        if performer()["kind"] == "ci":
            raise ConfigurationError("CI cannot decide this: a person enters it, on their own machine")
        name, role = (" ".join(text.split()) for text in (self.name, self.role))
        if not name or not role:
            raise ConfigurationError("give your name and role (--name, --role, or SYNCPROOF_PERSON and SYNCPROOF_ROLE)")
        return {"kind": "person", "name": name, "role": role, "account": getpass.getuser()}


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``at`` is host time, UTC; ``line`` its place in the ledger, from 1; ``fields`` what is particular to
    its type."""

    line: int
    type: str
    at: str
    kind: str
    name: str
    role: str
    reason: str
    fields: dict[str, Any]

    def text(self, name: str) -> str:
        """A field of its own, empty if there is none."""
        return str(self.fields.get(name) or "").strip()

    def number(self, name: str) -> int:
        """A run that it speaks of; 0 if it names none."""
        value = self.fields.get(name)
        return value if isinstance(value, int) else 0


def act_of(number: int, line: Line) -> Act:
    """The act that stands in a line; what it lacks is empty."""
    who = line.get("who") or {}
    name, role, kind = (str(who.get(part) or "") for part in ("name", "role", "kind"))
    fields = {key: value for key, value in line.items() if key not in _COMMON}
    type_, at, reason = (str(line.get(part) or "").strip() for part in ("type", "at", "reason"))
    return Act(number, type_, at, kind, name, role, reason, fields)


def same_name(one: str, other: str) -> bool:
    """Whether two names are written for the same person, whatever case, blanks and Unicode form."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
