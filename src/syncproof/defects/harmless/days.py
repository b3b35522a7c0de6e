"""The same scenarios on a day on which the clocks of a site change, and in other zones."""

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from syncproof.defects.base import Variation
from syncproof.defects.harmless.areas import DATES, LOTS, QUANTITIES, WORK

if TYPE_CHECKING:
    from syncproof.landscape.definition import Definition

REFERENCE = date(2027, 3, 10)
"""The day of the cutover in the features."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)?")
ZONES = {
    "+01:00": "Europe/Berlin",
    "+02:00": "Europe/Berlin",
    "-05:00": "America/New_York",
    "-04:00": "America/New_York",
}
"""Whose wall clock is meant where a feature writes an offset."""


class OnTheDay(Variation):
    """A base: every time of a scenario about the reference day is moved so that this day becomes ``day``."""

    citation = "the days on which the clocks change (IANA time zone database)"
    requirements = DATES
    day = REFERENCE

    def wording(self, text: str, scenario: str) -> str:
        if REFERENCE.isoformat() not in scenario:
            return text
        by, wall = self.day - REFERENCE, "local time" in scenario
        return _TIME.sub(lambda found: _moved(found[1], found[2] or "", by, wall=wall), text)


def _moved(clock: str, offset: str, by: timedelta, *, wall: bool) -> str:
    """A time so much later: the same instant of the day, or the same time on the wall of its site."""
    moved = datetime.fromisoformat(clock) + by
    if wall and offset in ZONES:
        return moved.replace(tzinfo=ZoneInfo(ZONES[offset])).isoformat()
    return f"{moved.isoformat()}{offset}"


class SpringEast(OnTheDay):
    """The day on which summer time begins in the east."""

    id = "OK-DST-01"
    day = date(2027, 3, 28)


class SpringWest(OnTheDay):
    """The day on which summer time begins in the west."""

    id = "OK-DST-02"
    day = date(2027, 3, 14)


class AutumnEast(OnTheDay):
    """The day on which summer time ends in the east."""

    id = "OK-DST-03"
    day = date(2027, 10, 31)


class AutumnWest(OnTheDay):
    """The day on which summer time ends in the west."""

    id = "OK-DST-04"
    day = date(2027, 11, 7)


class SystemsElsewhere(Variation):
    """Every system runs in another zone than before, and none in that of a site."""

    id = "OK-ZON-01"
    citation = "the landscape file: a system's own zone must not matter for effectivity"
    requirements = (*DATES, "URS-IQ-004")
    at_most = 12
    zones = ("Asia/Kolkata", "Pacific/Auckland", "America/St_Johns", "Australia/Lord_Howe")

    def landscape(self, definition: "Definition") -> "Definition":
        systems = {
            name: msgspec.structs.replace(entry, time_zone=zone)
            for (name, entry), zone in zip(definition.systems.items(), self.zones, strict=True)
        }
        return msgspec.structs.replace(definition, systems=systems)


class SitesElsewhere(Variation):
    """The sites lie in zones with offsets of part of an hour; what names no wall time does not notice."""

    id = "OK-ZON-02"
    citation = "the landscape file: [sites]"
    requirements = (*QUANTITIES, *WORK, *LOTS)
    at_most = 12

    def landscape(self, definition: "Definition") -> "Definition":
        return msgspec.structs.replace(definition, sites={"EAST": "Asia/Kathmandu", "WEST": "America/St_Johns"})
