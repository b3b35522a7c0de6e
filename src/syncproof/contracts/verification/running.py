"""All interactions of Pact files against a landscape. An interaction whose state could not be set up is an error."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from syncproof.contracts import states
from syncproof.contracts.pact.difference import Difference
from syncproof.contracts.pact.generators import Unfilled, expected, filled
from syncproof.contracts.pact.records import Interaction, Message, Pact, Request, Response, State
from syncproof.contracts.states import Setup
from syncproof.contracts.verification import messages, ports
from syncproof.contracts.verification.over_http import OverHttp, ReadOnly
from syncproof.contracts.verification.places import own, system_of
from syncproof.contracts.verification.results import Result, Verdict
from syncproof.errors import NotSupported, SyncproofError
from syncproof.landscape.compose import Landscape

MESSAGE_SECONDS = 10.0
"""Within which a message must have been published, where the landscape says nothing else."""
SIMULATED = "simulated"


def verify(
    landscape: Landscape,
    pacts: Iterable[Pact],
    *,
    system: str | None = None,
    user: str | None = None,
    seconds: float | None = None,
) -> Iterator[Result]:
    """One result after the other. ``seconds``: how long a message is waited for, if not as long as the landscape says.
    ConfigurationError if a file is about no system of the landscape."""
    placed = [(pact, system_of(landscape, pact, system)) for pact in pacts]
    for pact, name in placed:
        with ExitStack() as stack:
            over_http = OverHttp(landscape, name, user)
            stack.callback(over_http.close)
            for interaction in pact.interactions:
                yield One(
                    landscape, name, interaction, over_http, f"{pact.file}#/{interaction.place}", seconds
                ).result()


class NoState(SyncproofError):
    """A state has no handler, or could not be set up."""


class One:
    """One interaction on its way."""

    def __init__(
        self,
        landscape: Landscape,
        system: str,
        interaction: Interaction,
        over_http: OverHttp,
        place: str,
        seconds: float | None,
    ) -> None:
        self._landscape, self._system, self._place = landscape, system, place
        self._interaction, self._over_http = interaction, over_http
        self._seconds = landscape.definition.sla.get("default", MESSAGE_SECONDS) if seconds is None else seconds
        self._own = own(interaction)
        self._by_ports = self._own is not None and landscape.definition.systems[system].adapter != SIMULATED
        self._after: list[Callable[[], object]] = []

    def result(self) -> Result:
        """What came of it; whatever happens, what the states want done afterwards is done."""
        verdict, differences, reason = self._judged()
        try:
            for undo in reversed(self._after):
                undo()
        except Exception as problem:  # noqa: BLE001  handlers are the user's
            verdict, reason = "error", f"a state could not be undone: {_words(problem)}"
        return Result(
            self._interaction.description, self._system, verdict, tuple(differences), reason, self._place,
            self._interaction.pending, str(self._own["contract"]) if self._own else None,
        )  # fmt: skip

    def _judged(self) -> tuple[Verdict, list[Difference], str | None]:
        lacking = self._own and ports.missing(self._landscape.systems[self._system], self._own)
        if lacking and not self._landscape.definition.read_only:
            return "not supported", [], f"{self._system} does not have {lacking!r}"
        try:
            differences = self._differences()
        except NotSupported as problem:
            return ("not supported" if self._own else "error"), [], str(problem)
        except (Unfilled, ReadOnly) as problem:
            return "error", [], str(problem)
        except Exception as problem:  # noqa: BLE001  whatever a file holds, the others are still driven
            return "error", [], _words(problem)
        return ("failed" if differences else "verified"), differences, None

    # --- states ------------------------------------------------------------------------------------

    def _values(self) -> dict[str, Any]:
        """Every state set up in turn; the parameters and values of all of them."""
        values: dict[str, Any] = {}
        for state in self._interaction.states:
            values |= {**state.parameters, **self._set_up(state, values)}
        return values

    def _set_up(self, state: State, values: Mapping[str, Any]) -> Mapping[str, Any]:
        handler = states.handlers().get(state.name)
        if handler is None:
            raise NoState(f"there is no handler for the state {state.name!r}: write one in states.py")
        setup = Setup(self._landscape, self._system, state.parameters, values, self._after)
        try:
            return handler(setup) or {}
        except Exception as problem:
            raise NoState(f"the state {state.name!r} could not be set up: {_words(problem)}") from problem

    # --- driving -----------------------------------------------------------------------------------

    def _differences(self) -> list[Difference]:
        response = self._interaction.response
        if self._interaction.kind == "exchange" or isinstance(response, tuple):
            raise NoState("messages that are answered by messages cannot be driven through a port")
        if isinstance(response, Message):
            return self._published(response)
        return self._answered(self._interaction.request, response)

    def _answered(self, request: Any, response: Response) -> list[Difference]:
        values = self._values()
        asked: Request = filled(request, values)
        wanted = expected(response, values, exact=self._own is not None)
        if self._by_ports and self._own is not None:
            return ports.differences(self._landscape.systems[self._system], self._own, asked, wanted, values)
        return self._over_http.differences(asked, wanted, values)

    def _published(self, message: Message) -> list[Difference]:
        system = self._landscape.systems[self._system]
        before = {str(event.get("id")) for event in messages.published(system)} if self._interaction.states else set()
        wanted = expected(message, self._values(), exact=self._own is not None)
        return messages.differences(system, wanted, before, self._seconds)


def _words(problem: Exception) -> str:
    return str(problem) if isinstance(problem, SyncproofError) else f"{type(problem).__name__}: {problem}"
