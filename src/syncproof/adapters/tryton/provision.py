"""Makes a Tryton database ready for a landscape: company, sites, groups, users. All by Tryton's own calls."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from syncproof.adapters.tryton import places, roles, work_centers
from syncproof.adapters.tryton.rpc import Connection, Json

GROUP, USER = "res.group", "res.user"
NAMES = {"IN": "Input", "OUT": "Output", "STO": "Storage", "QUAR": "Quarantine"}


def provision(
    admin: Connection,
    *,
    users: Mapping[str, Sequence[str]],
    passwords: Mapping[str, str],
    sites: Sequence[str],
    time_zone: str,
) -> None:
    """Write everything into a database that has the modules and nothing else."""
    company = _company(admin, time_zone)
    admin.forget()  # the session's context must name the company from here on
    zones = [_site(admin, site, company) for site in sites]
    _lose_default_warehouse(admin)
    groups = _groups(admin)
    _guard_quarantine(admin, [groups[role] for role in roles.QUARANTINE_ROLES], zones)
    _users(admin, users, passwords, groups, company)


def _company(admin: Connection, time_zone: str) -> int:
    rate = {"date": dt.date(2000, 1, 1), "rate": Decimal(1)}
    euro = {"name": "Euro", "code": "EUR", "symbol": "€", "rates": [["create", [rate]]]}
    currency = admin.create("currency.currency", euro)[0]
    party = admin.create("party.party", {"name": "Plant"})[0]
    company = admin.create("company.company", {"party": party, "currency": currency, "timezone": time_zone})[0]
    me = admin.find(USER, [["login", "=", admin.user]], ["login"])[0]["id"]
    admin.write(USER, [me], {"companies": [["add", [company]]], "company": company})
    return company


def _site(admin: Connection, site: str, company: int) -> int:
    """A warehouse with its zones, and the top of the work centres there; the id of the quarantine."""
    flat = [{"name": f"{name} {site}", "code": f"{site}-{code}", "type": "storage"} for code, name in NAMES.items()]
    production = {"name": f"Production {site}", "code": f"{site}-PROD", "type": "production"}
    waste = {"name": f"Waste {site}", "code": f"{site}{places.WASTE}", "type": "lost_found"}
    *zones, floor, _ = admin.create(places.LOCATION, *flat, production, waste)
    ends = dict(zip(("input_location", "output_location", "storage_location"), zones, strict=False))
    values = {"name": site, "code": site, "type": "warehouse", "production_location": floor, **ends}
    warehouse = admin.create(places.LOCATION, values)[0]
    admin.write(places.LOCATION, zones, {"parent": warehouse})
    admin.create(work_centers.CENTER, {"name": site, "warehouse": warehouse, "company": company})
    return zones[-1]


def _lose_default_warehouse(admin: Connection) -> None:
    """Tryton brings a warehouse of its own, which is none of the sites."""
    found = admin.find(places.LOCATION, [["type", "=", "warehouse"], ["code", "=", "WH"]], ["code"])
    if found:
        admin.write(places.LOCATION, [found[0]["id"]], {"active": False})


def _groups(admin: Connection) -> dict[str, int]:
    for model, access in roles.EVERYBODY.items():
        admin.create("ir.model.access", _access(model, access))
    made = admin.create(GROUP, *({"name": f"Syncproof {role}"} for role in roles.ROLES))
    groups = dict(zip(roles.ROLES, made, strict=True))
    rights = [
        {**_access(model, access), "group": groups[role]}
        for role, models in roles.ROLES.items()
        for model, access in models.items()
    ]
    admin.create("ir.model.access", *rights)
    return groups


def _access(model: str, access: str) -> Json:
    rights = {"read": "r", "write": "w", "create": "c", "delete": "d"}
    return {"model": model, **{f"perm_{name}": letter in access for name, letter in rights.items()}}


def _guard_quarantine(admin: Connection, exempt: Sequence[int], quarantine: Sequence[int]) -> None:
    """A move out of quarantine is quality's; into waste it is everybody's."""
    allowed = [["from_location", "not child_of", list(quarantine), "parent"]]
    to_waste = [["to_location.type", "=", "lost_found"]]
    rights = {"perm_read": False, "perm_write": True, "perm_create": True, "perm_delete": True}
    rules = [{"domain": json.dumps(test)} for test in (allowed, to_waste)]
    general = {"default_p": True, "global_p": False, "rules": [["create", rules]]}
    special = {"default_p": False, "global_p": False, "groups": [["add", list(exempt)]]}
    admin.create(
        "ir.rule.group",
        {"name": "No stock out of quarantine", "model": "stock.move", **rights, **general},
        {
            "name": "Quality moves stock out of quarantine",
            "model": "stock.move",
            **rights,
            **special,
            "rules": [["create", [{"domain": "[]"}]]],
        },
    )


def _users(
    admin: Connection,
    users: Mapping[str, Sequence[str]],
    passwords: Mapping[str, str],
    groups: Mapping[str, int],
    company: int,
) -> None:
    known = {user["login"]: user["id"] for user in admin.find(USER, [], ["login"])}
    values: dict[str, Json] = {
        name: {
            "password": passwords[name],
            "companies": [["add", [company]]],
            "company": company,
            "administrator": roles.ADMINISTRATOR in held,
            "groups": [["add", [groups[role] for role in held if role in groups]]],
        }
        for name, held in users.items()
    }
    new = [{"name": name, "login": name, **values[name]} for name in users if name not in known]
    admin.create(USER, *new)
    for name in users:
        if name in known:
            admin.write(USER, [known[name]], {"password": passwords[name]})
