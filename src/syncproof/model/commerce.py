"""Customers, sales orders and ledger postings: what goes on around production."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from syncproof.model.values import Quantity, Record


class Address(Record, frozen=True, kw_only=True):
    """``use`` says what an address is for; ``country`` is an ISO 3166-1 alpha-2 code."""

    use: Literal["bill_to", "ship_to", "sold_to"]
    lines: tuple[str, ...]
    city: str
    country: str
    postal_code: str | None = None


class Customer(Record, frozen=True, kw_only=True):
    """A business partner that orders. ``golden_id`` is the id under which a registry of partners knows it,
    ``merged_into`` the customer that took it over."""

    id: str
    name: str
    status: Literal["active", "blocked", "merged"] = "active"
    tax_id: str | None = None
    golden_id: str | None = None
    merged_into: str | None = None
    addresses: tuple[Address, ...] = ()


class SalesOrderLine(Record, frozen=True, kw_only=True):
    """One item that was ordered. ``unit_price`` is in the order's currency, per unit of ``quantity``; ``delivered`` and
    ``invoiced`` are in that unit."""

    line_no: int
    item: str
    quantity: Quantity
    unit_price: Decimal
    requested: datetime | None = None
    confirmed: datetime | None = None
    delivered: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)
    variant: str | None = None


class SalesOrder(Record, frozen=True, kw_only=True):
    """An order of a customer. ``currency`` is an ISO 4217 code; ``total`` the sum over its lines, without tax."""

    id: str
    customer: str
    currency: str
    total: Decimal
    lines: tuple[SalesOrderLine, ...]
    status: Literal["Open", "PartiallyDelivered", "Delivered", "Invoiced", "Cancelled", "Blocked"] = "Open"
    customer_reference: str | None = None
    site: str | None = None


class PostingLine(Record, frozen=True, kw_only=True):
    """``amount`` is positive for debit and negative for credit; ``movement`` is the material movement it values."""

    line_no: int
    account: str
    amount: Decimal
    cost_center: str | None = None
    order_id: str | None = None
    movement: str | None = None


class LedgerPosting(Record, frozen=True, kw_only=True):
    """A document of the general ledger: its lines sum to zero. ``on`` is the posting date in the company's calendar."""

    id: str
    company: str
    on: date
    currency: str
    lines: tuple[PostingLine, ...]
    status: Literal["draft", "posted", "reversed"] = "posted"
    reverses: str | None = None
    at: datetime | None = None
