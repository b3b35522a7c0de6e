"""Which messages of a run were held against which contract: operation, outcome and version, exercised or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from syncproof.evidence.reader import HELD, Record


@dataclass(frozen=True, slots=True)
class Coverage:
    """One operation of a system. ``outcomes`` are (part, outcome, contract, messages, broken), 0 messages for one that
    its description knows and the run did not see."""

    system: str
    operation: str
    outcomes: tuple[tuple[str, str, str, int, int], ...]

    @property
    def exercised(self) -> tuple[tuple[str, str, str, int, int], ...]:
        """What was seen."""
        return tuple(one for one in self.outcomes if one[3])

    @property
    def missed(self) -> tuple[str, ...]:
        """Statuses that the description knows and no answer had; contracts that it carries events of, and none came."""
        unseen = [(part, outcome, contract) for part, outcome, contract, messages, _ in self.outcomes if not messages]
        return (
            *(outcome for part, outcome, _ in unseen if part == "answer"),
            *(f"{contract} {outcome}" for part, outcome, contract in unseen if part == "event"),
        )


def coverage(record: Record) -> list[Coverage]:
    """Of every operation, in the order of systems and paths; empty for a run that held nothing."""
    counts: dict[tuple[str, str, str, str, str], list[int]] = {}
    for event in record.of_type(HELD):
        _declare(counts, event["declared"])
        for system, operation, part, outcome, contract, messages, broken, _ in event["rows"]:
            found = counts.setdefault((system, operation, part, outcome, contract), [0, 0])
            found[0] += messages
            found[1] += broken
    by_operation: dict[tuple[str, str], list[tuple[str, str, str, int, int]]] = {}
    for (system, operation, *rest), (messages, broken) in sorted(counts.items()):
        part, outcome, contract = rest
        by_operation.setdefault((system, operation), []).append((part, outcome, contract, messages, broken))
    return [Coverage(*key, tuple(outcomes)) for key, outcomes in by_operation.items()]


def faults(record: Record) -> int:
    """Broken messages that a system sent or took. Those that a run sends on purpose and a system refuses are none."""
    return sum(row[7] for event in record.of_type(HELD) for row in event["rows"])


def apart(record: Record) -> tuple[str, ...]:
    """Systems that speak messages of their own, which their adapters translate."""
    return tuple(dict.fromkeys(name for event in record.of_type(HELD) for name in event["apart"]))


def _declare(counts: dict[tuple[str, str, str, str, str], list[int]], said: dict[str, Iterable[Any]]) -> None:
    for system, rows in said.items():
        for operation, part, outcome, contract in rows:
            counts.setdefault((system, operation, part, outcome, contract), [0, 0])
