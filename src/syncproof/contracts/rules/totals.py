"""Amounts: what must be above zero is, limits enclose their value, what was reported in parts adds up."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from syncproof.contracts.rules.base import Finding, Found, Json, Rule, Source, place, reach

POSITIVE = Rule("total-positive", "URS-VAL-005", "a bill of material asks for more than nothing of everything")
LINES = Rule("total-lines", "URS-VAL-005", "a bill of material has lines, each with a number of its own")
LIMITS = Rule("total-limits", "URS-VAL-001", "limits enclose what they limit")
OUTPUTS = Rule("total-outputs", "URS-XCH-012", "partial outputs of an order add up to its total")

ABOVE_ZERO = ("base_quantity/value", "lines/*/quantity/value", "lines/*/alternates/*/ratio")
SCRAP, NUMBER = "lines/*/scrap_percent", "lines/*/line_no"
ENDED = frozenset({"Completed", "Closed"})
"""Status of an order whose total is final."""
REPORTED = {"output": "produced", "scrap": "scrapped"}
"""Kind of fact, and the total of the order that it is part of."""


def positive(contract: str, document: Json) -> Iterator[Found]:
    """Quantities and ratios of a ``bom`` are above zero, a scrap allowance is not below."""
    if contract != "bom":
        return
    for pattern in ABOVE_ZERO:
        for at, value in reach(document, pattern):
            if Decimal(value) <= 0:
                yield Found(POSITIVE, place(pattern, at), f"{value} is not above zero", "an amount above zero", value)
    for at, value in reach(document, SCRAP):
        if Decimal(value) < 0:
            yield Found(POSITIVE, place(SCRAP, at), f"a scrap allowance of {value} %", "0 or more", value)


def lines(contract: str, document: Json) -> Iterator[Found]:
    """A ``bom`` has lines, and no number twice."""
    if contract != "bom":
        return
    if not document["lines"]:
        yield Found(LINES, "/lines", "there are no lines", "at least one component", "none")
    numbers = Counter(line["line_no"] for line in document["lines"])
    for at, number in reach(document, NUMBER) if len(numbers) < len(document["lines"]) else ():
        if numbers[number] > 1:
            text = f"{numbers[number]} lines have the number {number}"
            yield Found(LINES, place(NUMBER, at), text, "a number of its own", str(number))


def limits(contract: str, document: Json) -> Iterator[Found]:
    """Low, value and high are in this order."""
    name = {"recipe": "parameters", "test_specification": "characteristics"}.get(contract, "")
    for number, each in enumerate(document.get(name, ())):
        stated = [each[key] for key in ("low", "value", "high") if key in each]
        if sorted(stated, key=Decimal) != stated:
            text = f"the limits of {each['name']!r} do not enclose it"
            yield Found(LIMITS, f"/{name}/{number}", text, "low, value, high in rising order", ", ".join(stated))


class Outputs:
    """What was reported of an ended order in parts is what the order says in total."""

    def __init__(self) -> None:
        self._orders: dict[str, tuple[Json, Source]] = {}
        self._sums: dict[tuple[str, str], tuple[Decimal, set[str]]] = {}

    def look(self, contract: str, document: Json, source: Source) -> None:
        """Adds up the facts; of several states of an order the last counts."""
        if contract == "order":
            self._orders[document["id"]] = (document, source)
        elif contract == "fact" and document["kind"] in REPORTED and document.get("order_id"):
            key = (document["order_id"], REPORTED[document["kind"]])
            total, units = self._sums.get(key, (Decimal(0), set()))
            quantity = document["quantity"]
            self._sums[key] = (total + Decimal(quantity["value"]), units | {quantity["unit"]})

    def end(self) -> Iterator[Finding]:
        """Totals that are not the sum of their parts."""
        for (id_, field), (total, units) in self._sums.items():
            order, source = self._orders.get(id_, ({}, Source("", 0, "")))
            stated = Decimal(order.get(field, "0"))
            if _comparable(order, units) and stated != total:
                text = f"what was reported adds up to {total}, the order says {stated} {field}"
                yield Finding(Found(OUTPUTS, f"/{field}", text, str(total), str(stated)), source)

    def unchecked(self) -> dict[str, int]:
        pairs = [(self._orders.get(id_, ({},))[0], units) for (id_, _), (_, units) in self._sums.items()]
        missed = sum(1 for order, units in pairs if not _comparable(order, units))
        return {"total of an order that was not given, has not ended, or has another unit": missed} if missed else {}


def _comparable(order: Json, units: set[str]) -> bool:
    return order.get("status") in ENDED and units == {order["quantity"]["unit"]}
