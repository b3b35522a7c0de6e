"""What a landscape file means, in plain text."""

from collections.abc import Iterator

from syncproof.landscape.definition import DEFAULT_SLA, Definition, SystemEntry


def describe(definition: Definition) -> str:
    """The systems, roles, owners and SLAs of a landscape."""
    return "\n".join(_lines(definition))


def _lines(definition: Definition) -> Iterator[str]:
    writing = " (read-only)" if definition.read_only else ""
    yield f"landscape    {definition.name}: {definition.environment}{writing}, clock {definition.clock}"
    for site, zone in definition.sites.items():
        yield f"site         {site:12} {zone}"
    for name, entry in definition.entries().items():
        yield f"system       {name:12} {_system(entry)}"
        owned = [domain for domain, owner in definition.ownership.items() if owner == name]
        if owned:
            yield f"{'':12} {'':12} owns {', '.join(owned)}"
    for user, roles in definition.users.items():
        yield f"user         {user:12} {', '.join(roles) or 'no roles'}"
    yield f"within       {_slas(definition)}"


def _system(entry: SystemEntry) -> str:
    where = entry.base_url or ("started by Syncproof" if entry.start else "no address")
    port = f" on port {entry.port}" if entry.start and entry.port else ""
    sites = f", sites {', '.join(entry.sites)}" if entry.sites else ""
    roles = ", ".join(entry.roles) or "no role"
    return f"{roles}: {entry.adapter}, {where}{port}, time zone {entry.time_zone}{sites}"


def _slas(definition: Definition) -> str:
    given = {"default": DEFAULT_SLA, **definition.sla}
    return ", ".join(f"{domain} {seconds:g} s" for domain, seconds in given.items())
