"""Installation checks: what every system says of itself, against the landscape file."""

from datetime import timedelta

from pytest_bdd import then

from fixtures.observers import mapped
from syncproof.capabilities import having


@then("every system of the landscape answers with its own name")
def _(check, landscape) -> None:
    for name, system in landscape.systems.items():
        check.equal(
            "URS-IQ-001",
            f"{name} answers",
            name,
            lambda system=system: mapped(having(system, "identity.name").identify(), lambda i: i.system),
        )


@then("every system states product and version")
def _(check, landscape) -> None:
    for name, system in landscape.systems.items():
        check.equal(
            "URS-IQ-002",
            f"{name} states product and version",
            (True, True),
            mapped(system.identify(), lambda i: (bool(i.product), bool(i.version))),
        )


@then("every system's host clock is within the stated offset")
def _(check, landscape, host_now) -> None:
    limit = timedelta(seconds=landscape.clock_offset_limit)
    for name, system in landscape.systems.items():
        check.equal(
            "URS-IQ-003",
            f"host clock of {name} within {limit.total_seconds():g} s",
            True,
            mapped(system.identify(), lambda i: abs(i.host_now - host_now()) <= limit),
        )


@then("every system states the time zone of the landscape file")
def _(check, landscape) -> None:
    for name, system in landscape.systems.items():
        check.equal(
            "URS-IQ-004",
            f"time zone of {name}",
            landscape.time_zone(name),
            mapped(system.identify(), lambda i: i.time_zone),
        )


@then("every system states the capabilities that its adapter declares")
def _(check, landscape) -> None:
    for name, system in landscape.systems.items():
        check.equal(
            "URS-IQ-005",
            f"{name} has every capability its adapter declares",
            frozenset(),
            mapped(system.identify(), lambda i, s=system: s.capabilities - i.capabilities),
        )


@then("every system speaks the contract versions of this suite")
def _(check, landscape, contract_versions) -> None:
    for name, system in landscape.systems.items():
        check.equal(
            "URS-IQ-006",
            f"contract versions of {name}",
            contract_versions,
            lambda system=system: mapped(having(system, "contracts.stated").identify(), lambda i: i.contracts),
        )
