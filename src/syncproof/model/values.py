"""Small values that the canonical records are made of."""

from decimal import Decimal

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every canonical record: immutable, compared by value."""


class Quantity(Record, frozen=True, kw_only=True):
    """An exact amount in one unit (``unit`` is a UN/ECE Rec 20 code such as KGM)."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


class MasterRef(Record, frozen=True, order=True, kw_only=True):
    """Names one revision of one master record."""

    domain: str
    id: str
    revision: str

    def __str__(self) -> str:
        return f"{self.domain} {self.id} rev {self.revision}"
