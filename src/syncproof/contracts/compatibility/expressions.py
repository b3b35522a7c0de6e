"""Regular expressions as automata, for the part of ECMA-262 that is regular and read alike everywhere.

Whatever is not in that part (look-around, back references, flags, word boundaries, properties of Unicode) is
``None`` here: then only the same text is known to mean the same.
"""

import re
from functools import cache

from syncproof.contracts.compatibility.automata import ANY, BIG, Automaton, NotRegular, Ranges, opposite, ranges

DIGIT = ranges([(0x30, 0x39)])
WORD = ranges([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
SINGLE_SPACES = (0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF)
SPACE = ranges([(9, 13), (0x2000, 0x200A), (0x2028, 0x2029), *((char, char) for char in SINGLE_SPACES)])
CLASSES = {"d": DIGIT, "w": WORD, "s": SPACE, "D": opposite(DIGIT), "W": opposite(WORD), "S": opposite(SPACE)}
DOT = opposite(((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)))
CONTROL = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}


@cache
def automaton(text: str) -> Automaton | None:
    """All strings that a pattern finds something in; None if we do not read it."""
    try:
        return _Reader(text).read()
    except (NotRegular, RecursionError):
        return None


Part = tuple[int, int]


class _Reader:
    """Reads a pattern by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.made = text, 0, Automaton()

    def read(self) -> Automaton:
        start, accept = self._choice()
        if self.at < len(self.text):
            raise NotRegular
        made = self.made
        made.start, made.accept = made.state(), made.state()
        made.steps[made.start].append((ANY, made.start))  # a pattern is searched for, anywhere
        made.steps[made.accept].append((ANY, made.accept))
        made.free[made.start].append(("", start))
        made.free[accept].append(("", made.accept))
        return made

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self, text: str) -> bool:
        found = self.text.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def _link(self, source: int, target: int, mark: str = "") -> None:
        self.made.free[source].append((mark, target))

    def _choice(self) -> Part:
        start, end = self.made.state(), self.made.state()
        while True:
            first, last = self._row()
            self._link(start, first)
            self._link(last, end)
            if not self._take("|"):
                return start, end

    def _row(self) -> Part:
        start = end = self.made.state()
        while self._peek() not in {"", "|", ")"}:
            first, last = self._repeated()
            self._link(end, first)
            end = last
        return start, end

    def _repeated(self) -> Part:
        begin = self.at
        part = self._single()
        least, most = self._count()
        if (least, most) == (1, 1):
            return part
        after = self.at
        start = end = self.made.state()
        for _ in range(least):
            end = self._again(begin, end)
        end = self._loop(begin, end) if most is None else self._optional(begin, end, most - least)
        self.at = after
        return start, end

    def _again(self, begin: int, end: int) -> int:
        """The same part once more, behind ``end``."""
        self.at = begin
        first, last = self._single()
        self._link(end, first)
        return last

    def _loop(self, begin: int, end: int) -> int:
        hub = self.made.state()
        self._link(end, hub)
        self._link(self._again(begin, hub), hub)
        return hub

    def _optional(self, begin: int, end: int, times: int) -> int:
        final = self.made.state()
        self._link(end, final)
        for _ in range(times):
            end = self._again(begin, end)
            self._link(end, final)
        return final

    def _count(self) -> tuple[int, int | None]:
        found = re.compile(r"\*|\+|\?|\{([0-9]+)(,([0-9]*))?\}").match(self.text, self.at)
        if found is None:
            return 1, 1
        self.at = found.end()
        self._take("?")  # lazy or not: the same strings
        if self._peek() in {"*", "+", "?", "{"}:
            raise NotRegular
        if found[0] in {"*", "+", "?"}:
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[found[0]]
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else None
        if least > BIG or (most is not None and not least <= most <= BIG):
            raise NotRegular
        return least, most

    def _single(self) -> Part:
        char = self._peek()
        if self._take("("):
            return self._group()
        if self._take("^") or self._take("$"):
            start, end = self.made.state(), self.made.state()
            self._link(start, end, char)
            return start, end
        start, end = self.made.state(), self.made.state()
        self.made.steps[start].append((self._chars(), end))
        return start, end

    def _group(self) -> Part:
        if self._take("?") and not self._take(":"):
            name = re.compile(r"<[A-Za-z_][A-Za-z0-9_]*>").match(self.text, self.at)
            if name is None:
                raise NotRegular
            self.at = name.end()
        part = self._choice()
        if not self._take(")"):
            raise NotRegular
        return part

    def _chars(self) -> Ranges:
        if self._take("."):
            return DOT
        if self._take("["):
            return self._class()
        if self._peek() in set("*+?{}]"):
            raise NotRegular
        return self._char()

    def _char(self) -> Ranges:
        """One character, or an escape that stands for some."""
        char = self._peek()
        self.at += 1
        if char != "\\":
            return ranges([(ord(char), ord(char))])
        kind = self._peek()
        self.at += 1
        if kind in CLASSES and kind:
            return CLASSES[kind]
        code = self._code(kind)
        return ranges([(code, code)])

    def _code(self, kind: str) -> int:
        if kind in CONTROL:
            return CONTROL[kind]
        if kind in {"x", "u"}:
            found = re.compile("[0-9A-Fa-f]{%d}" % (2 if kind == "x" else 4)).match(self.text, self.at)  # noqa: UP031
            if found is None or 0xD800 <= int(found[0], 16) <= 0xDFFF:  # noqa: PLR2004  surrogates are halves
                raise NotRegular
            self.at = found.end()
            return int(found[0], 16)
        if not kind or kind not in r"^$\.*+?()[]{}|/-":
            raise NotRegular
        return ord(kind)

    def _class(self) -> Ranges:
        negated = self._take("^")
        pairs: list[tuple[int, int]] = []
        while not self._take("]"):
            if self._peek() in {"", "["} or self.text[self.at : self.at + 2] in {"&&", "--", "~~"}:
                raise NotRegular
            pairs += self._member()
        found = ranges(pairs)
        return opposite(found) if negated else found

    def _member(self) -> list[tuple[int, int]]:
        low = self._char()
        if self._peek() != "-" or self.text[self.at + 1 : self.at + 2] in {"]", ""}:
            return list(low)
        self.at += 1
        high = self._char()
        if low[0][0] != low[0][1] or high[0][0] != high[0][1] or low[0] > high[0]:
            raise NotRegular
        return [(low[0][0], high[0][0])]
