"""What a variation does outside the systems, in the worker: another landscape, other words, steps, a background."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

from pytest_bdd.parser import Scenario

from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.gherkin import ScenarioSpec
from syncproof.defects.base import Variation, hooks
from syncproof.defects.ground import Ground

Json = dict[str, Any]


class Acting:
    """One variation at work. ``done`` counts what it was seen to do."""

    def __init__(self, variation: Variation) -> None:
        self.variation = variation
        self.done = 0
        self._hooks = hooks(variation)
        self._acted: set[str] = set()

    @property
    def watch(self) -> Json | None:
        """The same as of a policy; None if it replaces one, for then that is what must be seen."""
        own = self._hooks and not self.variation.policy
        return {"calls": self.done, "differences": self.done, "crashes": []} if own else None

    def ground(self, ground: Ground) -> Ground:
        """The ground that it needs: the same, or one of its own with another landscape."""
        if "landscape" not in self._hooks:
            return ground
        own = ground.varied(self.variation.landscape)
        self.done += own is not ground
        return own

    @contextmanager
    def at_work(self, ground: Ground) -> Iterator[None]:
        """While the scenarios run."""
        with self.variation.beside(ground) as count:
            try:
                yield
            finally:
                self.done += count()

    def before_step(self, item: ScenarioItem, step: Any, ground: Ground) -> None:
        """Once in each scenario, after what is given."""
        if "before_action" in self._hooks and step.type != "given" and item.nodeid not in self._acted:
            self._acted.add(item.nodeid)
            self.done += self.variation.before_action(ground)

    def worded(self, spec: ScenarioSpec) -> ScenarioSpec:
        """The scenario in the variation's words."""
        if "wording" not in self._hooks:
            return spec
        members = {field.name: getattr(spec, field.name) for field in fields(spec)}
        return Worded(**members, wording=self._wording)

    def _wording(self, text: str, scenario: str) -> str:
        said = self.variation.wording(text, scenario)
        self.done += said != text
        return said


@dataclass(frozen=True)
class Worded(ScenarioSpec):
    """A scenario whose steps say something else."""

    wording: Callable[[str, str], str]

    def render(self) -> Scenario:
        """With the values of its row filled in, then reworded."""
        scenario = ScenarioSpec.render(self)
        whole = "\n".join(step.name for step in scenario.steps)
        for step in scenario.steps:  # made for this rendering
            step.name = self.wording(step.name, whole)
            for cell in (cell for row in (step.datatable.rows if step.datatable else ()) for cell in row.cells):
                cell.value = self.wording(cell.value, whole)
        return scenario
