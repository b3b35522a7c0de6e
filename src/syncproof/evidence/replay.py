"""Holds a replayed record against the one that it was made from: every verdict is derived anew from recorded bytes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from syncproof.evidence.canonical import canonical
from syncproof.evidence.core_verifier import FAILED, OK, UNCHECKED, Finding
from syncproof.evidence.reader import Event, Record, ScenarioRecord
from syncproof.transport.recorder import MISMATCH

DERIVED = ("step", "requirement", "claim", "kind", "expected", "actual", "source", "tolerance", "verdict")
"""What of a check replay derives; its times, looks and ids are inputs."""
PARTS = ("features", "steps", "fixtures")
WORDED_BY = {"suite": "contracts or registry", "engine": "Syncproof", "python": "Python", "versions": "a package"}
"""What must be that of the run for a reason to be the same, word for word."""
OF_THE_HOST = re.compile(r"\bat 0x[0-9a-fA-F]+|\bafter [0-9]+ ms\b")
"""What of a reason no run repeats: where an object lay in memory, in what Python says of errors that are not ours, and
how long a system took to agree."""
ANCHOR = "re-derived"


def workers(record: Record) -> list[str]:
    """Whose journals hold scenarios with a verdict that can be derived."""
    return sorted({one.worker for one in record.scenarios.values() if not _is_broken_off(one)})


def compared(record: Record, replayed: dict[str, Record]) -> Iterator[Finding]:
    """The findings of a replay; ``replayed`` is by worker."""
    yield from _suites(record, replayed)
    yield from _never_begun(record)
    exact, missed = _is_exact(record, replayed), _missed(replayed)
    yield from (Finding("replay", FAILED, "", text, ANCHOR) for text in missed[None])
    checks = passed = 0
    for id_, scenario in record.scenarios.items():
        again = replayed[scenario.worker].scenarios.get(id_) if scenario.worker in replayed else None
        faults = list(_faults(scenario, again, missed[id_], exact=exact))
        yield from (Finding("replay", status, id_, message, ANCHOR) for status, message in faults)
        checks += len(scenario.checks)
        passed += not faults
    total = len(record.scenarios)
    if passed:
        message = f"{passed} of {total} scenarios derived anew with the same verdicts ({checks} checks on record)"
        yield Finding("replay", OK, "", message, ANCHOR)
    if not total:
        yield Finding("replay", UNCHECKED, "", "the record holds no scenario", ANCHOR)


def counts(record: Record, found: Iterable[Finding]) -> dict[str, Any]:
    """How many scenarios are on record, what became of them at replay, and how many checks they hold."""
    status = {one.place: one.status for one in found}
    states = Counter(status.get(id_, OK) for id_ in record.scenarios)
    scenarios = {
        "recorded": states.total(),
        "derived": states[OK],
        "changed": states[FAILED],
        "not derived": states[UNCHECKED],
    }
    return {"scenarios": scenarios, "checks": sum(len(one.checks) for one in record.scenarios.values())}


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
    elif others := [told for name, told in WORDED_BY.items() if then.get(name) != now.get(name)]:
        message = f"the suite of the run, with {', '.join(others)} of another version: reasons were not compared"
        yield Finding("suite", OK, "", message, ANCHOR)
    else:
        yield Finding("suite", OK, "", "suite and engine are those of the run", ANCHOR)


def _never_begun(record: Record) -> Iterator[Finding]:
    """What a run that ended early, or a record with something taken out, does not hold."""
    begun = record.scenarios.verdicts()
    never = [one["id"] for one in record.plan if one["selected"] and one["id"] not in begun]
    if never:
        message = (
            f"{len(never)} selected scenarios are not on record: there is nothing to derive ({', '.join(never):.300})"
        )
        yield Finding("replay", UNCHECKED, "", message, ANCHOR)


def _is_exact(record: Record, replayed: dict[str, Record]) -> bool:
    """Whether all is as in the run that the words of a reason may depend on."""
    then = record.first("run_started") or {}
    now = [one.first("run_started") or {} for one in replayed.values()]
    return all(then.get(name) == one.get(name) for one in now for name in WORDED_BY)


def _missed(replayed: dict[str, Record]) -> defaultdict[str | None, list[str]]:
    """By scenario, what was asked that the record does not hold."""
    found: defaultdict[str | None, list[str]] = defaultdict(list)
    for one in replayed.values():
        for event in one.of_type(MISMATCH):
            found[event["scenario"]].append(event["message"])
    return found


def _is_broken_off(scenario: ScenarioRecord) -> bool:
    return scenario.finished is None or scenario.verdict == "aborted"


def _faults(
    was: ScenarioRecord, again: ScenarioRecord | None, missed: list[str], *, exact: bool
) -> Iterator[tuple[str, str]]:
    if _is_broken_off(was):
        yield UNCHECKED, "was broken off in the run: there is no verdict to derive"
    elif again is None:
        yield UNCHECKED, "is not in the suite that is here"
    else:
        yield from ((FAILED, text) for text in [*_differences(was, again, exact=exact), *missed])


def _differences(was: ScenarioRecord, again: ScenarioRecord, *, exact: bool) -> Iterator[str]:
    if was.verdict != again.verdict:
        reason = f" ({again.reason})" if again.reason else ""
        yield f"was {was.verdict} and is {again.verdict} when derived anew{reason}"
    elif exact and _words(was) != _words(again):
        yield f"the reason was {was.reason!r:.300} and is {again.reason!r:.300} when derived anew"
    for number, (one, other) in enumerate(zip(was.checks, again.checks, strict=False), 1):
        names = [name for name in DERIVED if not _same(one, other, name)]
        if names:
            shown = "; ".join(f"{name} was {one.get(name)!r:.200} and is {other.get(name)!r:.200}" for name in names)
            yield f"check {number} ({one['requirement']}): {shown}"
    if len(was.checks) != len(again.checks):
        yield f"{len(was.checks)} checks are on record, {len(again.checks)} were made anew"
    if len(was.exchanges) != len(again.exchanges):
        yield f"{len(was.exchanges)} exchanges are on record, {len(again.exchanges)} were asked for anew"


def _words(scenario: ScenarioRecord) -> str | None:
    return None if scenario.reason is None else OF_THE_HOST.sub("", scenario.reason)


def _same(one: Event, other: Event, name: str) -> bool:
    return canonical(_value(one, name)) == canonical(_value(other, name))


def _value(event: Event, name: str) -> Any:
    return event.get(name)
