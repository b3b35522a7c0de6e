"""Whether everything that one schema accepts is accepted by another, and where not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.alike import unite
from syncproof.contracts.compatibility.outcome import UNKNOWN, Outcome
from syncproof.contracts.compatibility.prover import Prover
from syncproof.contracts.compatibility.schemas import Schema
from syncproof.contracts.compatibility.terms import Atom, Node
from syncproof.contracts.compatibility.witnesses import Witnesses

STEPS = 6000
"""Steps for each question that is put to the prover."""
WHOLE = 60_000
"""Steps for all questions of a comparison."""
Wrap = Callable[[Node], Node]
Readers = Literal["all", "enforcing", "ignoring"]
"""For whom it is a break: all, or only those who enforce or who ignore ``dependencies`` in 2020-12 (``readers``)."""


@dataclass(frozen=True, slots=True)
class Break:
    """A rule of ``taker`` that a document of ``giver`` breaks (or may break: then there is no witness)."""

    pointer: str
    rule: str
    witness: tuple[Any] | None
    readers: Readers = "all"

    @property
    def proved(self) -> bool:
        """Whether a document shows it."""
        return self.witness is not None


@dataclass(frozen=True, slots=True)
class Found:
    """An atom that could not be proved, inside of what leads to it from the root."""

    atom: Atom
    whole: Node
    outcome: Outcome
    rest: tuple[Node, ...]
    """What else the taker asks for."""
    again: Node | None = None
    """The schema that was looked at further outside, if the atom leads back to it."""


@dataclass(slots=True)
class Comparison:
    """Holds every rule of ``taker`` against what ``giver`` accepts."""

    giver: Schema
    taker: Schema
    prover: Prover = field(default_factory=Prover)
    spent: int = 0

    def breaks(self) -> list[Break]:
        """What is not proved compatible; empty means proved."""
        unite(self.giver.node, self.taker.node)
        if self._ask(self.taker.node).closed:
            return []
        witnesses = Witnesses(self.giver, self.taker)
        breaks: dict[tuple[str, str], Break] = {}
        for each in _once(list(self._find(lambda node: node, self.taker.node, (), ()))):
            place = (each.atom.place, each.atom.keyword)
            if place not in breaks:
                breaks[place] = Break(*place, self._witness(each, witnesses))
        return list(breaks.values())

    def _witness(self, found: Found, witnesses: Witnesses) -> tuple[Any] | None:
        """A document that breaks this rule and, if there is such a one, no other."""
        clean = self._ask(found.whole, found.rest).samples
        return witnesses.find([*clean, *found.outcome.samples], found.whole, found.rest)

    def _ask(self, node: Node, rest: tuple[Node, ...] = ()) -> Outcome:
        """Whether everything that the giver accepts (and that satisfies the rest) satisfies a node."""
        budget = max(min(STEPS, WHOLE - self.spent), 100)
        self.prover.left = budget
        try:
            outcome = self.prover.solve([(True, self.giver.node), (False, node), *((True, each) for each in rest)])
        except RecursionError:
            outcome = UNKNOWN
        self.spent += budget - self.prover.left
        return outcome

    def _find(self, wrap: Wrap, node: Node, way: tuple[Node, ...], rest: tuple[Node, ...]) -> Iterator[Found]:
        for atom in node.atoms:
            whole = wrap(t.single(atom))
            outcome = self._ask(whole)
            if not outcome.closed:
                beside = tuple(each for each in node.atoms if each is not atom)
                others = (*rest, wrap(Node(("beside", beside), node.place, beside))) if beside else rest
                inner = list(self._inside(wrap, atom, (*way, node), others))
                again = next((each for each, _ in _parts(atom) if each in way or each == node), None)
                yield from inner or [Found(atom, whole, outcome, others, again)]

    def _inside(self, wrap: Wrap, atom: Atom, way: tuple[Node, ...], rest: tuple[Node, ...]) -> Iterator[Found]:
        for node, rebuilt in _parts(atom):
            if node not in way and node.key != "false":
                yield from self._find(_wrapped(wrap, rebuilt), node, way, rest)


def _wrapped(wrap: Wrap, rebuilt: Callable[[Node], Atom]) -> Wrap:
    return lambda inner: wrap(t.single(rebuilt(inner)))


def _once(found: list[Found]) -> list[Found]:
    """What breaks a recursive schema is told where it stands, and not again at each way back to it."""
    told = [each.atom.place for each in found if each.again is None]
    return [each for each in found if each.again is None or not _inside_of(each.again.place, told)]


def _inside_of(place: str, told: list[str]) -> bool:
    return any(each == place or each.startswith(f"{place}/") for each in told)


def _parts(atom: Atom) -> Iterator[tuple[Node, Callable[[Node], Atom]]]:
    """The nodes whose failure is the failure of the atom, with the atom made again of one of their atoms."""
    if isinstance(atom, t.All):
        for node in atom.nodes:
            yield node, lambda inner: replace(atom, nodes=(inner,))
    elif isinstance(atom, t.Property | t.Others | t.Item | t.Rest):
        yield atom.node, lambda inner: replace(atom, node=inner)
    elif isinstance(atom, t.Choice):
        yield atom.then, lambda inner: replace(atom, then=inner, otherwise=t.TRUE)
        yield atom.otherwise, lambda inner: replace(atom, then=t.TRUE, otherwise=inner)
