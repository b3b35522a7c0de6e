"""A goal for one type of value: literals are taken apart, alternatives are cut down, the rest is split.

Facts are literals that no rule takes apart any further; the module of the type judges them together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.arrays import array
from syncproof.contracts.compatibility.evaluation import Truth, every, holds, holds_atom, opposite
from syncproof.contracts.compatibility.numbers import number
from syncproof.contracts.compatibility.objects import object_
from syncproof.contracts.compatibility.outcome import CLOSED, UNKNOWN, Facts, Goal, Outcome, sizes
from syncproof.contracts.compatibility.strings import string
from syncproof.contracts.compatibility.terms import Atom, Node
from syncproof.contracts.compatibility.values import kind as kind_of

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.prover import Prover

Literal = tuple[bool, Node | Atom]
Way = tuple[Literal, ...]
JUDGES: dict[str, Callable[["Prover", Facts, bool], Outcome]] = {
    "number": number,
    "string": string,
    "array": array,
    "object": object_,
}
EMPTY: dict[str, Any] = {"string": "", "array": [], "object": {}}
WHOLE = t.Multiple()
DEEP = 60
"""How many alternatives may be open one inside the other."""


@dataclass(slots=True)
class State:
    """What is known in one branch."""

    facts: dict[tuple[bool, Atom], None] = field(default_factory=dict)
    nodes: set[tuple[bool, Node]] = field(default_factory=set)
    choices: list[tuple[Literal, list[Way]]] = field(default_factory=list)

    def copy(self) -> "State":
        return State(dict(self.facts), set(self.nodes), list(self.choices))


@dataclass(slots=True)
class Branch:
    """One goal for one type of value."""

    prover: "Prover"
    kind: str
    goal: Goal
    judged: dict[tuple[frozenset[tuple[bool, Atom]], bool], Outcome] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        """Closed if no value of this type satisfies the goal."""
        return self._run(State(), sorted(self.goal, key=lambda literal: not literal[0]), 0)

    def _run(self, state: State, todo: Iterable[Literal], depth: int) -> Outcome:
        self.prover.left -= 1
        if not self._saturate(state, list(todo)):
            return CLOSED
        found = self._judge(state, sample=not state.choices)
        if found.closed or not state.choices:
            return found
        if self.prover.left <= 0 or depth > DEEP:
            return UNKNOWN
        return self._split(state, depth) if self._cut(state) else CLOSED

    def _cut(self, state: State) -> bool:
        """Drops alternatives that are closed and choices that are met anyway; False if nothing is left of one."""
        again = True
        while again:
            again = False
            for choice in list(state.choices):
                literal, ways = choice
                state.choices.remove(choice)
                if self._met(state, literal):
                    continue
                left = [way for way in ways if not self._closed(state, way)]
                if len(left) > 1:
                    state.choices.append((literal, left))
                elif not left or not self._saturate(state, list(left[0])):
                    return False
                else:
                    again = True
        return not self._judge(state, sample=False).closed

    def _closed(self, state: State, way: Way) -> bool:
        """Whether the facts alone close this alternative."""
        self.prover.left -= 1
        if self.prover.left <= 0:
            return False
        trial = state.copy()
        return not self._saturate(trial, list(way)) or self._judge(trial, sample=False).closed

    def _met(self, state: State, literal: Literal) -> bool:
        """Whether the facts alone, which stay, imply a literal."""
        return self._closed(State(dict(state.facts)), ((not literal[0], literal[1]),))

    def _split(self, state: State, depth: int) -> Outcome:
        if not state.choices:
            return self._judge(state, sample=True)
        choice = min(state.choices, key=lambda each: len(each[1]))
        state.choices.remove(choice)
        closed, samples = True, list[Any]()
        for way in choice[1]:
            found = self._run(state.copy(), way, depth + 1)
            closed = closed and found.closed
            samples += found.samples
            if any(self._fits(sample, state) for sample in found.samples):
                break
        return Outcome(closed, tuple(samples))

    def _judge(self, state: State, *, sample: bool) -> Outcome:
        values = self._finite(state)
        if values is not None:
            left = [(truth, value) for value in values if (truth := self._fits(value, state)) is not False]
            left.sort(key=lambda pair: pair[0] is None)
            return Outcome(not left, tuple(value for _, value in left))
        facts = (frozenset(state.facts), sample)
        if facts not in self.judged:
            self.judged[facts] = JUDGES[self.kind](self.prover, tuple(state.facts), sample)
        return self.judged[facts]

    def _finite(self, state: State) -> list[Any] | None:
        """The few values that there can be, if it is few."""
        if self.kind in {"null", "boolean"}:
            return [None] if self.kind == "null" else [False, True]
        for sign, atom in state.facts:
            if sign and isinstance(atom, t.Enum):
                return [value for value in atom.values if kind_of(value) == self.kind]
        empty = self.kind in EMPTY and sizes(tuple(state.facts))[1] == 0
        return [EMPTY[self.kind]] if empty else None

    def _fits(self, value: Any, state: State) -> Truth:
        goal = (holds(node, value) if sign else opposite(holds(node, value)) for sign, node in self.goal)
        facts = (holds_atom(atom, value) if sign else opposite(holds_atom(atom, value)) for sign, atom in state.facts)
        return every((*goal, *facts))

    def _saturate(self, state: State, todo: list[Literal]) -> bool:
        """Takes literals apart until only facts and choices are left; False if two of them contradict."""
        while todo:
            literal = todo.pop()
            truth = self._truth(literal)
            if truth is False:
                return False
            if truth is None and not self._take(state, literal, todo):
                return False
        return True

    def _take(self, state: State, literal: Literal, todo: list[Literal]) -> bool:
        sign, item = literal
        if isinstance(item, Node):
            if (not sign, item) in state.nodes:
                return False
            state.nodes.add((sign, item))
            if self.prover.assumed(state.nodes, len(self.prover.above) - 1):
                return False
            ways: list[Way] = [tuple((sign, atom) for atom in item.atoms)] if sign else _each(False, item.atoms)
            return self._offer(state, literal, ways, todo)
        if isinstance(item, t.Types):  # only `integer` is left undecided
            return self._take(state, (sign, WHOLE), todo)
        ways_of = WAYS.get(type(item))
        if ways_of is not None:
            return self._offer(state, literal, ways_of(sign, item), todo)
        if not isinstance(item, t.Unknown):
            state.facts[sign, item] = None
        return (not sign, item) not in state.facts

    def _offer(self, state: State, literal: Literal, ways: list[Way], todo: list[Literal]) -> bool:
        """Takes the only alternative, or keeps them for later; False if there is none."""
        left = []
        for way in ways:
            truths = [self._truth(each) for each in way]
            if False not in truths:
                left.append(tuple(each for each, truth in zip(way, truths, strict=True) if truth is None))
        if () in left:
            return True
        if len(left) == 1:
            todo.extend(left[0])
        elif left:
            state.choices.append((literal, left))
        return bool(left)

    def _truth(self, literal: Literal) -> Truth:
        """What the type of the value alone decides."""
        sign, item = literal
        truth = self._of_kind(item)
        return truth if sign else opposite(truth)

    def _of_kind(self, item: Node | Atom) -> Truth:
        if isinstance(item, Node):
            return every(map(self._of_kind, item.atoms))
        if item.kind is not None and item.kind != self.kind:
            return True
        rule = KIND_RULES.get(type(item))
        return rule(self, item) if rule else None

    def typed(self, atom: t.Types) -> Truth:
        """Whether the type is among those of the atom."""
        if self.kind in atom.names:
            return True
        return None if self.kind == "number" and "integer" in atom.names else False

    def listed(self, atom: t.Enum) -> Truth:
        """Whether a value of this type can be among those of the atom."""
        return None if any(kind_of(value) == self.kind for value in atom.values) else False

    def chosen(self, atom: t.Choice) -> Truth:
        """Whether the type decides the condition, and then the rest."""
        condition = self._of_kind(atom.condition)
        if condition is None:
            return None
        return self._of_kind(atom.then if condition else atom.otherwise)

    def counted(self, atom: t.One) -> Truth:
        """Whether the type decides that exactly one holds."""
        truths = [self._of_kind(node) for node in atom.nodes]
        if truths.count(True) > 1:
            return False
        return None if None in truths else truths.count(True) == 1

    def combined(self, atom: t.All | t.Either | t.Not) -> Truth:
        """Whether the type decides a combination."""
        if isinstance(atom, t.Not):
            return opposite(self._of_kind(atom.node))
        if isinstance(atom, t.All):
            return every(map(self._of_kind, atom.nodes))
        return opposite(every(opposite(self._of_kind(node)) for node in atom.nodes))


KIND_RULES: dict[type[Atom], Callable[[Branch, Any], Truth]] = {
    t.Types: Branch.typed,
    t.Enum: Branch.listed,
    t.All: Branch.combined,
    t.Either: Branch.combined,
    t.Not: Branch.combined,
    t.One: Branch.counted,
    t.Choice: Branch.chosen,
}


def _each(sign: bool, items: Iterable[Node | Atom]) -> list[Way]:
    """One alternative for each item."""
    return [((sign, item),) for item in items]


def _all(sign: bool, items: Iterable[Node | Atom]) -> list[Way]:
    """One alternative with all items."""
    return [tuple((sign, item) for item in items)]


def _exactly_one(sign: bool, atom: t.One) -> list[Way]:
    if sign:
        return [tuple((each is one, each) for each in atom.nodes) for one in atom.nodes]
    return [*_all(False, atom.nodes), *(((True, one), (True, other)) for one, other in combinations(atom.nodes, 2))]


def _choose(sign: bool, atom: t.Choice) -> list[Way]:
    return [((True, atom.condition), (sign, atom.then)), ((False, atom.condition), (sign, atom.otherwise))]


WAYS: dict[type[Atom], Callable[[bool, Any], list[Way]]] = {
    t.All: lambda sign, atom: _all(sign, atom.nodes) if sign else _each(sign, atom.nodes),
    t.Either: lambda sign, atom: _each(sign, atom.nodes) if sign else _all(sign, atom.nodes),
    t.Not: lambda sign, atom: [((not sign, atom.node),)],
    t.One: _exactly_one,
    t.Choice: _choose,
}
