"""Capabilities mean what they say, both ways."""

import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from syncproof.capabilities import PORTS, unknown, verbs
from syncproof.conformance import samples
from syncproof.conformance.fixtures import bench
from syncproof.conformance.subject import Bench, expect
from syncproof.conformance.verbs import CALLS, WHY, results
from syncproof.errors import NotSupported
from syncproof.model import DOMAINS

__all__ = [
    "bench",
    "test_a_declared_verb_works_and_an_undeclared_one_is_not_supported",
    "test_a_domain_that_is_not_declared_is_not_supported",
    "test_bulk_is_one_call",
    "test_business_time_can_be_set_if_that_is_declared",
    "test_every_capability_is_spelt_right",
    "test_it_has_a_name_and_declares_something",
    "test_the_revision_at_an_instant_is_asked_for_with_its_offset",
    "test_verbs_have_the_signatures_of_the_ports",
    "test_without_a_capability_to_control_there_is_no_control",
]
FROZEN = datetime(2027, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


def test_it_has_a_name_and_declares_something(bench: Bench) -> None:
    """``name`` is the one it was given; ``capabilities`` is a frozen set that holds at least identify."""
    system = bench.system
    expect(system.name == bench.subject.name, f"name is {system.name!r}, it was made as {bench.subject.name!r}")
    expect(isinstance(system.capabilities, frozenset), "capabilities must be a frozenset of names")
    expect(bench.declares("system.identify"), "every system can be asked who it is: declare system.identify")


def test_every_capability_is_spelt_right(bench: Bench) -> None:
    """A misspelt one would be *not supported* for ever."""
    strange = sorted(unknown(bench.system.capabilities))
    expect(not strange, f"{', '.join(strange)}: no such capability; syncproof.capabilities lists them")


def test_a_declared_verb_works_and_an_undeclared_one_is_not_supported(bench: Bench, subtests: pytest.Subtests) -> None:
    """A declared verb answers even about what nobody knows; an undeclared one of a port that the adapter
    has raises NotSupported, and nothing else."""
    for verb in CALLS:
        with subtests.test(verb):
            if bench.declares(verb):
                _works(bench, verb)
            elif verb.partition(".")[0] in bench.ports:
                _raises_not_supported(bench, verb)


def _works(bench: Bench, verb: str) -> None:
    name = verb.partition(".")[2]
    expect(hasattr(bench.system, name), f"{verb} is declared, but there is no method {name}")
    answer = CALLS[verb](bench, bench.key())
    expect(results(answer), f"{verb} returned {answer!r}, which is neither an observation nor an outcome")


def _raises_not_supported(bench: Bench, verb: str) -> None:
    name, mark = verb.partition(".")[2], bench.recorder.mark()
    expect(hasattr(bench.system, name), f"{verb} is not declared: there must be a method that raises NotSupported")
    try:
        answer = CALLS[verb](bench, bench.key())
    except NotSupported:
        expect(not bench.recorder.since(mark), f"{verb} asked the system before it raised NotSupported")
        return
    pytest.fail(f"{verb} is not declared but answered {answer!r}", pytrace=False)


def test_verbs_have_the_signatures_of_the_ports(bench: Bench) -> None:
    """Steps call by the names of the port's parameters; more parameters must have defaults."""
    for port in bench.ports:
        for verb in sorted(verbs(port)):
            name = verb.partition(".")[2]
            method = getattr(bench.system, name, None)
            if method is not None and bench.declares(verb):
                _same(verb, inspect.signature(getattr(PORTS[port], name)), inspect.signature(method))


def _same(verb: str, wanted: inspect.Signature, found: inspect.Signature) -> None:
    parameters = list(wanted.parameters.values())[1:]  # without self
    for parameter in parameters:
        own = found.parameters.get(parameter.name)
        expect(own is not None and own.kind == parameter.kind, f"{verb} must take {parameter}, it takes {found}")
    known = {parameter.name for parameter in parameters}
    for name, own in found.parameters.items():
        optional = own.default is not own.empty or own.kind in {own.VAR_KEYWORD, own.VAR_POSITIONAL}
        expect(name in known or optional, f"{verb} needs {name}, which the port does not know")


def test_a_domain_that_is_not_declared_is_not_supported(bench: Bench, subtests: pytest.Subtests) -> None:
    """A declared domain is answered by the system, with whatever it says."""
    bench.needs("system.submit")
    for domain in DOMAINS:
        with subtests.test(domain):
            _domain(bench, domain)


def _domain(bench: Bench, domain: str) -> None:
    master = samples.master(domain, bench.key())
    try:
        answer = bench.system.submit(master, by=bench.subject.user("author"), reason=WHY)
    except NotSupported:
        expect(not bench.declares(f"master.{domain}"), f"master.{domain} is declared but not supported")
        return
    expect(bench.declares(f"master.{domain}"), f"master.{domain} is not declared but answered {answer!r}")


def test_bulk_is_one_call(bench: Bench) -> None:
    """With ``bulk`` declared, many records go by the system's path for many; without it, one by one."""
    bench.needs("system.submit", "master.material", "bulk")
    masters = [samples.material(bench.key()) for _ in range(2)]
    by = bench.subject.user("author")
    one, other = bench.system.submit(*masters, by=by, reason=WHY, bulk=True)
    expect(one.exchanges == other.exchanges, "bulk=True must be one call for all")
    one, other = bench.system.submit(*masters, by=by, reason=WHY)
    expect(one.exchanges != other.exchanges, "bulk=False must be a call for each")


@pytest.mark.parametrize("offset", [0, 2, -5])
def test_the_revision_at_an_instant_is_asked_for_with_its_offset(bench: Bench, offset: int) -> None:
    """The offset must not get lost on the way (an unencoded ``+`` becomes a blank)."""
    at = samples.EFFECTIVE.astimezone(_zone(offset))
    key = bench.key()
    if bench.declares("effectivity.as_of"):
        seen = bench.system.effective("material", key, bench.subject.site, at)
        expect(seen.value is None, f"{key} cannot be known, but {seen.value!r} was seen")
    elif bench.declares("system.effective"):
        with pytest.raises(NotSupported):
            bench.system.effective("material", key, bench.subject.site, at)


def _zone(hours: int) -> Any:
    from datetime import timezone  # noqa: PLC0415  only here

    return timezone(timedelta(hours=hours))


def test_business_time_can_be_set_if_that_is_declared(bench: Bench) -> None:
    """To the microsecond, and back to the host's clock."""
    bench.needs("control.clock", "system.identify")
    try:
        bench.system.set_clock(FROZEN)
        now = bench.system.identify().value.now
        expect(now == FROZEN, f"the clock was set to {FROZEN}, the system says {now}")
    finally:
        bench.system.set_clock(None)
    identity = bench.system.identify().value
    apart = abs(identity.now - identity.host_now)
    expect(apart < timedelta(seconds=5), f"the clock was let go, business time is {apart} off")


@pytest.mark.parametrize(
    ("verb", "arguments", "capability"),
    [
        ("set_clock", (None,), "control.clock"),
        ("inject", ("slow",), "control.faults"),
        ("clear_faults", (), "control.faults"),
    ],
)
def test_without_a_capability_to_control_there_is_no_control(
    bench: Bench, verb: str, arguments: tuple[Any, ...], capability: str
) -> None:
    """Nothing may look as if it had been done."""
    if bench.declares(capability):
        pytest.skip(f"{capability} is declared")
    method = getattr(bench.system, verb, None)
    if method is not None:
        with pytest.raises(NotSupported):
            method(*arguments)
