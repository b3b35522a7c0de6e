"""The governed exception path: time-bound authority, and a review afterwards (URS-CHG-004)."""

from datetime import datetime, timedelta
from typing import Any

from syncproof.simulators.chassis import clock
from syncproof.simulators.chassis.errors import Reason

Json = dict[str, Any]
REVIEW_WITHIN = timedelta(hours=72)


def authority(granted: Json | None, user: str, now: datetime) -> list[Reason]:
    """Policy ``authority``. ``valid_until`` is the first instant at which it is over."""
    if granted is None:
        return [
            Reason(
                "authority_missing",
                f"user {user!r} has no emergency authority; quality must grant one, or approve the change",
            )
        ]
    if now >= clock.read(granted["valid_until"]):
        return [
            Reason(
                "authority_expired",
                f"the emergency authority of {user!r} ended at {granted['valid_until']}; quality must grant a new one",
            )
        ]
    return []


def review_due(now: datetime) -> datetime:
    """Policy ``review_due``."""
    return now + REVIEW_WITHIN
