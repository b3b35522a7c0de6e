"""Locations: a warehouse per site, with a storage zone and a quarantine zone.

Tryton takes stock for orders and shipments from the storage zone and what lies under it. What lies under the
quarantine zone is in stock and cannot be taken: that is how a hold is kept in Tryton, which has no lot status.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from syncproof.adapters.tryton.rpc import Connection, Domain, Json

LOCATION = "stock.location"
QUARANTINE = "-QUAR"
WASTE = "-WASTE"
"""Codes of a site's quarantine zone and waste location, after the code of the site."""
_UP = ("code", "type", "storage_location", "output_location", "production_location")
FIELDS = tuple(f"{'parent.' * depth}{field}" for depth in range(5) for field in _UP)


@dataclass(frozen=True, slots=True)
class Place:
    """One location with the zones it lies in."""

    id: int
    code: str
    held: bool
    site: str
    warehouse: Json


def place(row: Json) -> Place:
    """A location read with :data:`FIELDS`."""
    chain = list(_upwards(row))
    warehouse = next((each for each in chain if each["type"] == "warehouse"), {})
    held = any((each["code"] or "").endswith(QUARANTINE) for each in chain)
    return Place(row["id"], row["code"] or "", held, warehouse.get("code") or "", warehouse)


def _upwards(row: Json | None) -> Iterator[Json]:
    while row:
        yield row
        row = row.get("parent.")


def find(connection: Connection, clause: Domain) -> list[Place]:
    """Locations found by a search clause."""
    return [place(row) for row in connection.find(LOCATION, clause, FIELDS)]


def by_code(connection: Connection, code: str) -> Place | None:
    """The location of a code."""
    found = find(connection, [["code", "=", code]])
    return found[0] if found else None


def of_site(connection: Connection, site: str) -> Json | None:
    """The warehouse of a site."""
    found = connection.find(LOCATION, [["type", "=", "warehouse"], ["code", "=", site]], _UP)
    return found[0] if found else None


def storage(connection: Connection, code: str, warehouse: Json, *, quarantine: bool = False) -> int:
    """The location of a code; a bin that does not exist is made under the storage (or quarantine) zone."""
    known = by_code(connection, code)
    if known is not None:
        return known.id
    parent = warehouse["storage_location"]
    if quarantine:
        zone = by_code(connection, f"{warehouse['code']}{QUARANTINE}")
        parent = zone.id if zone else parent
    return connection.create(LOCATION, {"name": code, "code": code, "type": "storage", "parent": parent})[0]
