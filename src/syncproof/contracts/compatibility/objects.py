"""Whether any object satisfies some facts: what is known of each name, and of names that no fact tells.

A name that is not told is put into a class by the patterns that it matches; every class is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.evaluation import concerned
from syncproof.contracts.compatibility.outcome import CLOSED, Facts, NoSample, Outcome, of_sample, sizes
from syncproof.contracts.compatibility.terms import Node

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.prover import Prover

MANY = 32
"""More classes of names than this are not told apart."""
Goals = frozenset[tuple[bool, Node]]
Match = dict[str, bool]
"""Which patterns a name matches."""


def object_(prover: "Prover", facts: Facts, sample: bool) -> Outcome:
    """Closed if no object satisfies the facts."""
    judge = _Judge(prover, facts)
    if judge.contradicts():
        return CLOSED
    return of_sample(judge.sample, wanted=sample)


@dataclass(slots=True)
class _Judge:
    prover: "Prover"
    facts: Facts
    least: int = 0
    most: int | None = None
    must: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    patterns: list[str] = field(default_factory=list)
    exceptions: list[t.Others | t.Names] = field(default_factory=list)
    extra: dict[str, Goals] = field(default_factory=dict)
    classes: list[Match] | None = None

    def __post_init__(self) -> None:
        self.least, self.most = sizes(self.facts)
        for sign, atom in self.facts:
            self._note(sign, atom)
        self.patterns = list(dict.fromkeys(self.patterns))

    def _note(self, sign: bool, atom: t.Atom) -> None:
        match atom:
            case t.Required():
                (self.must if sign else self.never).add(atom.name)
                self.told.add(atom.name)
            case t.Property():
                self.must |= set() if sign else {atom.name}
                self.told.add(atom.name)
            case t.Others():
                self.told |= atom.names
                self.patterns += sorted(atom.without | atom.matching)
                self.exceptions += [] if sign else [atom]
            case t.Names():
                self.exceptions += [] if sign else [atom]

    def names(self) -> Goals:
        """What is known of every name."""
        return frozenset((True, atom.node) for sign, atom in self.facts if sign and isinstance(atom, t.Names))

    def value(self, name: str) -> Goals:
        """What is known of the value of a name that is told."""
        found = set(self.extra.get(name, ()))
        for sign, atom in self.facts:
            if isinstance(atom, t.Property) and atom.name == name:
                found.add((sign, atom.node))
            elif sign and isinstance(atom, t.Others) and concerned(atom, name):
                found.add((True, atom.node))
        return frozenset(found)

    def possible(self, name: str, *more: tuple[bool, Node]) -> bool:
        """Whether a name that is told may be there, with more known of its value."""
        if name in self.never or self.prover.solve(self.value(name) | set(more)).closed:
            return False
        names = self.names()
        return not names or not self.prover.solve(names | {(True, t.among((name,)))}).closed

    def contradicts(self) -> bool:
        """Whether some fact cannot be met."""
        self.least = max(self.least, len(self.must))
        return (
            (self.most is not None and self.least > self.most)
            or not all(self.possible(name) for name in self.must)
            or not all(any(self._ways(exception)) for exception in self.exceptions)
            or (self.least > len(self.must) and self._crowded())
        )

    def _crowded(self) -> bool:
        """Whether there are fewer names than there must be."""
        room = sum(self.possible(name) for name in self.told)
        return room < self.least and not any(self._open(match, frozenset()) for match in self._classes())

    def _ways(self, exception: t.Others | t.Names) -> Iterator[tuple[str | None, Goals, Goals]]:
        """Where an exception can be: a name or None for one that is not told, and more on the value and the name."""
        full = self.most is not None and len(self.must) >= self.most
        for name in sorted(self.must if full else self.told):
            if self._at(exception, name):
                yield name, frozenset({(False, exception.node)} if isinstance(exception, t.Others) else ()), frozenset()
        for match in [] if full else self._classes():
            more = frozenset({(False, exception.node)})
            if isinstance(exception, t.Names):
                if self._open(match, frozenset(), more):
                    yield None, self._values(match), self._named(match) | more
            elif _applies(exception, match) is not False and self._open(match, more):
                yield None, self._values(match) | more, self._named(match)

    def _at(self, exception: t.Others | t.Names, name: str) -> bool:
        """Whether an exception can be at a name that is told."""
        if isinstance(exception, t.Names):
            named = {(True, t.among((name,))), (False, exception.node)}
            return self.possible(name) and not self.prover.solve(named).closed
        return concerned(exception, name) is not False and self.possible(name, (False, exception.node))

    def _classes(self) -> list[Match]:
        """All classes of names that are not told; where they are too many one that says nothing."""
        if self.classes is None:
            classes: list[Match] = [{}]
            for text in self.patterns:
                split = [{**match, text: sign} for match in classes for sign in (True, False)]
                classes = [match for match in split if not self.prover.solve(self._named(match)).closed]
                if len(classes) > MANY:
                    classes = [{}]
                    break
            self.classes = classes
        return self.classes

    def _named(self, match: Match) -> Goals:
        told = {(False, t.among(tuple(sorted(self.told))))} if self.told else set()
        return (
            self.names()
            | told
            | {(True, STRING)}
            | {(sign, t.single(t.Pattern(text=text))) for text, sign in match.items()}
        )

    def _values(self, match: Match) -> Goals:
        """What is known of the values of a class."""
        others = (atom for sign, atom in self.facts if sign and isinstance(atom, t.Others))
        return frozenset((True, atom.node) for atom in others if _applies(atom, match) is True)

    def _open(self, match: Match, values: Goals, names: Goals = frozenset()) -> bool:
        """Whether a name of a class may be there."""
        if self.prover.solve(self._values(match) | values).closed:
            return False
        return not self.prover.solve(self._named(match) | names).closed

    def sample(self) -> dict[str, Any]:
        """An object that may satisfy the facts."""
        found: dict[str, Any] = {}
        wanted = set(self.must)
        for exception in self.exceptions:
            name, value, named = self._chosen(exception)
            if name is None:
                found[self._fresh(named, found)] = self._one(value)
            else:
                wanted.add(name)
                self.extra[name] = self.extra.get(name, frozenset()) | value
        found |= {name: self._one(self.value(name)) for name in sorted(wanted)}
        for name in sorted(self.told - found.keys()):
            if len(found) < self.least and self.possible(name):
                found[name] = self._one(self.value(name))
        return self._padded(found)

    def _chosen(self, exception: t.Others | t.Names) -> tuple[str | None, Goals, Goals]:
        way = next(iter(self._ways(exception)), None)
        if way is None:
            raise NoSample
        return way

    def _padded(self, found: dict[str, Any]) -> dict[str, Any]:
        for match in self._classes():
            while len(found) < self.least and self._open(match, frozenset()):
                found[self._fresh(self._named(match), found)] = self._one(self._values(match))
        return found

    def _fresh(self, named: Goals, found: dict[str, Any]) -> str:
        other = {(False, t.among(tuple(found)))} if found else set()
        return str(self._one(named | other))

    def _one(self, goal: Goals) -> Any:
        samples = self.prover.solve(goal).samples
        if not samples:
            raise NoSample
        return samples[0]


STRING = t.single(t.Types(names=frozenset({"string"})))


def _applies(atom: t.Others, match: Match) -> bool | None:
    """Whether an atom speaks of the names of a class; None if the class does not say."""
    patterns = dict.fromkeys(atom.without, False) | dict.fromkeys(atom.matching, True)
    if any(text in match and match[text] is not sign for text, sign in patterns.items()):
        return False
    return True if patterns.keys() <= match.keys() else None
