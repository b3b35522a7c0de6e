"""What a scenario was executed on, and whether two runs of it can be told as one story.

Results of two runs count together only if landscape, systems, requirement, protocol, suite and harness are the same;
where they are not, it is said what differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from syncproof.evidence.execution.outline import Outline

LANDSCAPE, SYSTEMS, REQUIREMENT, PROTOCOL = "landscape", "systems", "requirement", "protocol"
SUITE, HARNESS = "suite", "harness"
SHARED_PARTS = ("steps", "fixtures", "contracts")
"""Parts of the suite that every scenario rests on. Its feature file is compared by itself, and of the registry the
requirements that it carries."""
NONE = "none on record"


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect in which two executions differ, in words."""

    aspect: str
    text: str


Configuration = dict[tuple[str, str], str]
"""(aspect, name) -> identity."""


def shared(run: Outline) -> Configuration:
    """What every result of a run rests on."""
    started = run.started
    suite = started.get("suite") or {}
    return {
        (LANDSCAPE, "file"): _of(started.get("landscape"), "sha256"),
        **{(SYSTEMS, name): f"{_of(one, 'product')} {_of(one, 'version')}" for name, one in run.systems.items()},
        **{(SUITE, part): _of(suite, part) for part in SHARED_PARTS},
        (HARNESS, "syncproof"): f"{_of(started.get('versions'), 'syncproof')} {_of(started, 'engine')}",
    }


def particular(run: Outline, scenario: str) -> Configuration:
    """What the result of one scenario rests on besides."""
    known = run.plan.requirements
    return {
        (SUITE, "feature file"): features(run).get(scenario.partition("::")[0], NONE),
        (PROTOCOL, "of the scenario"): " ".join(map(str, protocol(run, scenario)[:2])),
        **{
            (REQUIREMENT, id_): f"{_of(known.get(id_), 'version')} {_of(known.get(id_), 'hash')}"
            for id_ in run.requirements(scenario)
        },
    }


def differences(before: Outline, after: Outline, scenario: str) -> tuple[Difference, ...]:
    """In what the later execution of a scenario differs from the earlier one."""
    return (
        *between(shared(before), shared(after)),
        *between(particular(before, scenario), particular(after, scenario)),
    )


def between(old: Configuration, new: Configuration) -> tuple[Difference, ...]:
    """Where two configurations differ, in words."""
    if old == new:
        return ()
    places = sorted(old.keys() | new.keys())
    pairs = ((place, old.get(place, NONE), new.get(place, NONE)) for place in places)
    return tuple(
        Difference(aspect, f"{aspect} ({name}): {_short(was)} → {_short(now)}")
        for (aspect, name), was, now in pairs
        if was != now
    )


def features(run: Outline) -> dict[str, str]:
    """The feature files that a run saw, and their hashes."""
    return {one["path"]: one["sha256"] for one in run.plan.features}


Protocol = tuple[str | None, str | None, str | None]
"""Id, hash of the content, and instant of the approval of a protocol; None what there is not."""


def protocol(run: Outline, scenario: str) -> Protocol:
    """Under which protocol a run executed a scenario."""
    one = run.planned.get(scenario)
    id_ = None if one is None else one.protocol
    facts = run.plan.protocols.get(id_ or "") or {}
    return id_, facts.get("hash"), (facts.get("approval") or {}).get("at")


def is_same_landscape(one: Outline, other: Outline) -> bool:
    """By its name or its content: a landscape whose file was edited is still that landscape."""
    mine, theirs = (run.started.get("landscape") or {} for run in (one, other))
    return any(mine.get(name) == theirs.get(name) for name in ("path", "sha256"))


def _of(facts: Mapping[str, Any] | None, name: str) -> str:
    return str((facts or {}).get(name) or NONE)


def _short(identity: str) -> str:
    """Hashes by their first twelve digits."""
    parts = identity.split(" ")
    return " ".join(
        part[:19] if part.startswith("sha256:") else part[:12] if len(part) == 64 else part  # noqa: PLR2004
        for part in parts
    )
