"""Test control of a simulated system: its clock and its faults, never anything to observe."""

from datetime import datetime
from typing import Any

from syncproof.adapters.simulated.calls import Calls
from syncproof.errors import NotSupported

CLOCK, FAULTS = "control.clock", "control.faults"


class ControlVerbs(Calls):
    """Port Controllable; a system that was started without a control token has none of it."""

    def _controls(self) -> frozenset[str]:
        return frozenset({CLOCK, FAULTS} if self._control_token else ())

    def set_clock(self, now: datetime | None) -> None:
        self._control(CLOCK, "POST", "/control/clock", {"now": now.isoformat() if now else None})

    def inject(self, fault: str, **parameters: Any) -> None:
        self._control(FAULTS, "POST", "/control/faults", {"fault": fault, **parameters})

    def clear_faults(self) -> None:
        self._control(FAULTS, "DELETE", "/control/faults", None)

    def _control(self, capability: str, method: str, path: str, body: Any) -> None:
        if not self._control_token:
            raise NotSupported(self.name, capability)
        headers = {"X-Control-Token": self._control_token}
        answer = self._session.request(method, path, json=body, headers=headers)
        if not answer.ok:
            said = answer.body.decode("utf-8", "replace")
            raise self._unusable(answer, f"the control plane answered {answer.status}: {said}")
