"""States that a provider must be in before an interaction: one handler for each name.

A suite adds its own in a ``states.py`` (beside the landscape file, or named with ``--states``)::

    from syncproof.contracts.states import Setup, state

    @state("order is released")
    def _(setup: Setup) -> dict[str, str]:
        order = setup.fresh()
        planning = setup.landscape.by_role("planning")
        setup.accepted(planning.release_order(order, by="planner", reason="contract"))
        return {"order": order}

A handler works through the ports of the landscape. What it returns are values that the Pact file may ask for
(``${order}``); ``user`` among them is the user whose credentials the interaction is driven with, and None sends it
as it is written. What it cannot do it says by raising: the interaction is then an error, never verified.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, TypeVar

from syncproof.errors import ConfigurationError, SyncproofError
from syncproof.landscape.compose import Landscape
from syncproof.patience import Timed, poll
from syncproof.ports import Outcome, System

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""As in the keys of a run: can be read out loud and typed."""
WIDTH = 9


class StateFailed(SyncproofError):
    """A provider state could not be set up; the text says why."""


@dataclass
class Setup:
    """What a handler gets: the landscape, the system that is verified, the parameters of the state, and the values
    that earlier states of the interaction returned."""

    landscape: Landscape
    system_name: str
    parameters: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    after: list[Callable[[], object]] = field(default_factory=list)
    """What is done once the interaction is over, whatever came of it; the last one first."""

    @property
    def system(self) -> System:
        """The system that is verified."""
        return self.landscape.systems[self.system_name]

    def text(self, name: str) -> str:
        """A parameter that must be there."""
        value = self.parameters.get(name)
        if not isinstance(value, str) or not value:
            raise StateFailed(f"the state has no parameter {name!r}; give it as text")
        return value

    def fresh(self) -> str:
        """A key that nobody uses yet."""
        return "C" + "".join(secrets.choice(ALPHABET) for _ in range(WIDTH))

    def accepted(self, *outcomes: Outcome) -> None:
        """Insists that the system took all of these."""
        for outcome in outcomes:
            if outcome.status == "refused":
                raise StateFailed(f"{outcome.system} refused: {'; '.join(outcome.reasons) or 'it says no reason'}")

    def owner(self, domain: str) -> System:
        """The system of record of a domain, or the one that is verified where the landscape names none."""
        name = self.landscape.definition.ownership.get(domain, self.system_name)
        return self.landscape.systems[name]

    def wait(self, domain: str, holds: Callable[[], bool], what: str) -> None:
        """Waits until what was submitted elsewhere has come here, as long as the landscape allows."""
        seconds = self.landscape.sla(domain)
        if not poll(holds, within=Timed(seconds)):
            raise StateFailed(f"{what} has not come to {self.system_name} within {seconds:g} s")


Handler = Callable[[Setup], Mapping[str, Any] | None]
H = TypeVar("H", bound=Handler)
HANDLERS: dict[str, Handler] = {}
"""Handlers by the name of their state; a later one replaces an earlier one."""


def state(name: str) -> Callable[[H], H]:
    """Makes a function the handler of a state."""

    def register(handler: H) -> H:
        HANDLERS[name] = handler
        return handler

    return register


def load(path: Path) -> None:
    """Makes the handlers of a user's file known; ConfigurationError if it cannot be imported."""
    handlers()  # ours first, so that his replace them
    spec = spec_from_file_location("states_of_the_suite", path)
    if spec is None or spec.loader is None:
        raise ConfigurationError(f"{path} is no Python file")
    try:
        spec.loader.exec_module(module_from_spec(spec))
    except Exception as problem:
        raise ConfigurationError(f"{path} cannot be imported: {type(problem).__name__}: {problem}") from problem


def handlers() -> Mapping[str, Handler]:
    """Every handler there is, those that come with Syncproof included."""
    import_module("syncproof.contracts.states.common")  # it registers with what is above
    return HANDLERS
