"""Turns one defect on and off within a running system, and watches whether it makes any difference."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from syncproof.defects.base import Defect
from syncproof.simulators.chassis.errors import Refused
from syncproof.simulators.chassis.inbox import Rejected
from syncproof.simulators.chassis.peers import PeerUnavailable
from syncproof.simulators.product import ProductError

ANSWERS = (Refused, Rejected, ProductError, PeerUnavailable)
"""Exceptions by which a policy decides; any other is a crash."""
EFFECTS = frozenset({
    "apply_change", "apply_disposition", "apply_fact", "apply_lot", "apply_order", "ask_quality", "audit", "announce",
    "draw", "eligibility_log", "enter", "free_allocations", "publish", "receipt", "revalidate", "sequencing",
})  # fmt: skip
"""Policies that do something: they are not asked twice for the sake of a comparison."""
FEW = 3
"""How many crashes are kept in words."""


@dataclass
class Watch:
    """What the replacement of a defect was seen to do. ``differences`` is None where that cannot be told."""

    calls: int = 0
    differences: int | None = 0
    crashes: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As it goes on the wire."""
        return {"calls": self.calls, "differences": self.differences, "crashes": self.crashes[:FEW]}


class Switchboard:
    """The defects of one system, of which one at most is on."""

    def __init__(self, defects: Mapping[str, Defect]) -> None:
        self._defects = dict(defects)
        self._on: Defect | None = None
        self._watch = Watch()

    def turn_on(self, id_: str) -> None:
        """From now on this defect acts; KeyError if it is none of this system."""
        self._on, self._watch = type(self._defects[id_])(), Watch()  # it may remember: not more than this trial
        if self._on.policy in EFFECTS or not getattr(self._on, "shows", True):
            self._watch.differences = None

    def turn_off(self) -> Watch:
        """The system is clean again; what the defect was seen to do."""
        self._on = None
        return self._watch

    def exchange(self, name: str, policy: Callable[..., Any]) -> Callable[..., Any]:
        """The policy, with a switch before it if any defect replaces it."""
        if not any(defect.policy == name for defect in self._defects.values()):
            return policy

        def switched(*arguments: Any, **named: Any) -> Any:
            on = self._on
            if on is None or on.policy != name:
                return policy(*arguments, **named)
            return self._replaced(on, policy, arguments, named)

        return switched

    def _replaced(self, defect: Defect, policy: Callable[..., Any], arguments: Any, named: Mapping[str, Any]) -> Any:
        watch = self._watch
        watch.calls += 1
        right = None if watch.differences is None else _outcome(policy, arguments, named)
        try:
            given = _whole(defect.replacement(policy, *arguments, **named))
        except ANSWERS as answer:
            self._compare(right, _said(answer))
            raise
        except Exception as error:
            watch.crashes.append(f"{type(error).__name__}: {error}")
            raise
        self._compare(right, given)
        return given

    def _compare(self, right: Any, given: Any) -> None:
        """A variation may change what equality does not see: the order of members, the digits of a number."""
        text = self._on is not None and self._on.harmless and repr(right) != repr(given)
        if self._watch.differences is not None and (text or right != given):
            self._watch.differences += 1


def _outcome(policy: Callable[..., Any], arguments: Any, named: Mapping[str, Any]) -> Any:
    """What the right policy would have said."""
    try:
        return _whole(policy(*arguments, **named))
    except ANSWERS as answer:
        return _said(answer)


def _said(answer: BaseException) -> tuple[str, str, Any]:
    return "raised", type(answer).__name__, getattr(answer, "reasons", str(answer))


def _whole(value: Any) -> Any:
    """What is made piece by piece as a list, so that it can be compared and still be used."""
    return list(value) if isinstance(value, Iterator) and not inspect.iscoroutine(value) else value
