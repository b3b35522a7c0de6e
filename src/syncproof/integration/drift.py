"""Where the content of masters differs between their owner and its consumers."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from syncproof import model
from syncproof.errors import SyncproofError, UnusableAnswer
from syncproof.integration.store import Member

STAGED = "staged"


class Drift:
    """``readers`` are adapters that nobody else uses; ``takers`` maps a domain to the systems that hold
    its masters."""

    def __init__(
        self, readers: Mapping[str, Any], owners: Mapping[str, str], takers: Callable[[str], Iterable[str]]
    ) -> None:
        self._readers = readers
        self._owners = owners
        self._takers = takers
        self._lock = threading.Lock()

    def report(self, refs: Iterable[Member]) -> list[tuple[str, str]]:
        """(system, master) for each consumer whose revision differs from the owner's or is missing.

        An error if a system cannot be read: no drift must not be claimed where nobody looked.
        """
        with self._lock:
            return [(system, str(_ref(member))) for member in refs for system in self._different(member)]

    def _different(self, member: Member) -> Iterator[str]:
        owner = self._owners.get(member[0])
        if owner is None:
            raise UnusableAnswer(f"nobody owns domain {member[0]!r}; owned: {', '.join(sorted(self._owners))}")
        truth = self._content(owner, member)
        for name in self._takers(member[0]):
            if name != owner and self._content(name, member) != truth:
                yield name

    def _content(self, system: str, member: Member) -> model.AnyMaster | None:
        """What a system holds as a revision; what is only staged there is not held."""
        domain, id, revision = member
        try:
            states = self._readers[system].masters(domain, id).value or ()
        except SyncproofError as error:
            raise UnusableAnswer(f"{system} cannot be read: {error}") from error
        held = (s.master for s in states if s.master.revision == revision and s.status != STAGED)
        return next(held, None)


def _ref(member: Member) -> model.MasterRef:
    domain, id, revision = member
    return model.MasterRef(domain=domain, id=id, revision=revision)
