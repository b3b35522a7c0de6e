"""What a schema cannot say: units, amounts, references, effective dates.

A rule is a function of one document, or looks :class:`~.base.Across` all of them. It sees only documents that
satisfy their schema.
"""

from collections.abc import Callable, Iterator
from typing import Any

from syncproof.contracts.rules import effectivity, references, totals, units
from syncproof.contracts.rules.base import Across, Finding, Found, Json, Rule, Source

Single = Callable[[str, Json], Iterator[Found]]

SINGLE: tuple[Single, ...] = (
    units.known,
    units.conversions,
    totals.positive,
    totals.lines,
    totals.limits,
    effectivity.date,
)
ACROSS: tuple[Callable[[], Across], ...] = (units.OfItem, totals.Outputs, references.References, effectivity.Intervals)
RULES: tuple[Rule, ...] = tuple(
    each
    for module in (units, totals, references, effectivity)
    for each in vars(module).values()
    if isinstance(each, Rule)
)
"""All of them, for the documentation."""


class Rules:
    """The rules applied to one set of documents."""

    def __init__(self) -> None:
        self._across = [make() for make in ACROSS]

    def look(self, contract: str, document: Any, source: Source) -> Iterator[Found]:
        """What is wrong with one document; ``contract`` is empty for one that has a schema of its own."""
        if not isinstance(document, dict):
            return
        for across in self._across:
            across.look(contract, document, source)
        for rule in SINGLE if contract else ():
            yield from rule(contract, document)

    def end(self) -> Iterator[Finding]:
        """What is wrong between them."""
        for across in self._across:
            yield from across.end()

    def unchecked(self) -> dict[str, int]:
        """What could not be checked, and how often."""
        return {what: number for across in self._across for what, number in across.unchecked().items()}
