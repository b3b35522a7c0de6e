"""Other ways to write the same JSON."""

import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any

from syncproof.defects.harmless.wire import Written, mapped

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
DECIMALS = frozenset({"value", "tolerance", "increment", "low", "high", "factor"})
"""Members that hold a decimal as text."""
KOLKATA = timezone(timedelta(hours=5, minutes=30))


class Format(Written):
    """A base."""

    citation = "RFC 8259, sections 2, 4 and 7: JSON that means the same"


class MembersReversed(Format):
    """The members of every object come in reverse."""

    id = "OK-FMT-01"
    events = True

    def rewritten(self, path: str, answer: Any) -> Any:
        return turned(answer)


def turned(value: Any) -> Any:
    """The same with the members of every object in reverse."""
    if isinstance(value, list):
        return [turned(each) for each in value]
    return {key: turned(value[key]) for key in reversed(value)} if isinstance(value, dict) else value


class Indented(Format):
    """Answers are indented, with white space around everything."""

    id = "OK-FMT-02"
    events = True

    def dumped(self, answer: Any) -> str:
        return f"\n {json.dumps(answer, indent=3, separators=(' ,', ' : '), ensure_ascii=False)} \r\n"


class Escaped(Format):
    """Letters beyond ASCII and the hyphen in texts are written as escapes."""

    id = "OK-FMT-03"
    events = True

    def dumped(self, answer: Any) -> str:
        return _TEXT.sub(lambda text: text[0].replace("-", "\\u002d").replace("/", "\\/"), json.dumps(answer))


class TrailingZeros(Format):
    """Decimals have zeros at their end: 1.5 is written 1.500."""

    id = "OK-FMT-04"
    citation = "contracts of quantities: a decimal as text, whose trailing zeros mean nothing"

    def rewritten(self, path: str, answer: Any) -> Any:
        return mapped(answer, zeros)


def zeros(name: str, text: str) -> str:
    """A decimal with two more digits; any other text as it is."""
    if name not in DECIMALS or not _NUMBER.fullmatch(text):
        return text
    return f"{text}00" if "." in text else f"{text}.00"


class OtherOffset(Format):
    """Instants are written with the offset of Kolkata and not with Z."""

    id = "OK-FMT-05"
    citation = "RFC 3339, section 4.2: an instant has many offsets"

    def rewritten(self, path: str, answer: Any) -> Any:
        return mapped(answer, lambda _name, text: _elsewhere(text) if _INSTANT.fullmatch(text) else text)


def _elsewhere(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(KOLKATA).isoformat()


class ListsReversed(Format):
    """What has no order of its own comes in another one: revisions, requirements, balances, orders of a revision."""

    id = "OK-FMT-06"
    citation = "the ports: sets and lists without a stated order"
    paths = ("/masters?", "/requirements", "/stock", "/where-used")

    def rewritten(self, path: str, answer: Any) -> Any:
        lists = {name: answer[name][::-1] for name in ("items", "orders") if isinstance(answer.get(name), list)}
        return {**answer, **lists}
