"""Proves that no document satisfies a goal: some nodes that hold and some that do not.

``OLD ⊆ NEW`` is the goal "OLD holds and NEW does not". Closed means proved: there is no such document. Open means
not proved, with documents that may satisfy the goal. Every rule may only close what really is empty; whatever is
not understood stays open.

Recursion: a goal on a part of the document (an item, a property, a name) may take as proved what is being proved of
the whole around it, for parts are smaller and documents are finite. Within one value nothing is ever taken so:
``solve`` is called for parts only.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from syncproof.contracts.compatibility.branch import Branch
from syncproof.contracts.compatibility.evaluation import Truth, every, holds, opposite
from syncproof.contracts.compatibility.outcome import ANYTHING, CLOSED, UNKNOWN, Goal, Literal, Outcome
from syncproof.contracts.compatibility.terms import All, Node
from syncproof.contracts.compatibility.values import KINDS

DEEP = 40
"""How deep into a document a proof goes."""


@dataclass(slots=True)
class Prover:
    """Proves goals with a number of steps."""

    left: int = 20_000
    known: dict[Goal, Outcome] = field(default_factory=dict)
    above: list[Goal] = field(default_factory=list)
    lowest: int = 0

    def solve(self, goal: Iterable[Literal]) -> Outcome:
        """The outcome of a goal on a part (or on the whole, at the beginning)."""
        meant = ((sign, _meant(node)) for sign, node in goal)
        wanted = frozenset((sign, node) for sign, node in meant if (sign, node.key) != (True, "true"))
        if not wanted:
            return ANYTHING
        if any((not sign, node) in wanted for sign, node in wanted):
            return CLOSED
        if wanted in self.known:
            return self.known[wanted]
        if self.assumed(wanted, len(self.above)):
            return CLOSED
        if self.left <= 0 or len(self.above) > DEEP:
            return UNKNOWN
        return self._prove(wanted)

    def assumed(self, goal: AbstractSet[Literal], levels: int) -> bool:
        """Whether it is being proved of one of the outermost ``levels`` wholes that this is a part of."""
        for level, each in enumerate(self.above[:levels]):
            if each <= goal:
                self.lowest = min(self.lowest, level)
                return True
        return False

    def _prove(self, goal: Goal) -> Outcome:
        level, outer = len(self.above), self.lowest
        self.lowest = level
        self.above.append(goal)
        try:
            outcome = self._kinds(goal)
        finally:
            self.above.pop()
        independent, self.lowest = self.lowest >= level, min(outer, self.lowest)
        if independent or not outcome.closed:  # what rests on an assumption is known only under it
            self.known[goal] = outcome
        return outcome

    def _kinds(self, goal: Goal) -> Outcome:
        maybe: list[Any] = []
        closed = True
        for kind in KINDS:
            outcome = Branch(self, kind, goal).outcome()
            closed = closed and outcome.closed
            for sample in outcome.samples:
                truth = fulfils(goal, sample)
                if truth:
                    return Outcome(closed=False, samples=(sample,))
                maybe += [sample] if truth is None else []
        return Outcome(closed, tuple(maybe[:3]))


def fulfils(goal: Iterable[Literal], value: Any) -> Truth:
    """Whether a document satisfies a goal."""
    return every(holds(node, value) if sign else opposite(holds(node, value)) for sign, node in goal)


def _meant(node: Node) -> Node:
    """What a node refers to, if it does nothing else: so that the same goal is seen to be the same."""
    while len(node.atoms) == 1 and isinstance(node.atoms[0], All) and len(node.atoms[0].nodes) == 1:
        node = node.atoms[0].nodes[0]
    return node
