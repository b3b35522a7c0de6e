"""Messages of different subjects may change places, those of one subject never; what is added means nothing."""

import pytest

from syncproof.defects.harmless.duplicates import EveryOneTwice, LateDuplicates, WholeBatchTwice
from syncproof.defects.harmless.order import (
    EachInAnotherOrder,
    MastersReversed,
    NeighboursSwapped,
    Rearranged,
    SortedBySubject,
)  # fmt: skip


def event(subject, kind="master"):
    return {"type": f"org.syncproof.{kind}.v1", "subject": subject}


BATCH = [(n, event(subject)) for n, subject in enumerate(["bom/B", "material/M", "bom/B", "uom/M"])]
FACT = (9, event("order/O", "fact"))


def arrived(variation, batch):
    return [number for number, _ in variation().replacement(lambda _consumer, given: given, "wms", batch)]


@pytest.mark.parametrize("variation", [MastersReversed, NeighboursSwapped, SortedBySubject, EachInAnotherOrder])
def test_all_arrive_and_those_of_one_subject_in_their_order(variation: type[Rearranged]):
    numbers = arrived(variation, [*BATCH, FACT])
    assert sorted(numbers) == [0, 1, 2, 3, 9]
    assert numbers.index(0) < numbers.index(2)
    assert numbers[-1] == 9


def test_masters_come_in_reverse():
    assert arrived(MastersReversed, BATCH) == [3, 1, 0, 2]


def test_duplicates_come_at_once_as_a_batch_or_late():
    assert EveryOneTwice().replacement(lambda _consumer, one: (one,), "wms", "e") == ["e", "e"]
    assert arrived(WholeBatchTwice, BATCH[:2]) == [0, 1, 0, 1]
    late = LateDuplicates()
    late.replacement(lambda _consumer, given: given, "wms", BATCH[:2])
    again = late.replacement(lambda _consumer, given: given, "wms", BATCH[2:])
    assert [number for number, _ in again] == [2, 3, 1, 0]
