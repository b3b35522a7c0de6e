"""Equipment: work centres of Tryton, in the category that stands for the equipment class.

A work centre belongs to one warehouse, so equipment that is not bound to a site is one work centre per site.
Which items it is eligible for has no field in Tryton.
"""

from collections.abc import Sequence

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import notes, routings
from syncproof.adapters.tryton.held import ANY_ACTIVE, Held
from syncproof.adapters.tryton.rpc import Connection, Domain, Json

CENTER = "production.work.center"
FIELDS = ("name", "active", "category.name", "warehouse.code")


def of(id: str) -> Domain:
    """Clause for the work centres of one unit of equipment."""
    return [["name", "=", id], ["parent", "!=", None], ANY_ACTIVE]


def read(connection: Connection, clause: Domain) -> list[Held]:
    """Equipment found by a search clause."""
    found = connection.find(CENTER, clause, FIELDS)
    kept = notes.read(connection, [notes.resource(CENTER, each) for each in found])
    held: dict[tuple[str, str], Held] = {}
    for center in found:
        documents = kept.get(notes.resource(CENTER, center), [])
        for master in _revisions(center, documents):
            held[master.id, master.revision] = Held(master, in_effect=True)
    return list(held.values())


def _revisions(center: Json, documents: list[Json]) -> list[m.Equipment]:
    known = list(notes.revisions(documents, "equipment", center["name"]).values())[-1:]
    class_ = (center["category."] or {}).get("name", "")
    blank = m.Equipment(id=center["name"], revision="0", equipment_class=class_)
    said = known[0] if known and isinstance(known[0], m.Equipment) else blank
    return [msgspec.structs.replace(said, equipment_class=class_, qualified=bool(center["active"]))]


def roots(connection: Connection) -> dict[str, Json]:
    """The top work centre of each site."""
    found = connection.find(CENTER, [["parent", "=", None]], ["name", "warehouse", "company", "warehouse.code"])
    return {center["warehouse."]["code"]: center for center in found}


def submit(connection: Connection, masters: Sequence[m.Equipment]) -> None:
    """Work centres at the site of each, or at every site."""
    sites = roots(connection)
    classes = routings.classes(connection, [master.equipment_class for master in masters])
    for master in masters:
        values = {"name": master.id, "category": classes.get(master.equipment_class)}
        present = [each["id"] for each in connection.find(CENTER, of(master.id), ["name"])]
        if present:
            connection.write(CENTER, present, {"active": True}, present, values)
        else:
            at = [sites[master.site]] if master.site in sites else list(sites.values())
            present = connection.create(CENTER, *({**values, **_place(root)} for root in at))
        if not master.qualified:
            connection.write(CENTER, present, {"active": False})
        notes.keep(connection, [(notes.resource(CENTER, id_), master) for id_ in present])


def _place(root: Json) -> Json:
    return {"parent": root["id"], "warehouse": root["warehouse"], "company": root["company"]}
