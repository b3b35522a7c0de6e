"""Effectivity: a date that is one, and revisions of which exactly one holds at any time.

An activation says when a revision begins; it holds until the next one of the same master begins. Two that begin at
the same instant overlap. Documents with ``valid_from`` and ``valid_to`` (of other systems) say both ends, half open:
from the first instant on, up to and without the second. There intervals can overlap, and leave gaps.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from syncproof.contracts.rules.base import Finding, Found, Json, Rule, Source

DATE = Rule("effectivity-date", "URS-REV-011", "a change has one effective date: an instant or a local time")
OVERLAP = Rule("effectivity-overlap", "URS-REV-001", "at any instant one revision of a master is in effect")
GAP = Rule("effectivity-gap", "URS-REV-006", "from the first revision on there is always one in effect")
BACKWARDS = Rule("effectivity-backwards", "URS-REV-001", "an interval ends after it begins")

FOR_EVER = datetime.max.replace(tzinfo=UTC)
DATED = ("change", "activation")
"""Contracts that have an effective date."""


class Interval(NamedTuple):
    """Half open; ``label`` says whose it is."""

    begin: datetime
    end: datetime
    label: str
    source: Source
    pointer: str


def date(contract: str, document: Json) -> Iterator[Found]:
    """Exactly one of ``instant`` and ``local``; a draft (the status of a change that states none) may have neither."""
    if contract not in DATED:
        return
    stated = document["effectivity"]
    given = [name for name in ("instant", "local") if stated.get(name) is not None]
    draft = contract == "change" and document.get("status", "draft") == "draft"
    if len(given) > 1 or not (given or draft):
        text = "there is not one effective date"
        yield Found(DATE, "/effectivity", text, "either instant or local", " and ".join(given) or "neither")


def faults(intervals: Iterable[Interval]) -> Iterator[Finding]:
    """Overlaps, gaps and intervals that end before they begin, of one master."""
    held: Interval | None = None
    for each in sorted(intervals):
        if each.end <= each.begin:
            yield _finding(BACKWARDS, each, f"{each.label} ends before it begins", "an end after", each.end)
            continue
        if held and each.begin < held.end:
            yield _finding(OVERLAP, each, f"{each.label} begins while {held.label} is in effect", held.end, each.begin)
        elif held and each.begin > held.end:
            yield _finding(GAP, each, f"nothing is in effect before {each.label} begins", held.end, each.begin)
        held = each if held is None or each.end > held.end else held


def _finding(rule: Rule, each: Interval, message: str, expected: object, actual: object) -> Finding:
    return Finding(Found(rule, each.pointer, message, str(expected), str(actual)), each.source)


class Intervals:
    """Collects the intervals of each master at each site."""

    def __init__(self) -> None:
        self._sites: dict[tuple[str, str, str], str] = {}
        self._begun: dict[tuple[str, str, str], list[Interval]] = defaultdict(list)
        self._stated: dict[tuple[str, str, str], list[Interval]] = defaultdict(list)
        self._missed = 0

    def look(self, contract: str, document: Json, source: Source) -> None:
        """Intervals that a document states, or the beginning that an activation says."""
        if contract == "activation":
            self._activation(document, source)
        elif not contract and "id" in document and "valid_from" in document:
            self._valid(document, source)
        elif document.get("site"):
            self._sites[contract, document.get("id", ""), document.get("revision", "")] = document["site"]

    def _activation(self, document: Json, source: Source) -> None:
        begin = instant(document["effectivity"].get("instant"))
        if begin is None:
            self._missed += len(document["members"])
            return
        for place, ref in enumerate(document["members"]):
            name = (ref["domain"], ref["id"], ref["revision"])
            self._begun[name].append(Interval(begin, FOR_EVER, " ".join(name), source, f"/members/{place}"))

    def _valid(self, document: Json, source: Source) -> None:
        begin, until = instant(document["valid_from"]), document.get("valid_to")
        end = FOR_EVER if until is None else instant(until)
        if begin is None or end is None:
            self._missed += 1
            return
        key = (str(document.get("domain")), str(document["id"]), str(document.get("site")))
        label = f"{document['id']} {document.get('revision', '')}".strip()
        self._stated[key].append(Interval(begin, end, label, source, "/valid_from"))

    def end(self) -> Iterator[Finding]:
        """What overlaps, and what leaves gaps."""
        at_site: dict[tuple[str, str, str], list[Interval]] = defaultdict(list)
        for (domain, id_, revision), begun in self._begun.items():
            at_site[domain, id_, self._sites.get((domain, id_, revision), "")] += begun
        for begun in at_site.values():
            yield from faults(_until_the_next(begun))
        for stated in self._stated.values():
            yield from faults(stated)

    def unchecked(self) -> dict[str, int]:
        return {"effective date that is no instant": self._missed} if self._missed else {}


def _until_the_next(begun: list[Interval]) -> Iterator[Interval]:
    ordered = sorted(begun)
    for each, after in pairwise(ordered):
        same = each.begin == after.begin
        if same and each.label == after.label:
            continue  # the same revision told twice
        yield each if same else each._replace(end=after.begin)
    yield from ordered[-1:]


def instant(text: object) -> datetime | None:
    """An instant in UTC; a date is its first moment in UTC; None: it is neither."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC) if len(str(text)) == len("2027-01-01") else None
    return found.astimezone(UTC)
