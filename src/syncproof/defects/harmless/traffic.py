"""Unrelated work on other keys while the scenarios run, and what stays allowed for lots on hold.

What is done stands in :mod:`syncproof.defects.errands`, which the processes of the systems need not import.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from syncproof.defects.base import Variation
from syncproof.defects.harmless.areas import DATES, LOTS, READS, WORK

if TYPE_CHECKING:
    from syncproof.defects.ground import Ground


class Beside(Variation):
    """A base: the errand of this name is done again and again."""

    citation = "concurrent use: a validated system is never alone"
    errand = ""
    at_most = 15

    def beside(self, ground: "Ground") -> AbstractContextManager[Callable[[], int]]:
        from syncproof.defects.background import Background  # noqa: PLC0415  no system needs it
        from syncproof.defects.errands import ERRANDS  # noqa: PLC0415

        return Background(ground, ERRANDS[self.errand]())


class OtherLots(Beside):
    """Other lots of another item are received, moved and shipped."""

    id = "OK-TRF-01"
    requirements = LOTS
    errand = "lots"


class OtherHolds(Beside):
    """Other lots are put on hold and released again."""

    id = "OK-TRF-02"
    requirements = LOTS
    errand = "holds"


class OtherMasters(Beside):
    """Other items are made and never released."""

    id = "OK-TRF-03"
    requirements = (*DATES, *READS)
    errand = "masters"


class OtherOrders(Beside):
    """Orders for another product are created and released, and wait in the dispatch list."""

    id = "OK-TRF-04"
    requirements = WORK
    errand = "orders"


class Disposals(Beside):
    """Other lots on hold are disposed of by the warehouse, which stays allowed."""

    id = "OK-DSP-01"
    citation = "block test 4 of the requirements: disposal stays allowed to the right role"
    requirements = LOTS
    errand = "disposals"


class MovedForInspection(Beside):
    """Other lots on hold are moved for inspection, which stays allowed."""

    id = "OK-DSP-02"
    citation = "block test 4 of the requirements: inspection stays allowed to the right role"
    requirements = LOTS
    errand = "inspections"
