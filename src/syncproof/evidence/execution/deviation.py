"""A deviation and the ways in which it can be settled.

What is mended is tested again, and only what was mended may differ in that run: a retest on another landscape, or
with the check taken out of the suite, proves nothing about the failure.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.configuration import HARNESS, LANDSCAPE, PROTOCOL, REQUIREMENT, SUITE, SYSTEMS
from syncproof.evidence.reader import Event

State = Literal["open", "dispositioned", "retested", "closed"]

MAY_CHANGE = MappingProxyType(
    {
        "correct the system": frozenset({SYSTEMS}),
        "correct the environment": frozenset({SYSTEMS, LANDSCAPE}),
        "correct the test": frozenset({SUITE, HARNESS, PROTOCOL}),
        "correct the requirement": frozenset({REQUIREMENT, SUITE, PROTOCOL}),
    }
)
"""Dispositions that ask for a retest, and in what it may differ from the run that failed."""
DISPOSITIONS = (*MAY_CHANGE, "accepted as is", "not a defect")


@dataclass(frozen=True, slots=True)
class Deviation:
    """What a failed claim opened, and the acts of people on it that count."""

    id: str
    run: int
    pack: str
    event: Event
    acts: tuple[Act, ...] = ()

    @property
    def scenario(self) -> str:
        """Where it was seen."""
        return str(self.event["scenario"])

    def last(self, type_: str) -> Act | None:
        """The last act of a type; of retests only one that came after the last disposition."""
        for act in reversed(self.acts):
            if act.type == type_:
                return act
            if act.type == acts.DISPOSED:
                return None
        return None

    @property
    def disposition(self) -> str:
        """What is to become of it; empty while nobody has said."""
        disposed = self.last(acts.DISPOSED)
        return "" if disposed is None else disposed.text("disposition")

    @property
    def needs_retest(self) -> bool:
        """Whether it was disposed so that a run has to show it mended."""
        return self.disposition in MAY_CHANGE

    @property
    def state(self) -> State:
        """How far it is."""
        for type_, state in ((acts.CLOSED, "closed"), (acts.RETESTED, "retested"), (acts.DISPOSED, "dispositioned")):
            if self.last(type_) is not None:
                return state  # type: ignore[return-value]
        return "open"
