"""Automata over characters: sets of characters as ranges, and the states that a string leads to.

``.`` is read in two ways in the field (with and without carriage return and the two line separators), so each of
those characters stands twice in the alphabet and a proof holds for both readings.
"""

from dataclasses import dataclass, field
from functools import cache

LAST = 0x10FFFF
TWINS = {0x0D: LAST + 1, 0x2028: LAST + 2, 0x2029: LAST + 3}
"""The second reading of a character: the one that ``.`` takes."""
END = LAST + 4
BIG = 1500
"""How many states an expression may have."""

Ranges = tuple[tuple[int, int], ...]
"""Characters, as sorted ranges with both ends."""


class NotRegular(Exception):
    """Outside of what we read."""


def ranges(pairs: list[tuple[int, int]]) -> Ranges:
    """Sorted and joined, each character with its twin."""
    for char, twin in TWINS.items():
        if any(low <= char <= high for low, high in pairs):
            pairs = [*pairs, (twin, twin)]
    joined: list[tuple[int, int]] = []
    for low, high in sorted(pairs):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def opposite(chars: Ranges) -> Ranges:
    """All other characters."""
    found, start = [], 0
    for low, high in (*chars, (END, END)):
        if start < low:
            found.append((start, low - 1))
        start = high + 1
    return tuple(found)


ANY: Ranges = ((0, END - 1),)


@dataclass(slots=True)
class Automaton:
    """A nondeterministic automaton; ``^`` and ``$`` are steps that are free at the start and at the end only."""

    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    free: list[list[tuple[str, int]]] = field(default_factory=list)
    start: int = 0
    accept: int = 0

    def state(self) -> int:
        """A new state."""
        if len(self.steps) > BIG:
            raise NotRegular
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def closure(self, states: frozenset[int], *, first: bool = False, last: bool = False) -> frozenset[int]:
        """Everything reached without a character, before the first or after the last one or in between."""
        found, todo = set(states), list(states)
        while todo:
            for mark, target in self.free[todo.pop()]:
                if target not in found and (not mark or (first if mark == "^" else last)):
                    found.add(target)
                    todo.append(target)
        return frozenset(found)

    def after(self, states: frozenset[int], char: int) -> frozenset[int]:
        """The states after one more character."""
        found = {
            target
            for state in states
            for chars, target in self.steps[state]
            if any(low <= char <= high for low, high in chars)
        }
        return self.closure(frozenset(found))

    def begin(self) -> frozenset[int]:
        """The states before the first character."""
        return self.closure(frozenset([self.start]), first=True)

    def accepts(self, states: frozenset[int], *, first: bool = False) -> bool:
        """Whether the string may end here."""
        return self.accept in self.closure(states, first=first, last=True)


@cache
def literal(texts: frozenset[str]) -> Automaton:
    """Exactly these strings."""
    made = Automaton()
    made.start, made.accept = made.state(), made.state()
    for text in sorted(texts):
        here = made.start
        for char in text:
            made.steps.append([])
            made.free.append([])
            made.steps[here].append((ranges([(ord(char), ord(char))]), len(made.steps) - 1))
            here = len(made.steps) - 1
        made.free[here].append(("", made.accept))
    made.start = _anchored(made)
    return made


def _anchored(made: Automaton) -> int:
    """The string starts and ends with the expression."""
    start, end = len(made.steps), len(made.steps) + 1
    made.steps += [[], []]
    made.free += [[("^", made.start)], []]
    made.free[made.accept].append(("$", end))
    made.accept = end
    return start
