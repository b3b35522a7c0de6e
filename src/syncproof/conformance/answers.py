"""What an adapter returns is what the system answered, and says where that can be read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest

from syncproof.conformance import samples
from syncproof.conformance.fixtures import bench
from syncproof.conformance.subject import Bench, Result, expect
from syncproof.conformance.verbs import CALLS, READS, WHY, WRITES, results
from syncproof.ports import Observation, Outcome

__all__ = [
    "bench",
    "test_a_refusal_is_in_the_words_of_the_systems_own_response",
    "test_a_refused_write_is_in_the_audit_trail",
    "test_a_write_without_a_reason_is_sent_without_one",
    "test_every_instant_has_an_offset",
    "test_every_result_names_the_exchanges_it_came_from",
    "test_the_reason_of_a_write_is_in_the_audit_trail",
    "test_what_is_unknown_is_none_or_empty",
]
KNOWN_ANYHOW = ("system.identify", "synchronised.published")


def _called(bench: Bench, verb: str, key: str | None = None) -> list[Result]:
    return results(CALLS[verb](bench, key or bench.key()))


def test_every_result_names_the_exchanges_it_came_from(bench: Bench, subtests: pytest.Subtests) -> None:
    """Exchanges that were made in this very call, and that were answered."""
    for verb in bench.declared(CALLS):
        with subtests.test(verb):
            mark = bench.recorder.mark()
            found = _called(bench, verb)
            for result in found:
                _names_its_exchanges(bench, verb, result, bench.recorder.since(mark))


def _names_its_exchanges(bench: Bench, verb: str, result: Result, made: tuple[str, ...]) -> None:
    expect(result.system == bench.subject.name, f"{verb} says that it is of {result.system!r}")
    expect(result.exchanges, f"{verb} names no exchange: where was it read?")
    for exchange in result.exchanges:
        expect(exchange in made, f"{verb} names exchange {exchange}, which was not made in this call ({made})")
        expect(bench.tape.said(exchange) is not None, f"{verb} names exchange {exchange}, which had no answer")


def test_a_refusal_is_in_the_words_of_the_systems_own_response(bench: Bench, subtests: pytest.Subtests) -> None:
    """``code: message``, with the message to be found in the response."""
    refused = 0
    for verb in bench.declared(WRITES):
        with subtests.test(verb):
            for outcome in _called(bench, verb):
                if isinstance(outcome, Outcome) and outcome.status == "refused":
                    refused += 1
                    _in_its_own_words(bench, verb, outcome)
    expect(refused, "not one write about what nobody knows was refused: are refusals recognised?")


def _in_its_own_words(bench: Bench, verb: str, refusal: Outcome) -> None:
    expect(refusal.reasons, f"{verb} was refused without a reason")
    said = _squeezed(bench.tape.said(exchange) or "" for exchange in refusal.exchanges)
    for reason in refusal.reasons:
        code, colon, message = reason.partition(": ")
        expect(colon and code and " " not in code, f"{verb}: {reason!r} is not 'code: message'")
        expect(
            _squeezed([message]) in said,
            f"{verb}: {message!r} is not in the system's response {said!r}: an adapter has no words of its own",
        )


def _squeezed(texts: Iterable[str]) -> str:
    """Text without differences in blanks and line breaks."""
    return " ".join(" ".join(texts).replace("\xa0", " ").split())


def test_what_is_unknown_is_none_or_empty(bench: Bench, subtests: pytest.Subtests) -> None:
    """Not an error, and not something made up."""
    for verb in bench.declared(verb for verb in READS if verb not in KNOWN_ANYHOW):
        with subtests.test(verb):
            for seen in _called(bench, verb):
                value = seen.value if isinstance(seen, Observation) else None
                expect(value is None or _is_empty(value), f"{verb} of a fresh key observed {value!r}")


def _is_empty(value: Any) -> bool:
    if isinstance(value, msgspec.Struct):  # a record of collections, such as a genealogy
        return not any(member for member in msgspec.structs.asdict(value).values() if not isinstance(member, str))
    return not value


def _seen_after_a_write(bench: Bench) -> Iterator[tuple[str, Any]]:
    key = bench.key()
    if bench.declares("system.submit", "master.material"):
        bench.system.submit(samples.material(key), by=bench.subject.user("author"), reason=WHY)
    for verb in bench.declared(READS):
        for seen in _called(bench, verb, key):
            yield verb, seen


def test_every_instant_has_an_offset(bench: Bench) -> None:
    """Whatever zone a system thinks in: an instant without an offset is none."""
    for verb, seen in _seen_after_a_write(bench):
        for path, instant in _instants(seen.value, verb):
            expect(instant.tzinfo is not None, f"{path} = {instant!r} has no offset")


def _instants(value: Any, path: str) -> Iterator[tuple[str, datetime]]:
    if isinstance(value, datetime):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name, member in msgspec.structs.asdict(value).items():
            if name != "local":  # a wall time by definition
                yield from _instants(member, f"{path}.{name}")
    elif isinstance(value, tuple | list | frozenset):
        for n, member in enumerate(value):
            yield from _instants(member, f"{path}[{n}]")


# audit


def test_the_reason_of_a_write_is_in_the_audit_trail(bench: Bench) -> None:
    """With ``audit.reason`` declared: the reason that was given, word for word."""
    bench.needs("audit.reason", "system.submit", "system.audit_trail", "master.material")
    key, why = bench.key(), "conformance: grün & 50% <ok>"
    (outcome,) = bench.system.submit(samples.material(key), by=bench.subject.user("author"), reason=why)
    reasons = [event.reason for event in bench.system.audit_trail("material", key).value]
    expect(why in reasons, f"the write was {outcome.status}; the trail has the reasons {reasons}")


def test_a_refused_write_is_in_the_audit_trail(bench: Bench) -> None:
    """With ``audit.refused`` declared: who tried, and the outcome."""
    bench.needs("audit.refused", "system.submit", "system.audit_trail", "master.material")
    key, reader = bench.key(), bench.subject.user("reader")
    (outcome,) = bench.system.submit(samples.material(key), by=reader, reason=WHY)
    expect(outcome.status == "refused", f"{reader} may only read, but a write was {outcome.status}")
    trail = bench.system.audit_trail("material", key).value
    found = [(event.actor, event.outcome) for event in trail]
    expect((reader, "refused") in found, f"the trail has {found}")


def test_a_write_without_a_reason_is_sent_without_one(bench: Bench) -> None:
    """An adapter that invented a reason would hide that the system does not insist on one."""
    bench.needs("audit.reason", "system.submit", "master.material")
    (outcome,) = bench.system.submit(samples.material(bench.key()), by=bench.subject.user("author"), reason=None)
    expect(outcome.status == "refused", "a write without a reason was not refused by the system")
