"""What is compatible for every reader of a schema.

``dependencies`` is no keyword of 2020-12 any more. jsonschema-rs enforces it there nevertheless, Python's jsonschema
ignores it. Neither is the stricter one: a rule that is missing in the new version widens it, one that is missing in
the old version takes away what the proof stands on. So where a schema of 2020-12 has it, all is proved twice.
"""

from collections.abc import Iterator
from dataclasses import replace

from syncproof.contracts.compatibility.comparison import Break, Comparison
from syncproof.contracts.compatibility.schemas import Schema
from syncproof.contracts.compatibility.witnesses import Witnesses

Pair = tuple[Schema, Schema]


def breaks(giver: Schema, taker: Schema) -> list[Break]:
    """What is not proved compatible for all readers; empty means proved for all of them."""
    enforcing = Comparison(giver, taker).breaks()
    if giver.ignoring is None and taker.ignoring is None:
        return enforcing
    lenient = (giver.ignoring or giver, taker.ignoring or taker)
    return list(_merged(enforcing, (giver, taker), Comparison(*lenient).breaks(), lenient))


def _merged(enforcing: list[Break], strict: Pair, ignoring: list[Break], lenient: Pair) -> Iterator[Break]:
    """A break of both is told once, if one document (or none) shows both."""
    others = {(each.pointer, each.rule): each for each in ignoring}
    for each in enforcing:
        other = others.get((each.pointer, each.rule))
        common = _common(each, strict, other, lenient) if other else None
        if common:
            yield common
            del others[common.pointer, common.rule]
        else:
            yield replace(each, readers="enforcing")
    yield from (replace(each, readers="ignoring") for each in others.values())


def _common(one: Break, strict: Pair, other: Break, lenient: Pair) -> Break | None:
    """The break as it is for all readers, if there is one."""
    if other.witness and Witnesses(*strict).confirmed(*other.witness):
        return other
    if one.witness and Witnesses(*lenient).confirmed(*one.witness):
        return one
    return None if one.proved or other.proved else one
