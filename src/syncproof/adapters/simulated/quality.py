"""Verbs of the simulated QMS."""

from itertools import groupby
from typing import Any, ClassVar

from syncproof import model
from syncproof.adapters.simulated.base import SimulatedBase
from syncproof.adapters.simulated.wire import amount, stated
from syncproof.model.wire import plain
from syncproof.ports import Observation, Outcome

REQUESTED = ("id", "rationale", "impact", "members", "effectivity", "emergency", "backs_out")
"""Fields of a change request that its author states; the rest is the system's."""


class QualityVerbs(SimulatedBase):
    """Port Quality."""

    role: ClassVar[str] = "quality"

    def set_disposition(self, *holds: model.Hold, by: str, bulk: bool = False) -> tuple[Outcome, ...]:
        if not bulk:
            return tuple(self._write("/dispositions", _hold(hold), by, hold.reason) for hold in holds)
        outcomes: list[Outcome] = []  # a bulk call has one reason: holds of another one go by another call
        for reason, same in groupby(holds, key=lambda hold: hold.reason):
            outcomes += self._write_bulk("/dispositions", map(_hold, same), by, reason)
        return tuple(outcomes)

    def record_result(
        self, lot: str, characteristic: str, sample: int, value: str, *, by: str, reason: str | None
    ) -> Outcome:
        body = {"lot": lot, "characteristic": characteristic, "sample": sample, "value": value}
        return self._write("/results", body, by, reason)

    def take_sample(self, lot: str, quantity: model.Quantity, *, by: str, reason: str | None) -> Outcome:
        return self._write("/samples", {"lot": lot, "quantity": amount(quantity)}, by, reason)

    def eligibility_checks(self, lot: str) -> Observation[tuple[model.EligibilityCheck, ...]]:
        kind = tuple[model.EligibilityCheck, ...]
        return self._read("/eligibility-checks", "items", kind, absent=(), lot=lot)

    def request_change(self, change: model.ChangeRequest, *, by: str, reason: str | None) -> Outcome:
        whole = plain(change)
        body = stated(**{field: whole[field] for field in REQUESTED})
        return self._write("/changes", body, by, reason)

    def approve(self, change: str, *, role: str, meaning: str, by: str, reason: str | None) -> Outcome:
        return self._write("/approvals", {"change": change, "role": role, "meaning": meaning}, by, reason)

    def promote(self, change: str, *, by: str, reason: str | None) -> Outcome:
        return self._write("/promotions", {"change": change}, by, reason)

    def review(self, change: str, conclusion: str, *, by: str, reason: str | None) -> Outcome:
        return self._write("/reviews", {"change": change, "conclusion": conclusion}, by, reason)

    def grant_emergency(self, authority: model.EmergencyAuthority, *, by: str, reason: str | None) -> Outcome:
        body = {"user": authority.user, "valid_until": authority.valid_until.isoformat()}
        return self._write("/emergency-authorities", body, by, reason)

    def change(self, change: str) -> Observation[model.ChangeRequest | None]:
        return self._read("/changes", "item", model.ChangeRequest | None, id=change)


def _hold(hold: model.Hold) -> dict[str, Any]:
    return {"scope": hold.scope, "target": hold.target, "disposition": hold.disposition}
