"""Other orders of arrival that lead to the same state. What belongs to one subject keeps its order."""

import threading
from collections.abc import Callable

from syncproof.defects.base import Original, Variation
from syncproof.defects.harmless.areas import FLOW
from syncproof.defects.harmless.messages import Batch, kind_of

COLLECT_SECONDS = 0.15
"""How long a delivery is held so that others join it."""


class Rearranged(Variation):
    """A base: ``subjects`` says in what order the subjects of a batch arrive."""

    citation = "message brokers keep the order within a key only (Apache Kafka documentation, Introduction)"
    requirements = FLOW
    system = "integration"
    policy = "arrange"
    kinds = frozenset({"master"})

    def replacement(self, original: Original, consumer: str, batch: Batch) -> Batch:
        moving = [one for one in original(consumer, batch) if kind_of(one[1]) in self.kinds]
        moved = iter(self.moved(moving))
        return [next(moved) if kind_of(one[1]) in self.kinds else one for one in batch]

    def moved(self, batch: Batch) -> Batch:
        """The events that may change places, in another order."""
        raise NotImplementedError


def by_subject(batch: Batch) -> list[Batch]:
    """What belongs together, in the order of first appearance."""
    groups: dict[str, Batch] = {}
    for one in batch:
        groups.setdefault(one[1]["subject"], []).append(one)
    return list(groups.values())


def flat(groups: list[Batch]) -> Batch:
    return [one for group in groups for one in group]


class MastersReversed(Rearranged):
    """The masters of a batch arrive in reverse: what needs another one waits for it in staging."""

    id = "OK-ORD-01"

    def moved(self, batch: Batch) -> Batch:
        return flat(by_subject(batch)[::-1])


class NeighboursSwapped(Rearranged):
    """Every two neighbouring messages of different subjects change places."""

    id = "OK-ORD-02"
    kinds = frozenset({"master", "change", "lot", "order"})

    def moved(self, batch: Batch) -> Batch:
        groups = by_subject(batch)
        return flat([one for n in range(0, len(groups), 2) for one in groups[n : n + 2][::-1]])


class SortedBySubject(Rearranged):
    """The messages of a batch arrive sorted by subject, as a partitioned queue hands them out."""

    id = "OK-ORD-03"
    kinds = frozenset({"master", "change", "lot", "order"})

    def moved(self, batch: Batch) -> Batch:
        key: Callable[[Batch], str] = lambda group: str(group[0][1]["subject"])  # noqa: E731
        return flat(sorted(by_subject(batch), key=key))


class EachInAnotherOrder(Rearranged):
    """Every consumer gets the messages of a batch in an order of its own."""

    id = "OK-ORD-04"
    kinds = frozenset({"master", "change", "lot", "order"})

    def replacement(self, original: Original, consumer: str, batch: Batch) -> Batch:
        self._places = len(consumer) + ord(consumer[0])
        return super().replacement(original, consumer, batch)

    def moved(self, batch: Batch) -> Batch:
        groups = by_subject(batch)
        start = self._places % len(groups) if groups else 0
        return flat([*groups[start:], *groups[:start]])


class CollectedThenReversed(Rearranged):
    """Messages gather for a moment, and then those of the last subject arrive first."""

    id = "OK-ORD-05"
    kinds = frozenset({"master", "change", "lot", "order"})
    at_most = 8

    def replacement(self, original: Original, consumer: str, batch: Batch) -> Batch:
        threading.Event().wait(COLLECT_SECONDS)
        return super().replacement(original, consumer, batch)

    def moved(self, batch: Batch) -> Batch:
        return flat(by_subject(batch)[::-1])
