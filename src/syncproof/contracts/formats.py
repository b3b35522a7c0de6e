"""How exact values are written on the wire.

In draft 2020-12 a ``format`` is only a note unless a validator is told otherwise, and validators differ;
hence patterns, and a ``date-time`` check of our own where the pattern cannot know the calendar.
"""

from datetime import date, datetime

DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
"""An exact decimal: no exponent, no float."""

_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
DATE = f"^{_DATE}$"
"""A day of the calendar."""

_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"

INSTANT = rf"^{_DATE}T{_TIME}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[+-]{_TIME})$"
"""An instant with its offset (RFC 3339, upper case, microseconds at most)."""

WALL_TIME = rf"^{_DATE}T{_TIME}(:[0-5][0-9](\.[0-9]{{1,6}})?)?$"
"""A local time without offset: each site reads it in its own zone."""

WORDS = {
    DECIMAL: "an exact decimal such as '12.5' (text, no exponent)",
    INSTANT: "an instant with offset such as '2027-02-01T12:00:00+01:00'",
    DATE: "a date such as '2027-02-01'",
    "date": "a date such as '2027-02-01'",
    WALL_TIME: "a local time without offset such as '2027-02-01T12:00:00'",
    "date-time": "an instant with offset such as '2027-02-01T12:00:00+01:00'",
}
"""What a pattern or format asks for, for people."""


def is_date_time(value: object) -> bool:
    """Whether the calendar knows this instant (what is no text is not this check's business)."""
    if not isinstance(value, str):
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def is_date(value: object) -> bool:
    """Whether the calendar knows this day."""
    if not isinstance(value, str):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


CHECKED = {"date": is_date, "date-time": is_date_time}
"""Formats that are held against the calendar."""
