"""What a run is judged by, as facts for its plan: requirements, risks, protocols, reviewed links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from syncproof.bdd.gherkin import ScenarioSpec
from syncproof.evidence import reviews
from syncproof.evidence.protocols import Protocol
from syncproof.evidence.registry import Registry, UserRequirement
from syncproof.evidence.risk import Risk, assess


@dataclass(frozen=True, slots=True)
class Judged:
    """The registry (None: the suite has none) and what stands beside it."""

    registry: Registry | None = None
    risks: Mapping[str, Risk] = field(default_factory=dict)
    protocols: Mapping[str, Protocol] = field(default_factory=dict)
    reviewed: Mapping[reviews.Link, reviews.Review] = field(default_factory=dict)

    def requirements(self) -> dict[str, Any]:
        """Every requirement, carried by a scenario or not."""
        known = {} if self.registry is None else self.registry.requirements
        return {id_: self._requirement(one) for id_, one in sorted(known.items())}

    def scenario(self, spec: ScenarioSpec) -> dict[str, Any]:
        """The protocol of a scenario, and for which text each of its links was reviewed."""
        name = reviews.template(spec.id)
        links = {id_: self.reviewed[name, id_][0] for id_ in spec.requirements if (name, id_) in self.reviewed}
        # a site's own protocols come last, and take over what they list
        mine = (protocol.id for protocol in reversed([*self.protocols.values()]) if protocol.item_of(spec.id))
        return {"protocol": next(mine, None), "reviewed": links}

    def used(
        self, scenarios: Iterable[Mapping[str, Any]], features: Mapping[str, str], start: datetime
    ) -> dict[str, Any]:
        """The protocols that selected scenarios belong to. ``features`` are the hashes of the files seen, by path."""
        mine: dict[str, dict[str, str]] = {}
        for scenario in scenarios:
            if scenario["selected"] and scenario["protocol"] is not None:
                path = scenario["id"].partition("::")[0]
                mine.setdefault(scenario["protocol"], {})[path] = features[path]
        return {id_: self.protocols[id_].facts(start, mine[id_]) for id_ in sorted(mine)}

    def _requirement(self, one: UserRequirement) -> dict[str, Any]:
        risk = assess(self.risks, one.id)
        return {
            "version": one.version,
            "text": one.text,
            "hash": one.text_hash,
            "title": one.title,
            "source": {"title": one.source.title, "section": one.source.section},
            "kind": one.kind,
            "priority": one.priority,
            "gxp": one.gxp,
            "scope": one.scope,
            "procedural": one.procedural,
            "maps_to": list(one.maps_to),
            "risk": None if risk is None else risk.facts(),
        }
