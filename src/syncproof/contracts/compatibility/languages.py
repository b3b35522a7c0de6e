"""Whether any string is in some languages, outside of others, and of a given length: a breadth-first search."""

from dataclasses import dataclass
from functools import cache

from syncproof.contracts.compatibility.automata import ANY, LAST, TWINS, Automaton

STATES = 4000
"""How many states the search may visit before it gives up."""
SURROGATES = range(0xD800, 0xE000)
NICE = [*range(0x61, 0x7B), *range(0x41, 0x5B), *range(0x30, 0x3A), 0x2D, 0x5F, 0x20]
"""Characters that people like to see in an example."""
TWIN_OF = {twin: char for char, twin in TWINS.items()}


@dataclass(frozen=True, slots=True)
class Search:
    """``found`` is the shortest string; None with ``complete`` means that there is none. ``cost`` is in states."""

    found: str | None
    complete: bool
    cost: int = 0


Step = tuple[frozenset[int], ...]


def search(inside: list[Automaton], outside: list[Automaton], least: int = 0, most: int | None = None) -> Search:
    """The shortest string in all of ``inside`` and none of ``outside`` whose length fits."""
    machines = [*inside, *outside]
    alphabet = _alphabet(machines)
    cap = least if most is None else most
    following = [((tuple(each.begin() for each in machines), 0), "")]
    level, seen = following, set[tuple[Step, int]]()  # the start itself is not among the seen: `^` holds only there
    after = cache(lambda index, at, char: machines[index].after(at, char))
    while level:
        following = []
        for (states, length), text in level:
            ended = [each.accepts(at, first=not text) for each, at in zip(machines, states, strict=True)]
            if all(ended[: len(inside)]) and not any(ended[len(inside) :]) and length >= least:
                return Search(text, complete=True, cost=len(seen))
            if most is not None and length >= most:
                continue
            for char in alphabet:
                reached = tuple(after(index, at, char) for index, at in enumerate(states))
                step = (reached, min(length + 1, cap))
                if step not in seen and all(reached[: len(inside)]):
                    seen.add(step)
                    following.append((step, text + chr(TWIN_OF.get(char, char))))
        if len(seen) > STATES:
            return Search(None, complete=False, cost=len(seen))
        level = following
    return Search(None, complete=True, cost=len(seen))


def _alphabet(machines: list[Automaton]) -> list[int]:
    """One character for each set of characters that no automaton tells apart."""
    edges = {0, SURROGATES.start, SURROGATES.stop, LAST + 1, *TWINS, *(char + 1 for char in TWINS), *TWINS.values()}
    for machine in machines:
        for steps in machine.steps:
            for chars, _ in steps:
                if chars is not ANY:
                    edges.update(edge for low, high in chars for edge in (low, high + 1))
    ordered = sorted(edge for edge in edges if edge <= max(TWINS.values()))
    pieces = zip(ordered, [*(edge - 1 for edge in ordered[1:]), max(TWINS.values())], strict=True)
    return _joined([piece for piece in pieces if piece[0] not in SURROGATES], machines)


def _joined(pieces: list[tuple[int, int]], machines: list[Automaton]) -> list[int]:
    sets = list({chars for machine in machines for steps in machine.steps for chars, _ in steps if chars is not ANY})
    chosen: dict[tuple[bool, ...], int] = {}
    for low, high in sorted(pieces, key=_niceness):
        char = next((each for each in NICE if low <= each <= high), low)
        chosen.setdefault(tuple(any(a <= char <= b for a, b in chars) for chars in sets), char)
    return list(chosen.values())


def _niceness(piece: tuple[int, int]) -> int:
    return next((rank for rank, char in enumerate(NICE) if piece[0] <= char <= piece[1]), len(NICE) + piece[0])
