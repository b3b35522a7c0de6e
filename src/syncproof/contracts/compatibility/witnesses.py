"""Documents that one schema accepts and the other rejects: tried, confirmed with jsonschema-rs, and made small."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from syncproof.contracts.compatibility.evaluation import holds
from syncproof.contracts.compatibility.schemas import Schema
from syncproof.contracts.compatibility.terms import Node
from syncproof.contracts.compatibility.values import kind

TRIES = 3000
"""So many documents are tried where the proof gives none."""
SHRINKS = 400
POOL: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    0.5,
    2,
    10**6,
    "",
    "a",
    "abc",
    "2027-02-01",
    "{}",
    "e30=",
    [],
    [0],
    [0, 0],
    ["a"],
    {},
    {"a": 0},
)


@dataclass(slots=True)
class Witnesses:
    """Looks for documents that ``giver`` accepts and ``taker`` rejects."""

    giver: Schema
    taker: Schema
    pool: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        values = list(POOL)
        for schema in (self.giver, self.taker):
            for value in _constants(schema.document):
                values += _around(value)
                self.names += [value] if isinstance(value, str) else []
        self.pool = values
        self.names = list(dict.fromkeys([*self.names, "a", "other"]))

    def confirmed(self, document: Any) -> bool:
        """Whether the validators differ on it, with formats as notes or with formats as rules."""
        return any(
            self.giver.accepts(document, formats=formats) is True
            and self.taker.accepts(document, formats=formats) is False
            for formats in (False, True)
        )

    def find(self, samples: Iterable[Any], broken: Node, rest: tuple[Node, ...]) -> tuple[Any] | None:
        """A small document that shows it, in a tuple; None if none is found.

        ``broken`` is what it does not satisfy, ``rest`` what it should satisfy nevertheless.
        """
        start = list(samples)
        for document in chain(start, self._tried(start)):
            if self._shows(document, broken):
                clean = tuple(node for node in rest if holds(node, document))
                return (self._shrunk(document, broken, clean),)
        return None

    def _shows(self, document: Any, broken: Node, clean: tuple[Node, ...] = ()) -> bool:
        if holds(broken, document) is True or not all(holds(node, document) for node in clean):
            return False
        return self.confirmed(document)

    def _tried(self, start: list[Any]) -> Iterator[Any]:
        chance = random.Random(0)  # noqa: S311  the same search every time
        yield from self.pool
        base = [*start, *self.pool]
        for _ in range(TRIES):
            document = chance.choice(base)
            for _ in range(chance.randint(1, 3)):
                document = self._mutated(document, chance)
            if self.giver.accepts(document, formats=False):
                base.append(document)
            yield document

    def _mutated(self, value: Any, chance: random.Random) -> Any:
        of = kind(value)
        if of not in {"array", "object"} or chance.random() < 0.2:  # noqa: PLR2004  now and then something else
            return chance.choice(self.pool)
        if of == "object":
            return self._object(value, chance)
        where = chance.randint(0, len(value))
        inner = self._mutated(value[where] if where < len(value) else None, chance)
        return [*value[:where], inner, *value[where + chance.randint(0, 1) :]]

    def _object(self, value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
        name = chance.choice([*value, *self.names])
        if name in value and chance.random() < 0.3:  # noqa: PLR2004
            return {each: inner for each, inner in value.items() if each != name}
        return {**value, name: self._mutated(value.get(name), chance)}

    def _shrunk(self, document: Any, broken: Node, clean: tuple[Node, ...]) -> Any:
        left = SHRINKS
        again = True
        while again:
            again = False
            for smaller in _smaller(document):
                left -= 1
                if left > 0 and self._shows(smaller, broken, clean):
                    document, again = smaller, True
                    break
        return document


def _constants(schema: Any) -> Iterator[Any]:
    """Everything that stands in a schema and may stand in a document."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            yield name
            yield from _constants(value)
    elif isinstance(schema, list):
        for value in schema:
            yield value
            yield from _constants(value)
    else:
        yield schema


def _around(value: Any) -> list[Any]:
    if kind(value) != "number":
        return [value]
    return [value, value + 1, value - 1, "a" * int(value) if 0 <= value <= 50 else value]  # noqa: PLR2004


def _smaller(value: Any) -> Iterator[Any]:
    """Documents with a little less in them."""
    if isinstance(value, dict):
        for name in value:
            yield {each: inner for each, inner in value.items() if each != name}
        for name, inner in value.items():
            yield from ({**value, name: less} for less in _smaller(inner))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield [*value[:index], *value[index + 1 :]]
            yield from ([*value[:index], less, *value[index + 1 :]] for less in _smaller(inner))
    elif isinstance(value, str) and len(value) > 1:
        yield from (value[: len(value) // 2], value[1:])
