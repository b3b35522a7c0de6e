"""The harness's side of the reference integration."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from syncproof import capabilities, model
from syncproof.adapters.simulated.control import ControlVerbs
from syncproof.errors import NotSupported
from syncproof.ports import Observation
from syncproof.transport import RecordingSession


class ReferenceIntegration(ControlVerbs):
    """Ports Integration and Controllable. It holds no masters: of port System it can only identify itself."""

    def __init__(
        self, name: str, session: RecordingSession, credentials: Mapping[str, Any], options: Mapping[str, Any]
    ) -> None:
        super().__init__(name, session, credentials, options)
        own = {"system.identify", "integration.drift", "integration.pending"}
        self.capabilities = frozenset(own) | self._controls()

    def identify(self) -> Observation[model.SystemIdentity]:
        answer = self._get("/identity")
        self._insist_ok(answer)
        return Observation(self._typed(answer, model.SystemIdentity), (answer.exchange,), self.name)

    def drift(self, refs: Sequence[model.MasterRef]) -> Observation[frozenset[tuple[str, str]]]:
        asked = json.dumps([[ref.domain, ref.id, ref.revision] for ref in refs])
        return self._read("/drift", "items", frozenset[tuple[str, str]], refs=asked)

    def pending(self, change: str) -> Observation[tuple[str, ...]]:
        return self._read("/pending", "items", tuple[str, ...], change=change)

    def __getattr__(self, verb: str) -> Callable[..., NoReturn]:
        """Called for what is not defined above: the other verbs of port System refuse."""
        if f"system.{verb}" not in capabilities.verbs("system"):
            raise AttributeError(verb)

        def refuse(*_: object, **__: object) -> NoReturn:
            raise NotSupported(self.name, f"system.{verb}")

        return refuse


def create(
    *,
    name: str,
    base_url: str,  # noqa: ARG001  the session has it
    roles: tuple[str, ...],  # noqa: ARG001  it plays one
    session: Any,
    credentials: Mapping[str, Any],
    options: Mapping[str, Any],
) -> ReferenceIntegration:
    """The adapter of the integration."""
    return ReferenceIntegration(name, session, credentials, options)
