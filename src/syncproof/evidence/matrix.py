"""The traceability matrix, both ways, from the record alone.

Every requirement of the registry is a row, covered or not; a scenario that carries none of them is a row too. A
link is *stale* when the requirement's text is another one than when somebody reviewed the link. The counts are
our own and nobody adjusts them (checklist rows 8 and 9).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from syncproof.evidence.protocols import UNAPPROVED
from syncproof.evidence.reader import Record
from syncproof.evidence.reviews import short
from syncproof.evidence.verdicts import RequirementVerdict, ScenarioVerdict, requirement_results

Reviewed = Literal["reviewed", "stale", "not reviewed"]


@dataclass(frozen=True, slots=True)
class Link:
    """A scenario that verifies a requirement; ``via`` names the requirement of ours that a customer's maps to."""

    scenario: str
    verdict: ScenarioVerdict
    review: Reviewed
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement. ``facts`` holds version, text, hash, source, gxp, risk and so on, as the run had them."""

    id: str
    state: RequirementVerdict
    links: tuple[Link, ...]
    facts: Mapping[str, Any]

    @property
    def text(self) -> str:
        """What is required."""
        return str(self.facts.get("text", ""))


@dataclass(frozen=True, slots=True)
class Orphan:
    """A scenario that carries no requirement of the registry."""

    scenario: str
    verdict: ScenarioVerdict


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows."""

    rows: tuple[Row, ...]
    orphans: tuple[Orphan, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many requirements are in which state."""
        return dict(sorted(Counter(row.state for row in self.rows).items()))

    @property
    def by_scenario(self) -> dict[str, tuple[str, ...]]:
        """The other way round: which requirements a scenario verifies."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            for link in row.links:
                found.setdefault(link.scenario, []).append(row.id)
        return {scenario: tuple(ids) for scenario, ids in found.items()}


def matrix(record: Record) -> Matrix:
    """The matrix of a run. Of a run of the whole suite, a requirement in scope that no scenario carries is a gap."""
    known: dict[str, dict[str, Any]] = (record.first("plan") or {}).get("requirements", {})
    plan, verdicts, whole = record.plan, record.verdicts(), record.is_whole
    results = requirement_results(
        _with_mapped(plan, known),
        verdicts,
        required=[id_ for id_, one in known.items() if whole and one.get("scope") == "rig"],
        procedural=[id_ for id_, one in known.items() if whole and one.get("procedural")],
    )
    scenarios = {scenario["id"]: scenario for scenario in plan}
    rows = tuple(
        Row(id_, result.verdict, tuple(_links(id_, result.scenarios, scenarios, known)), known.get(id_, {}))
        for id_, result in results.items()
    )
    orphans = (s["id"] for s in plan if not set(s["requirements"]) & set(known))
    return Matrix(rows, tuple(Orphan(id_, verdicts[id_]) for id_ in orphans))


def claim_notice(record: Record) -> str | None:
    """What a run says that was made under a protocol which nobody had approved, or under none; None if all were."""
    return None if unclaimed(record) is None else UNAPPROVED


def unclaimed(record: Record) -> str | None:
    """Why a run makes no claim of qualification, in words; None if it may."""
    planned = record.first("plan")
    if planned is None or "protocols" not in planned:
        return "no plan with protocols is on record"
    used = {scenario["protocol"]: scenario["id"] for scenario in planned["scenarios"] if scenario["selected"]}
    if None in used:
        return f"{used[None]} belongs to no protocol"
    protocols = {id_: planned["protocols"][id_] for id_ in sorted(used)}
    pending = [f"{id_}: {_why(one)}" for id_, one in protocols.items() if not one["approval"]]
    if pending:
        return "; ".join(pending)
    return None if used else "nothing was selected"


def _why(protocol: Mapping[str, Any]) -> str:
    return str(protocol.get("unapproved") or "not approved before the run")


def counted_for(id_: str, known: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The ids that count for a requirement: itself, and what it maps to, over several layers."""
    found, new = {id_}, [id_]
    while new:
        more = known.get(new.pop(), {}).get("maps_to", ())
        new += [other for other in more if other not in found]
        found.update(more)
    return found


def _with_mapped(plan: Iterable[Mapping[str, Any]], known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plan in which a scenario also carries the requirements that map to those it carries."""
    mapped = {id_: counted_for(id_, known) for id_, one in known.items() if one.get("maps_to")}
    return [
        {
            **scenario,
            "requirements": [
                *scenario["requirements"],
                *(id_ for id_, ids in mapped.items() if not ids.isdisjoint(scenario["requirements"])),
            ],
        }
        for scenario in plan
    ]


def _links(
    id_: str,
    found: Iterable[tuple[str, ScenarioVerdict]],
    scenarios: Mapping[str, Mapping[str, Any]],
    known: Mapping[str, Mapping[str, Any]],
) -> Iterable[Link]:
    for name, verdict in dict(found).items():
        carried: Collection[str] = scenarios[name]["requirements"]
        via = None if id_ in carried else next(one for one in carried if one in counted_for(id_, known))
        yield Link(name, verdict, _reviewed(scenarios[name], via or id_, known), via)


def _reviewed(scenario: Mapping[str, Any], id_: str, known: Mapping[str, Mapping[str, Any]]) -> Reviewed:
    seen = scenario.get("reviewed", {}).get(id_)
    if seen is None:
        return "not reviewed"
    return "reviewed" if seen == short(known.get(id_, {}).get("hash", "")) else "stale"
