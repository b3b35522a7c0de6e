"""Whether any number satisfies some facts: an interval, a grid of multiples, and exceptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import ceil, floor, lcm
from typing import TYPE_CHECKING, Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.evaluation import holds_atom
from syncproof.contracts.compatibility.outcome import CLOSED, Facts, Outcome
from syncproof.contracts.compatibility.values import plain

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.prover import Prover

FEW = 1000
"""So many points of a grid are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``; None is without an end, ``open`` is without the end itself."""

    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False

    def empty(self) -> bool:
        """Whether nothing is in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


def number(prover: "Prover", facts: Facts, sample: bool) -> Outcome:
    """Closed if no number satisfies the facts."""
    interval, grid = _interval(facts), _grid(facts)
    if interval.empty() or _off_grid(grid, facts):
        return CLOSED
    points = _points(interval, grid)
    if points is not None:
        found = [plain(value) for value in points if _fits(value, facts)]
        return Outcome(not found, tuple(found[:1]))
    tried = (value for value in _candidates(interval, grid) if _fits(value, facts))
    return Outcome(closed=False, samples=tuple(islice(tried, 1)))


def _fits(value: Any, facts: Facts) -> bool:
    return all(holds_atom(atom, value) is not (not sign) for sign, atom in facts)


def _interval(facts: Facts) -> Interval:
    lows = [(a.value, a.strict is sign) for sign, a in facts if isinstance(a, t.Least if sign else t.Most)]
    highs = [(-a.value, a.strict is sign) for sign, a in facts if isinstance(a, t.Most if sign else t.Least)]
    low, low_open = max(lows, default=(None, False))
    high, high_open = max(highs, default=(None, False))
    return Interval(low, low_open, None if high is None else -high, high_open)


def _grid(facts: Facts) -> Fraction | None:
    """The number of which all are multiples."""
    found: Fraction | None = None
    for sign, atom in facts:
        if sign and isinstance(atom, t.Multiple):
            found = atom.value if found is None else _common(found, atom.value)
    return found


def _common(one: Fraction, other: Fraction) -> Fraction:
    scale = one.denominator * other.denominator
    return Fraction(lcm(int(one * scale), int(other * scale)), scale)


def _off_grid(grid: Fraction | None, facts: Facts) -> bool:
    """Whether all multiples are multiples of what must not divide them."""
    refused = (atom.value for sign, atom in facts if not sign and isinstance(atom, t.Multiple))
    return grid is not None and any((grid / value).denominator == 1 for value in refused)


def _points(interval: Interval, grid: Fraction | None) -> list[Fraction] | None:
    """All numbers there are, if they are few."""
    if interval.low is None or interval.high is None:
        return None
    if grid is None:
        return [interval.low] if interval.low == interval.high else None
    first, last = _first(interval, grid), floor(interval.high / grid)
    return [grid * index for index in range(first, last + 1)] if last - first <= FEW else None


def _first(interval: Interval, grid: Fraction) -> int:
    return ceil((interval.low or Fraction(0)) / grid)


def _candidates(interval: Interval, grid: Fraction | None) -> Iterator[Any]:
    """Some numbers of an interval, near its ends first."""
    low, high = interval.low, interval.high
    base = low if low is not None else high if high is not None else Fraction(0)
    step = grid if grid is not None else Fraction(1) if low is None or high is None else (high - low) / 64
    toward = -1 if low is None and high is not None else 1
    start = (ceil(base / step) if toward > 0 else floor(base / step)) * step
    yield from (plain(start + step * toward * index) for index in range(70))
    if grid is None:
        yield from (plain(base + toward * step * part) for part in (Fraction(0), Fraction(1, 2), Fraction(1, 4)))
        yield from (plain(base + toward * step * (index + Fraction(1, 2))) for index in range(8))
