"""What a scenario declares to be true: the only input of the oracle.

A scenario's declarations lie on top of a ``base`` (reference data that a whole run shares). What
the base says comes first, what the scenario says later; nothing is ever taken back, as in a controlled
system: a later activation or hold supersedes an earlier one.
"""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from syncproof import model as m
from syncproof.errors import MisuseError
from syncproof.oracle.undetermined import Undetermined


@dataclass(frozen=True, slots=True)
class Activated:
    """One revision that one change took into effect. ``not_before``: the activation became known
    only then, so that the revision cannot have been in effect earlier (history is not rewritten)."""

    ref: m.MasterRef
    change_id: str
    effectivity: m.Effectivity
    approvals: tuple[m.Approval, ...] = ()
    not_before: datetime | None = None


class Declarations:
    """Masters, activations, holds, lots and order starts as declared; queries return immutable
    values in the order of declaration, the base's first."""

    def __init__(self, base: "Declarations | None" = None) -> None:
        self._base = base
        self._masters: dict[m.MasterRef, m.AnyMaster] = {}
        self._activated: dict[tuple[str, str], list[Activated]] = defaultdict(list)
        self._holds: list[m.Hold] = []
        self._lots: dict[str, m.MaterialLot] = {}
        self._locations: dict[str, str] = {}
        self._started: dict[str, datetime] = {}

    def declare(self, *masters: m.AnyMaster) -> None:
        """Makes revisions known; MisuseError if one was declared before with other content."""
        for master in masters:
            known = self.find(master.ref)
            if known is not None and known != master:
                text = f"{master.ref} is declared twice with different content: a revision never changes"
                raise MisuseError(text)
            self._masters[master.ref] = master

    def activate(
        self,
        change_id: str,
        members: Iterable[m.MasterRef],
        effectivity: m.Effectivity,
        *,
        approvals: tuple[m.Approval, ...] = (),
        not_before: datetime | None = None,
    ) -> None:
        """Takes revisions into effect together. ``not_before`` does not count for an initial load,
        that is if no member's id was ever active; MisuseError for a member not declared."""
        refs = tuple(members)
        for ref in refs:
            self.master(ref)
        initial = not any(self.activations(ref.domain, ref.id) for ref in refs)
        since = None if initial else not_before
        for ref in refs:
            entry = Activated(ref, change_id, effectivity, approvals, since)
            self._activated[ref.domain, ref.id].append(entry)

    def hold(self, *holds: m.Hold) -> None:
        """Restricts or releases a lot, location or item; in the order in which it happened."""
        self._holds.extend(holds)

    def receive(self, *lots: m.MaterialLot) -> None:
        """Makes lots known as they were received or produced."""
        self._lots |= {lot.id: lot for lot in lots}

    def move(self, lot: str, to: str) -> None:
        """Says where a lot is from now on."""
        self._locations[lot] = to

    def start(self, order: str, at: datetime) -> None:
        """Says when the batch of an order started; MisuseError if it started before."""
        if self.started_at(order) is not None:
            raise MisuseError(f"order {order} started already at {self.started_at(order)}")
        self._started[order] = at

    def find(self, ref: m.MasterRef) -> m.AnyMaster | None:
        """One revision; None if it was not declared."""
        return self._masters.get(ref) or (self._base.find(ref) if self._base else None)

    def master(self, ref: m.MasterRef) -> m.AnyMaster:
        """One revision; :class:`Undetermined` with the nearest declared one if there is none."""
        found = self.find(ref)
        if found is not None:
            return found
        near = difflib.get_close_matches(str(ref), map(str, self.refs()), n=1)
        hint = f"; the nearest is {near[0]}" if near else ""
        raise Undetermined("unknown_master", f"{ref} was not declared{hint}")

    def refs(self) -> frozenset[m.MasterRef]:
        """Every revision declared."""
        return frozenset(self._masters) | (self._base.refs() if self._base else frozenset())

    def ids(self, domain: str) -> frozenset[str]:
        """The ids declared in a domain."""
        return frozenset(ref.id for ref in self.refs() if ref.domain == domain)

    def activations(self, domain: str, id: str) -> tuple[Activated, ...]:
        """Every activation of every revision of one master, oldest declaration first."""
        before = self._base.activations(domain, id) if self._base else ()
        return (*before, *self._activated.get((domain, id), ()))

    def holds(self, scope: str, target: str) -> tuple[m.Hold, ...]:
        """The holds and releases of one target, oldest declaration first."""
        before = self._base.holds(scope, target) if self._base else ()
        return (*before, *(h for h in self._holds if (h.scope, h.target) == (scope, target)))

    def lot(self, id: str) -> m.MaterialLot | None:
        """A lot as it was received."""
        return self._lots.get(id) or (self._base.lot(id) if self._base else None)

    def location(self, lot: m.MaterialLot) -> str:
        """Where a lot is now: where it was moved, else where it was received."""
        moved = self._locations.get(lot.id)
        return moved or (self._base.location(lot) if self._base else lot.location)

    def started_at(self, order: str) -> datetime | None:
        """When the batch of an order started (None: not yet)."""
        return self._started.get(order) or (self._base.started_at(order) if self._base else None)
