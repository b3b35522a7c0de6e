"""Business time: the host's, or frozen by the control plane. Always UTC, to the microsecond."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Clock:
    """What time it is for the rules of one system."""

    def __init__(self) -> None:
        self._frozen: datetime | None = None

    def set(self, now: datetime | None) -> None:
        """Freezes time at an instant; None goes back to the host's clock."""
        self._frozen = now.astimezone(UTC) if now else None

    def now(self) -> datetime:
        return self._frozen or datetime.now(UTC)


def business_time(now: datetime) -> datetime:
    """Policy ``business_time``: a request is judged by the clock as it stands."""
    return now


def micros(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC: instants in a form that SQLite compares exactly."""
    return (instant - EPOCH) // MICROSECOND


def from_micros(value: int) -> datetime:
    return EPOCH + value * MICROSECOND


def wire(instant: datetime) -> str:
    """RFC 3339 in UTC with ``Z``."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read(text: str) -> datetime:
    """An instant from RFC 3339 text; ValueError if it is none or has no offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; valid: 2027-03-10T06:00:00Z")
    return instant.astimezone(UTC)
