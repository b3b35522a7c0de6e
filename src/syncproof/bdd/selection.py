"""Which of the written scenarios a run takes: by requirement, phase and site."""

from collections.abc import Collection
from dataclasses import dataclass

from syncproof.bdd.gherkin import ScenarioSpec
from syncproof.bdd.guards import SITE_COLUMN

PHASES = ("iq", "oq", "pq")
DEFAULT_PHASE = "oq"


@dataclass(frozen=True, slots=True)
class Selection:
    """Empty takes everything."""

    requirements: Collection[str] = ()
    phases: Collection[str] = ()
    sites: Collection[str] = ()

    def takes(self, spec: ScenarioSpec) -> bool:
        """Whether the scenario is in scope."""
        if self.requirements and not set(self.requirements) & set(spec.requirements):
            return False
        if self.phases and not set(self.phases) & (_tagged(spec, "phase") or {DEFAULT_PHASE}):
            return False
        sites = sites_of(spec)
        return not self.sites or not sites or bool(set(self.sites) & sites)


def sites_of(spec: ScenarioSpec) -> set[str]:
    """The sites of a scenario, by its tags or its row; none: it is of no site."""
    return _tagged(spec, "site") | ({spec.params[SITE_COLUMN]} if SITE_COLUMN in spec.params else set())


def _tagged(spec: ScenarioSpec, name: str) -> set[str]:
    """The values of tags like ``@phase:iq``."""
    return {tag.partition(":")[2] for tag in spec.tags if tag.startswith(f"{name}:")}
