"""How the steps read their texts: one ``phrase`` helper and the types of its fields."""

from collections.abc import Callable
from typing import Any

from pytest_bdd import parsers

from fixtures import faulty, instants


def _field(pattern: str, convert: Callable[[str], Any] = str) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        return convert(text)

    parse.pattern = pattern  # type: ignore[attr-defined]  # how the `parse` library learns it
    return parse


DOMAIN = r"material|bom|recipe|routing|test specification|label|uom|variant|security"


def _domains(text: str) -> tuple[str, ...]:
    return tuple(name.replace(" ", "_") for name in text.replace(" and ", ", ").split(", "))


TYPES = {
    "Name": _field(r'"[^"]+"', lambda text: text.strip('"')),
    "Names": _field(r'"[^"]+"(?:(?: and lot )"[^"]+")*', lambda t: t.split('"')[1::2]),
    "Rev": _field(r"[A-Z]"),
    "Revs": _field(r"[A-Z](?:(?:, | and )[A-Z])*", lambda t: t.replace(" and ", ", ").split(", ")),
    "Site": _field(r"[A-Z]{2,}"),
    "Op": _field(r"\d+"),
    "Ops": _field(r"\d+(?:, \d+)*", lambda t: t.split(", ")),
    "Numbers": _field(r"[\d.]+(?:, [\d.]+)*", lambda t: t.split(", ")),
    "Number": _field(r"-?[\d.]+(?:/\d+)?"),
    "Unit": _field(r"[A-Z0-9]{2,3}"),
    "Instant": _field(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)", instants.instant),
    "Effectivity": _field(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d| local time)", instants.effectivity),
    "Domain": _field(
        DOMAIN,
        lambda text: text.replace(" ", "_"),
    ),
    "Domains": _field(rf"(?:{DOMAIN})(?:(?:, | and )(?:{DOMAIN}))*", _domains),
    "Scope": _field(r"lot|location|item"),
    "Path": _field(r"single|bulk"),
    "Spelling": _field("in lower case|with outer blanks|in decomposed Unicode"),
    "BomFault": _field("|".join(faulty.BOM)),
    "Fault": _field("|".join(faulty.FAULTS)),
    "SharedFault": _field("|".join(faulty.SHARED)),
    "Part": _field("|".join(faulty.ROUTING)),
    "Approvals": _field("no approvals|only (?:quality|production) approval|both approvals by one person"),
    "Write": _field("a master submission|an order|a goods receipt|a hold|a consumption|a completion"),
    "Told": _field(r'(?:order|lot|the hold of lot) "[^"]+"', lambda t: (t.split(' "')[0], t.split('"')[1])),
    "Use": _field("(?:allocation|issue|posting) to the (?:same|other) order|shipment"),
    "Verdict": _field(r"accepted|refused"),
}
"""Field types of the phrases. ``Name`` is quoted, ``Instant`` has an offset, ``Effectivity`` is an
instant or a site-local wall time."""


def phrase(text: str) -> parsers.parse:
    """A step text with typed fields, e.g. ``product {product:Name} is in production``."""
    return parsers.parse(text, extra_types=TYPES)
