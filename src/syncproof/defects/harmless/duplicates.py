"""Duplicates, properly dropped."""

from collections import defaultdict, deque
from typing import Any

from syncproof.defects.base import Json, Original, Variation
from syncproof.defects.harmless.areas import FLOW, LOTS, WORK
from syncproof.defects.harmless.messages import Batch


class Doubled(Variation):
    """A base: messages that arrive at least once."""

    citation = "at-least-once delivery (CloudEvents 1.0, Context Attributes, id)"
    requirements = FLOW
    system = "integration"


class EveryOneTwice(Doubled):
    """Every message is delivered twice at once."""

    id = "OK-DUP-01"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> list[Json]:
        return [each for one in original(consumer, event) for each in (one, one)]


class WholeBatchTwice(Doubled):
    """The answer of a consumer got lost, and the whole batch is delivered again."""

    id = "OK-DUP-02"
    policy = "arrange"
    requirements = WORK

    def replacement(self, original: Original, consumer: str, batch: Batch) -> Batch:
        return [*original(consumer, batch), *batch]


class LateDuplicates(Doubled):
    """After every batch the messages before it come once more, late and out of order."""

    id = "OK-DUP-03"
    policy = "arrange"
    requirements = LOTS

    def __init__(self) -> None:
        self._before: dict[str, deque[Any]] = defaultdict(lambda: deque(maxlen=4))

    def replacement(self, original: Original, consumer: str, batch: Batch) -> Batch:
        late = list(self._before[consumer])
        self._before[consumer].extend(batch)
        return [*original(consumer, batch), *reversed(late)]


class RetriedOnce(Doubled):
    """A message of another system's fact or hold comes a second time, then a third."""

    id = "OK-DUP-04"
    policy = "carry"
    requirements = (*LOTS, *WORK)

    def replacement(self, original: Original, consumer: str, event: Json) -> list[Json]:
        times = 3 if event["subject"].partition("/")[0] in {"lot", "order", "disposition"} else 1
        return [one for one in original(consumer, event) for _ in range(times)]
