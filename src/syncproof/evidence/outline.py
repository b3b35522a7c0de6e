"""What a run came to, without reading all of its record: enough for the state of a protocol over many runs.

The lines are taken as they stand; whether the record holds together, verify says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from syncproof.evidence.reader import Event
from syncproof.evidence.verdicts import ScenarioVerdict, worst

_WANTED = {
    b'"type":"%s"' % name: name.decode() for name in (b"plan", b"scenario_finished", b"deviation", b"run_finished")
}


@dataclass(frozen=True, slots=True)
class Outline:
    """Verdicts of the scenarios that a run was asked for (``not run`` if they have no end), and its deviations."""

    path: Path
    verdicts: Mapping[str, ScenarioVerdict]
    deviations: tuple[Event, ...]
    counts: Mapping[str, Any] | None


def outline(pack: Path) -> Outline:
    """The outline of a pack; that of a run without plan is empty."""
    verdicts: dict[str, ScenarioVerdict] = {}
    found: dict[str, ScenarioVerdict] = {}
    deviations: list[Event] = []
    counts = None
    for event in _events(pack):
        match event["type"]:
            case "plan":
                verdicts |= {one["id"]: "not run" for one in event["scenarios"] if one["selected"]}
            case "scenario_finished":
                id_ = event["scenario"]
                found[id_] = worst(found[id_], event["verdict"]) if id_ in found else event["verdict"]
            case "deviation":
                deviations.append(event)
            case "run_finished":
                counts = event["counts"]
    return Outline(pack, verdicts | found, tuple(deviations), counts)


def _events(pack: Path) -> Iterator[Event]:
    for path in sorted((pack / "record").glob("journal-*.ndjson")):
        if path.name.startswith("journal-integration"):
            continue
        with path.open("rb") as stream:
            for line in stream:
                if any(mark in line for mark in _WANTED) and line.endswith(b"\n"):
                    event = msgspec.json.decode(line, type=dict[str, Any])
                    if event["type"] in _WANTED.values():
                        yield event
