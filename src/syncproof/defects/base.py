"""What a defect is: one decision of one system, replaced by a wrong one.

A user's own, from a past incident (``syncproof power --defects FILE.py``)::

    from syncproof.defects import Defect

    class HoldsForgotten(Defect):
        \"\"\"The warehouse looks at the hold of the lot and forgets that of its location.\"\"\"

        id = "SITE-0042"
        citation = "CAPA 2024-17"
        requirements = ("URS-HLD-002", "URS-HLD-003")
        system = "wms"
        policy = "restrictions"

        def replacement(self, original, ctx, lot):
            return original(ctx, {**lot, "location": "elsewhere"})

``syncproof power --policies`` lists what can be replaced. A message in transit is ``system = "integration"``,
``policy = "carry"``; the clock is the policy ``business_time`` of a system.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from syncproof.defects.ground import Ground
    from syncproof.landscape.definition import Definition

Json = dict[str, Any]
Original = Callable[..., Any]
"""The policy that is replaced."""


class Defect:
    """One seeded defect. A subclass states what it is and replaces one policy; its docstring is the mechanism."""

    id: ClassVar[str] = ""
    """Unique name, as reports show it. A class without one is no defect (a base of others)."""
    citation: ClassVar[str] = ""
    """Where it was reported."""
    requirements: ClassVar[tuple[str, ...]] = ()
    """The requirements it breaks; a failed check of any of them detects it. The nearest comes first."""
    system: ClassVar[str] = ""
    """erp, mes, wms, qms or integration."""
    also: ClassVar[tuple[str, ...]] = ()
    """Further systems in which the same policy is replaced at the same time."""
    policy: ClassVar[str] = ""
    """What is replaced, by its name in the list of policies."""
    harmless: ClassVar[bool] = False
    """True for a variation that is allowed: no check of its requirements may fail."""
    waits_for: ClassVar[str] = ""
    """What the landscape does not have yet; as long as this is stated, the defect is declared and not run."""

    def replacement(self, original: Original, *arguments: Any) -> Any:
        """What is decided in place of ``original(*arguments)``, which may be asked."""
        raise NotImplementedError(f"{type(self).__name__}.replacement is not written")

    @property
    def systems(self) -> tuple[str, ...]:
        """Every system in which a policy is replaced."""
        return (self.system, *self.also) if self.policy else ()

    @property
    def mechanism(self) -> str:
        """What goes wrong, in words."""
        return " ".join((type(self).__doc__ or "").split())


class Variation(Defect):
    """Something that differs and is right all the same: it must raise no alarm.

    It replaces a policy as a defect does, or overrides one of the methods below, or both.
    """

    harmless = True
    at_most: ClassVar[int] = 20
    """Scenarios of its requirements that are tried, evenly drawn; ``--whole`` tries all."""
    shows: ClassVar[bool] = True
    """False if what it changes is no value that a policy gives, but how long it takes, say."""

    def landscape(self, definition: "Definition") -> "Definition":
        """The landscape file that this variation needs: other mappings, tolerances, zones, SLAs."""
        return definition

    def wording(self, text: str, scenario: str) -> str:
        """What stands for a text of a step; ``scenario`` is the text of all of its steps."""
        return text

    def before_action(self, ground: "Ground") -> int:
        """Between what is given and the first *When* (or *Then*) of a scenario; how often something was done."""
        return 0

    def beside(self, ground: "Ground") -> AbstractContextManager[Callable[[], int]]:
        """What goes on while the scenarios run; gives how often something was done so far."""
        return nullcontext(lambda: 0)


HOOKS = ("landscape", "wording", "before_action", "beside")
"""What a variation may override in place of a policy."""


def hooks(defect: Defect) -> frozenset[str]:
    """Those that it overrides."""
    if not isinstance(defect, Variation):
        return frozenset()
    return frozenset(name for name in HOOKS if getattr(type(defect), name) is not getattr(Variation, name))
