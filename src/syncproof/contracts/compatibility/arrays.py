"""Whether any array satisfies some facts: what is known of each place, and how many places there may be.

The last place stands for all behind it: no fact tells those apart.
"""

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.finite import bound
from syncproof.contracts.compatibility.outcome import CLOSED, UNKNOWN, Facts, NoSample, Outcome, of_sample, sizes
from syncproof.contracts.compatibility.terms import Node

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.prover import Prover

MANY = 256
"""More places than this are not told apart."""
LONG = 2000
"""Longer arrays are not made."""
Goals = frozenset[tuple[bool, Node]]


def array(prover: "Prover", facts: Facts, sample: bool) -> Outcome:
    """Closed if no array satisfies the facts."""
    judge = _Judge(prover, facts)
    if judge.last > MANY:
        return UNKNOWN
    if judge.contradicts():
        return CLOSED
    return of_sample(judge.sample, wanted=sample)


@dataclass(slots=True)
class _Judge:
    prover: "Prover"
    facts: Facts
    last: int = 0
    least: int = 0
    most: int | None = None
    some: list[tuple[Node, int]] = field(default_factory=list)
    few: list[tuple[Node, int]] = field(default_factory=list)
    exceptions: list[t.Rest] = field(default_factory=list)
    unique: bool = False
    twins: bool = False
    extra: dict[int, Goals] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.least, self.most = sizes(self.facts)
        for sign, atom in self.facts:
            self._note(sign, atom)

    def _note(self, sign: bool, atom: t.Atom) -> None:
        match atom:
            case t.Item():
                self.last = max(self.last, atom.index + 1)
                self.least = max(self.least, 0 if sign else atom.index + 1)
            case t.Rest():
                self.last = max(self.last, atom.start)
                self.least = max(self.least, 0 if sign else atom.start + 1)
                self.exceptions += [] if sign else [atom]
            case t.Some():
                (self.some if sign else self.few).append((atom.node, atom.count if sign else atom.count - 1))
            case t.Few():
                (self.few if sign else self.some).append((atom.node, atom.count if sign else atom.count + 1))
            case t.Unique():
                self.unique, self.twins = self.unique or sign, self.twins or not sign

    def at(self, index: int) -> Goals:
        """What is known of the item at a place."""
        found = set(self.extra.get(index, ()))
        for sign, atom in self.facts:
            if isinstance(atom, t.Item) and atom.index == index:
                found.add((sign, atom.node))
            elif sign and isinstance(atom, t.Rest) and atom.start <= index:
                found.add((True, atom.node))
        return frozenset(found | {(False, node) for node, count in self.few if count == 0})

    def closed(self, index: int, *more: tuple[bool, Node]) -> bool:
        """Whether nothing can stand at a place, with more known of it."""
        return self.prover.solve(self.at(index) | set(more)).closed

    def places(self, start: int = 0) -> range:
        """The places that may be filled, the last for all behind it."""
        return range(start, self.last + 1 if self.most is None else min(self.last + 1, self.most))

    def contradicts(self) -> bool:
        """Whether some fact cannot be met."""
        self.least = max([self.least, *(count for _, count in self.some), 2 if self.twins else 0])
        for index in self.places():
            if self.closed(index):
                self.most = index
                break
        self._pigeonhole()
        return (
            (self.most is not None and self.least > self.most)
            or any(count < 0 for _, count in self.few)
            or any(all(self.closed(i, (False, e.node)) for i in self.places(e.start)) for e in self.exceptions)
            or any(self._too_few(node, count) for node, count in self.some)
            or any(self._too_many(node, count) for node, count in self.few)
            or any(n > m and self._within(one, other) for one, n in self.some for other, m in self.few)
            or (self.twins and (self.unique or self._pair() is None))
        )

    def _pigeonhole(self) -> None:
        """Different items of few values are few."""
        values = [bound(self.at(index)) for index in self.places()] if self.unique else [None]
        if all(each is not None for each in values):
            number = len(frozenset[Any]().union(*(each for each in values if each is not None)))
            self.most = number if self.most is None else min(self.most, number)

    def _room(self, index: int) -> int | None:
        """How many items a place stands for; None is without an end."""
        if index < self.last:
            return 1
        return None if self.most is None else self.most - self.last

    def _too_few(self, node: Node, count: int) -> bool:
        rooms = [self._room(index) for index in self.places() if not self.closed(index, (True, node))]
        return None not in rooms and sum(room or 0 for room in rooms) < count

    def _too_many(self, node: Node, count: int) -> bool:
        """Whether more places that are filled must satisfy the node."""
        filled = [(index, 1 if index < self.last else self.least - self.last) for index in self.places()]
        sure = [(index, room) for index, room in filled if index < self.least]
        return count > 0 and sum(room for index, room in sure if self.closed(index, (False, node))) > count

    def _within(self, one: Node, other: Node) -> bool:
        return all(self.closed(index, (True, one), (False, other)) for index in self.places())

    def _pair(self) -> tuple[int, int] | None:
        """Two places that can have the same value; behind the last there are more like it, if there is room."""
        places = [*self.places(), *([self.last + 1] if self.most is None or self.most > self.last + 1 else [])]
        pairs = combinations(places, 2)
        return next((pair for pair in pairs if not self.prover.solve(self.at(pair[0]) | self.at(pair[1])).closed), None)

    def sample(self) -> list[Any]:
        """An array that may satisfy the facts."""
        length = self.least
        for exception in self.exceptions:
            length = max(length, self._assign(exception.start, (False, exception.node), length) + 1)
        for node, count in self.some:
            taken = 0
            for index in range(self.last + count + 1):
                if taken < count and self._accepts(index, (True, node)):
                    taken, length = taken + 1, max(length, index + 1)
        pair = self._pair() if self.twins else None
        return self._twins(pair, length) if pair else self._filled(length)

    def _twins(self, pair: tuple[int, int], length: int) -> list[Any]:
        one, other = pair
        self.extra[one] = self.at(one) | self.at(other)
        items = self._filled(max(length, other + 1))
        items[other] = items[one]
        return items

    def _assign(self, start: int, literal: tuple[bool, Node], length: int) -> int:
        for index in range(start, max(length, self.last + 1)):
            if self._accepts(index, literal):
                return index
        raise NoSample

    def _accepts(self, index: int, literal: tuple[bool, Node]) -> bool:
        if (self.most is not None and index >= self.most) or self.closed(index, literal):
            return False
        self.extra[index] = frozenset({*self.extra.get(index, ()), literal})
        return True

    def _filled(self, length: int) -> list[Any]:
        if length > LONG:
            raise NoSample
        items: list[Any] = []
        for index in range(length):
            goal = self.at(index) | ({(False, t.among(tuple(items)))} if self.unique and items else frozenset())
            spare = goal | {(False, node) for node, _ in self.few if (True, node) not in goal}
            found = self.prover.solve(spare).samples or self.prover.solve(goal).samples
            if not found:
                raise NoSample
            items.append(found[0])
        return items
