"""What the parts of a landscape file must mean together: names that exist, one owner per domain.

Each rule reads the raw document and copes with whatever is in it, so that all mistakes of a file are
told at once, wrong shapes included.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from syncproof.landscape.definition import REFERENCE, SIMULATED, STARTABLE
from syncproof.landscape.mistakes import HIDDEN, Mistake, Place

Document = Mapping[str, Any]
MANUAL = "manual"
"""The adapter of a system that a person operates: it has no address."""


def mistakes_of_meaning(document: Document, adapters: Collection[str]) -> Iterator[Mistake]:
    """Everything wrong with the parts of a file together; ``adapters`` are the known kinds."""
    for place, entry in _entries(document):
        yield from _adapter(place, entry, adapters)
        yield from _address(place, entry, adapters)
        yield from _names(place, entry, document)
    for rule in RULES:
        yield from rule(document)


def _table(document: Document, name: str) -> Mapping[str, Any]:
    found = document.get(name)
    return found if isinstance(found, dict) else {}


def _entries(document: Document) -> Iterator[tuple[Place, Document]]:
    """Every system, and the integration."""
    for name, entry in _table(document, "systems").items():
        if isinstance(entry, dict):
            yield ("systems", name), entry
    if integration := _table(document, "integration"):
        yield ("integration",), integration


def _listed(entry: Document, key: str) -> list[str]:
    found = entry.get(key)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _adapter(place: Place, entry: Document, adapters: Collection[str]) -> Iterator[Mistake]:
    kind, where = entry.get("adapter"), (*place, "adapter")
    if not isinstance(kind, str) or not kind:
        return
    wrong = SIMULATED if place == ("integration",) else REFERENCE
    if kind == wrong:
        other = "a system" if wrong == SIMULATED else "the integration"
        yield Mistake(where, f"is the adapter of {other}", kind)
    elif kind not in adapters and ":" not in kind:
        valid = tuple(set(adapters) - {wrong})
        yield Mistake(where, "there is no such adapter", kind, valid)
    if kind == SIMULATED and place != ("integration",) and len(_listed(entry, "roles")) != 1:
        yield Mistake((*place, "roles"), "a simulated system plays exactly one role", _listed(entry, "roles"))


def _address(place: Place, entry: Document, adapters: Collection[str]) -> Iterator[Mistake]:
    """Started by us, or at an address."""
    kind, start, address = entry.get("adapter"), entry.get("start") is True, entry.get("base_url")
    if start and address is not None:
        yield Mistake((*place, "start"), "either start it or give its base_url, not both", value=True)
    if start and kind in adapters and kind not in STARTABLE:
        yield Mistake((*place, "start"), f"Syncproof cannot start {kind!r}: give its base_url")
    if not start and address is None and kind != MANUAL:
        how = "set start = true or give its base_url" if kind in STARTABLE else "give its base_url"
        yield Mistake((*place, "base_url"), f"is missing: {how}")
    if start and entry.get("credentials"):
        yield Mistake((*place, "credentials"), "a system that is started here gets its credentials then")
    if not start and "port" in entry:
        yield Mistake((*place, "port"), "goes with start = true; else it is part of base_url", entry["port"])


def _names(place: Place, entry: Document, document: Document) -> Iterator[Mistake]:
    """Sites and users that an entry speaks of, and its time zone."""
    sites, users = _table(document, "sites"), _table(document, "users")
    for site in _listed(entry, "sites"):
        if site not in sites:
            yield Mistake((*place, "sites"), "there is no such site", site, tuple(sites))
    for user in _table(entry, "credentials"):
        if user != "*" and user not in users:
            yield Mistake((*place, "credentials", user), "there is no such user", HIDDEN, tuple(users))
    yield from _zone((*place, "time_zone"), entry.get("time_zone"))


def _zone(place: Place, zone: object) -> Iterator[Mistake]:
    if isinstance(zone, str) and zone and not _is_zone(zone):
        yield Mistake(place, "there is no such time zone", zone, tuple(available_timezones()))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder, "Europe"
        return False
    return True


def _sites(document: Document) -> Iterator[Mistake]:
    for site, zone in _table(document, "sites").items():
        yield from _zone(("sites", site), zone)


def _owners(document: Document) -> Iterator[Mistake]:
    systems = _table(document, "systems")
    for domain, owner in _table(document, "ownership").items():
        place = ("ownership", domain)
        if isinstance(owner, list):
            yield Mistake(place, "a domain has exactly one system of record", owner)
        elif not isinstance(owner, str):
            yield Mistake(place, "must be the name of a system", owner)
        elif owner not in systems:
            yield Mistake(place, "there is no such system", owner, tuple(systems))


def _one_system_per_role(document: Document) -> Iterator[Mistake]:
    players: defaultdict[str, list[str]] = defaultdict(list)
    for name, entry in _table(document, "systems").items():
        for role in _listed(entry, "roles") if isinstance(entry, dict) else ():
            players[role].append(name)
    for role, names in players.items():
        if len(names) > 1:
            problem = f"{names[0]} plays the role {role!r} already: features speak to one system per role"
            yield Mistake(("systems", names[1], "roles"), problem)


def _ports(document: Document) -> Iterator[Mistake]:
    taken: dict[int, Place] = {}
    for place, entry in _entries(document):
        port = entry.get("port")
        if not isinstance(port, int):
            continue
        if port in taken:
            yield Mistake((*place, "port"), f"is the port of {'.'.join(map(str, taken[port]))} already", port)
        taken.setdefault(port, place)


def _production(document: Document) -> Iterator[Mistake]:
    """In production nothing may turn clocks, and writing needs two consents."""
    if document.get("environment") != "production":
        if "writes" in document:
            yield Mistake(("writes",), "goes with environment = production only", document["writes"])
        return
    if document.get("clock") == "controllable":
        yield Mistake(("clock",), "in production the clock is the wall clock", "controllable", ("wall",))
    for place, entry in _entries(document):
        if "control_token_env" in entry:
            yield Mistake((*place, "control_token_env"), "in production no system is controlled by tests")


def _test_data(document: Document) -> Iterator[Mistake]:
    """Reserved: refused rather than read and not heeded."""
    if "test_data" in document:
        problem = "is not supported yet: the features make their own items, units, lots and orders under fresh keys"
        yield Mistake(("test_data",), f"{problem} (their form: [keys]). Take it out")


RULES: tuple[Callable[[Document], Iterator[Mistake]], ...] = (
    _sites,
    _owners,
    _one_system_per_role,
    _ports,
    _production,
    _test_data,
)
