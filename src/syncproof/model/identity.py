"""What a system says of itself."""

from datetime import datetime

from syncproof.model.values import Record


class SystemIdentity(Record, frozen=True, kw_only=True):
    """``now`` is business time, ``host_now`` the host clock; ``contracts`` maps a contract name to
    the version the system speaks; ``capabilities`` are names from :mod:`syncproof.ports`."""

    system: str
    product: str
    version: str
    time_zone: str
    now: datetime
    host_now: datetime
    contracts: dict[str, str] = {}
    capabilities: frozenset[str] = frozenset()
