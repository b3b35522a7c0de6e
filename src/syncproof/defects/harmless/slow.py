"""Slow, but inside the SLA."""

import threading
from typing import Any

from syncproof.defects.base import Original, Variation
from syncproof.defects.harmless.areas import FLOW, LOTS, READS, WORK
from syncproof.defects.harmless.messages import Batch, kind_of


class Late(Variation):
    """A base: messages of some kinds are under way for a while."""

    citation = "the SLAs of the landscape file"
    system = "integration"
    policy = "arrange"
    shows = False
    seconds = 0.5
    kinds = frozenset[str]()
    consumers = frozenset({"erp", "mes", "wms", "qms"})

    def replacement(self, original: Original, consumer: str, batch: Batch) -> Batch:
        if consumer in self.consumers and any(kind_of(event) in self.kinds for _, event in batch):
            threading.Event().wait(self.seconds)
        arrived: Batch = original(consumer, batch)
        return arrived


class HoldsLate(Late):
    """A hold or a release is under way for more than half of its SLA."""

    id = "OK-SLW-01"
    requirements = ("URS-HLD-011", "URS-HLD-001", "URS-HLD-010", "URS-HLD-006")
    kinds = frozenset({"disposition"})
    seconds = 1.1
    at_most = 6


class MastersLate(Late):
    """Masters and their activations are under way for a third of their SLA."""

    id = "OK-SLW-02"
    requirements = FLOW
    kinds = frozenset({"activation"})
    seconds = 0.6
    at_most = 5


class WarehouseLast(Late):
    """The warehouse hears of everything half a second after the others."""

    id = "OK-SLW-03"
    requirements = (*WORK, *LOTS)
    kinds = frozenset({"master", "activation", "lot", "order", "disposition", "change", "fact"})
    consumers = frozenset({"wms"})
    at_most = 5
    seconds = 0.3


class OrdersLate(Late):
    """Orders and what is told of them take their time."""

    id = "OK-SLW-04"
    requirements = WORK
    kinds = frozenset({"order", "fact"})
    seconds = 0.4
    at_most = 6


class SlowToAnswer(Variation):
    """Each answer of planning takes a little longer."""

    id = "OK-SLW-05"
    citation = "the time-outs of the landscape file"
    requirements = READS
    system = "erp"
    policy = "answer"
    shows = False
    at_most = 10

    def replacement(self, original: Original, *what: Any) -> str:
        threading.Event().wait(0.02)
        text: str = original(*what)
        return text
