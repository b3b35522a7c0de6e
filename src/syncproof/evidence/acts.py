"""What people decide after a run: acts in the ledger, with who, when and why (checklist rows 24, 27, 28, 36).

An act is a line of the same chain as the runs, so that its place among them is proven. Nothing is ever changed or
taken back: a new act says the new thing.
"""

import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from syncproof.errors import ConfigurationError
from syncproof.evidence.environment import performer
from syncproof.evidence.ledger import Line
from syncproof.evidence.pack import Evidence

DISPOSED, RETESTED, CLOSED = "deviation_dispositioned", "deviation_retested", "deviation_closed"
GAP_ACCEPTED, CONCLUDED = "gap_accepted", "conclusion_entered"
TYPES = (DISPOSED, RETESTED, CLOSED, GAP_ACCEPTED, CONCLUDED)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts. The account of the machine is recorded beside the name."""

    name: str
    role: str

    def facts(self) -> dict[str, str]:
        """As the ledger holds it; ConfigurationError for CI and for nobody."""
        if performer()["kind"] == "ci":
            raise ConfigurationError("CI cannot decide this: a person enters it, on their own machine")
        if not self.name.strip() or not self.role.strip():
            raise ConfigurationError("give your name and role (--name, --role, or SYNCPROOF_PERSON and SYNCPROOF_ROLE)")
        return {"kind": "person", "name": self.name.strip(), "role": self.role.strip(), "account": getpass.getuser()}


@dataclass(frozen=True, slots=True)
class Act:
    """One act as it is shown. ``at`` is host time, UTC."""

    type: str
    at: str
    name: str
    role: str
    reason: str
    fields: dict[str, Any]


def enter(evidence: Evidence, type_: str, person: Person, reason: str, **fields: Any) -> None:
    """Write an act; ConfigurationError if nobody says why."""
    if not reason.strip():
        raise ConfigurationError("say why (--reason): what people decide is never without one")
    evidence.note({"type": type_, "who": person.facts(), "reason": reason.strip(), **fields})


def acts(lines: Iterable[Line]) -> list[Act]:
    """The acts among the lines of a ledger, in their order."""
    return [_act(line) for line in lines if line["type"] in TYPES]


def _act(line: Line) -> Act:
    fields = {key: value for key, value in line.items() if key not in {"type", "at", "who", "reason", "prev"}}
    return Act(line["type"], line["at"], line["who"]["name"], line["who"]["role"], line["reason"], fields)
