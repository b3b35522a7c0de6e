"""Records that break a contract or a rule: good ones with one thing made wrong, always the same ones.

What a record of the model cannot hold (a missing field, a text for a number) is not among them: a port takes whole
records only, so it could not be sent. Of a message that is no record (a fact) every text is in its place.
"""

import typing
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from syncproof.contracts import explain
from syncproof.contracts.rules import Rules
from syncproof.contracts.rules.base import Source
from syncproof.model.wire import plain

TEXTS = ("", "\u0000no {kind}")
"""Of a kind of their own: a unit of this name that one test makes is none for the next."""
DECIMALS = tuple(map(Decimal, ("0", "-1", "NaN", "Infinity")))
NUMBERS = (0, -1)
WORD = "Nonsense"
"""In place of one of a few words."""
Texts = tuple[str, ...]
KEPT = frozenset({"id", "revision", "kind"})
"""By which the record is found again."""
HERE, ELSEWHERE = Source("hostile", 1, ""), Source("known", 1, "")


class Mutant(NamedTuple):
    """A record with one thing made wrong: at a JSON pointer, how."""

    place: str
    how: str
    record: Any


def mutants(record: Any) -> list[Mutant]:
    """One for each value that each place of a record can hold and should not."""
    texts = tuple(text.format(kind=type(record).__name__) for text in TEXTS)
    return [Mutant(*each) for each in _changed(record, type(record), texts, KEPT)]


def telling(found: Iterable[tuple[Mutant, str]]) -> Iterator[tuple[Mutant, str]]:
    """Of mutants and the rules that they break, those that break a rule at another place or by another value than
    those before them."""
    seen: set[tuple[str, str]] = set()
    for mutant, rule in found:
        ways = {(mutant.place, rule), (rule, mutant.how)}
        if not ways <= seen:
            yield mutant, rule
        seen |= ways


def breaks(contract: str, record: Any, known: Iterable[tuple[str, Any]]) -> str:
    """The rule that a record breaks among others that are known (contract and record); "schema" if its contract, empty
    if none."""
    document = plain(record)
    if explain(contract, document):
        return "schema"
    rules = Rules()
    for name, other in known:
        list(rules.look(name, plain(other), ELSEWHERE))
    found = list(rules.look(contract, document, HERE))
    found += [one.found for one in rules.end() if one.source == HERE]
    return found[0].rule.id if found else ""


def _changed(value: Any, kind: Any, texts: Texts, kept: frozenset[str] = frozenset()) -> Iterator[tuple[str, str, Any]]:
    """Place, what was made of it, and the value with that in it."""
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(type(value)):
            member = getattr(value, field.name)
            for place, how, made in () if field.name in kept else _changed(member, field.type, texts):
                yield f"/{field.encode_name}{place}", how, msgspec.structs.replace(value, **{field.name: made})
    elif isinstance(value, dict):
        for name, member in value.items():
            for place, how, made in () if name in kept else _changed(member, type(member), texts):
                yield f"/{name}{place}", how, {**value, name: made}
    elif isinstance(value, tuple):
        yield from _lists(value, texts)
    else:
        yield from (("", repr(each)[:20], each) for each in _instead(value, kind, texts) if each != value)


def _lists(value: tuple[Any, ...], texts: Texts) -> Iterator[tuple[str, str, Any]]:
    if value:
        yield "", "nothing", ()
        yield "", "the first twice", (value[0], *value)
    for number, member in enumerate(value):
        for place, how, made in _changed(member, type(member), texts):
            yield f"/{number}{place}", how, (*value[:number], made, *value[number + 1 :])


def _instead(value: Any, kind: Any, texts: Texts) -> tuple[Any, ...]:
    """Values of the same type."""
    if typing.get_origin(kind) is typing.Literal:
        return (WORD,)
    if isinstance(value, bool):
        return ()
    if isinstance(value, Decimal):
        return DECIMALS
    if isinstance(value, int):
        return NUMBERS
    return texts if value is None or isinstance(value, str) else ()
