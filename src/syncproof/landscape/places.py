"""On which line of a TOML file a table or key stands; tomllib does not tell."""

import re

from syncproof.landscape.mistakes import Place

HEADER = re.compile(r"^\s*(\[\[?)\s*(?P<keys>[^\[\]]+?)\s*\]\]?\s*(#.*)?$")
ASSIGNMENT = re.compile(r"""^\s*(?P<keys>("[^"]*"|'[^']*'|[\w-]+)(\s*\.\s*("[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
KEY = re.compile(r"""\"([^\"]*)\"|'([^']*)'|([\w-]+)""")


class Lines:
    """Line numbers by place. Good enough for messages: inside inline tables and multi-line values
    the line is that of the key they belong to."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}
        table: Place = ()
        for number, line in enumerate(text.splitlines(), start=1):
            if header := HEADER.match(line):
                table = self._table(_keys(header["keys"]), repeated=header[1] == "[[")
                self._lines.setdefault(table, number)
            elif assignment := ASSIGNMENT.match(line):
                self._lines.setdefault((*table, *_keys(assignment["keys"])), number)

    def _table(self, keys: Place, *, repeated: bool) -> Place:
        if not repeated:
            return keys
        index = self._counts.get(keys, 0)
        self._counts[keys] = index + 1
        return (*keys, index)

    def of(self, place: Place) -> int | None:
        """The line of a place, or of the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self._lines:
                return self._lines[place[:end]]
        return None


def _keys(text: str) -> Place:
    return tuple(next(part for part in match.groups() if part is not None) for match in KEY.finditer(text))
