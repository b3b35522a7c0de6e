"""Holds a replayed record against the one that it was made from: every verdict is derived anew from recorded bytes."""

from collections.abc import Iterator
from typing import Any

from syncproof.evidence.canonical import canonical
from syncproof.evidence.core_verifier import FAILED, OK, UNCHECKED, Finding
from syncproof.evidence.reader import Event, Record, ScenarioRecord

DERIVED = ("step", "requirement", "claim", "kind", "expected", "actual", "source", "tolerance", "verdict")
"""What of a check replay derives; its times, looks and ids are inputs."""
PARTS = ("features", "steps", "fixtures")
ANCHOR = "re-derived"


def workers(record: Record) -> list[str]:
    """Whose journals hold scenarios."""
    return sorted({scenario.worker for scenario in record.scenarios.values()})


def compared(record: Record, replayed: dict[str, Record]) -> Iterator[Finding]:
    """The findings of a replay; ``replayed`` is by worker."""
    yield from _suites(record, replayed)
    checks = passed = 0
    for id_, scenario in record.scenarios.items():
        again = replayed[scenario.worker].scenarios.get(id_) if scenario.worker in replayed else None
        faults = list(_faults(scenario, again))
        yield from (Finding("replay", status, id_, message, ANCHOR) for status, message in faults)
        checks += len(scenario.checks)
        passed += not faults
    total = len(record.scenarios)
    if passed:
        message = f"{passed} of {total} scenarios derived anew with the same verdicts ({checks} checks on record)"
        yield Finding("replay", OK, "", message, ANCHOR)
    if not total:
        yield Finding("replay", UNCHECKED, "", "the record holds no scenario", ANCHOR)


def _suites(record: Record, replayed: dict[str, Record]) -> Iterator[Finding]:
    """Verdicts are derived by the suite that is here: it should be the one of the run."""
    then = record.first("run_started") or {}
    now = next((started for one in replayed.values() if (started := one.first("run_started"))), None)
    if now is None:
        return
    other = [part for part in PARTS if then.get("suite", {}).get(part) != now["suite"].get(part)]
    if other:
        message = f"the {', '.join(other)} here are not those of the run: give its suite with --suite"
        yield Finding("suite", UNCHECKED, "", message, ANCHOR)
    elif then.get("engine") != now["engine"]:
        yield Finding("suite", OK, "", "the suite of the run, played back by another version of Syncproof", ANCHOR)
    else:
        yield Finding("suite", OK, "", "suite and engine are those of the run", ANCHOR)


def _faults(was: ScenarioRecord, again: ScenarioRecord | None) -> Iterator[tuple[str, str]]:
    if was.finished is None or was.verdict == "aborted":
        yield UNCHECKED, "was broken off in the run: there is no verdict to derive"
    elif again is None:
        yield UNCHECKED, "is not in the suite that is here"
    else:
        yield from ((FAILED, text) for text in _differences(was, again))


def _differences(was: ScenarioRecord, again: ScenarioRecord) -> Iterator[str]:
    if was.verdict != again.verdict:
        reason = f" ({again.reason})" if again.reason else ""
        yield f"was {was.verdict} and is {again.verdict} when derived anew{reason}"
    for number, (one, other) in enumerate(zip(was.checks, again.checks, strict=False), 1):
        names = [name for name in DERIVED if not _same(one, other, name)]
        if names:
            shown = "; ".join(f"{name} was {one.get(name)!r:.200} and is {other.get(name)!r:.200}" for name in names)
            yield f"check {number} ({one['requirement']}): {shown}"
    if len(was.checks) != len(again.checks):
        yield f"{len(was.checks)} checks are on record, {len(again.checks)} were made anew"
    if len(was.exchanges) != len(again.exchanges):
        yield f"{len(was.exchanges)} exchanges are on record, {len(again.exchanges)} were asked for anew"


def _same(one: Event, other: Event, name: str) -> bool:
    return canonical(_value(one, name)) == canonical(_value(other, name))


def _value(event: Event, name: str) -> Any:
    return event.get(name)
