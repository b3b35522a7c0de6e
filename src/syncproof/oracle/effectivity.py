"""Which revision is in effect at a site at an instant.

The rule: among the activations of a master that is for all sites or for this one, the one with the
latest resolved date not after the instant; of two with the same date, the one activated later.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syncproof import model as m
from syncproof.errors import MisuseError
from syncproof.model.masters import domain_of
from syncproof.oracle.declared import Activated, Declarations
from syncproof.oracle.undetermined import Undetermined

DRIVING = ("bom", "routing", "recipe", "label", "test_specification")
"""Domains of the masters that drive an order, named as in ``ProductStructure``."""

Kind = TypeVar("Kind", bound=m.Master)


@dataclass(frozen=True, slots=True)
class InEffect:
    """A revision in effect since an instant (UTC), and the change that brought it."""

    master: m.AnyMaster
    since: datetime
    change_id: str
    approvals: tuple[m.Approval, ...]


def resolve(effectivity: m.Effectivity, zone: str) -> datetime:
    """The instant (UTC) at which a change takes effect in an IANA ``zone``.

    A wall time that a clock change skips is read with the offset before the change (PEP 495,
    ``fold=0``), one that occurs twice means the first. MisuseError for what is no date.
    """
    if (effectivity.instant is None) == (effectivity.local is None):
        raise MisuseError("an effective date has either an instant or a local wall time")
    if effectivity.instant is not None:
        return _utc(effectivity.instant)
    local = cast("datetime", effectivity.local)
    if local.tzinfo is not None:
        raise MisuseError(f"the local wall time {local} must have no offset: each site has its own")
    return local.replace(tzinfo=_zone(zone), fold=0).astimezone(UTC)


def timeline(declared: Declarations, domain: str, id: str, site: str, zone: str) -> tuple[InEffect, ...]:
    """What is in effect at a site over time, oldest first; each until the next one's ``since``."""
    dated = sorted(
        (
            (_since(entry, zone), entry)
            for entry in declared.activations(domain, id)
            if declared.master(entry.ref).site in {None, site}
        ),
        key=lambda pair: pair[0],
    )
    # sorted() is stable: of two activations for one instant the later declared stands last and wins.
    by_instant = dict(dated)
    return tuple(
        InEffect(declared.master(entry.ref), since, entry.change_id, entry.approvals)
        for since, entry in by_instant.items()
    )


def boundaries(declared: Declarations, domain: str, id: str, site: str, zone: str) -> tuple[datetime, ...]:
    """The instants (UTC) at which another revision takes effect."""
    line = timeline(declared, domain, id, site, zone)
    before = (None, *(each.master.ref for each in line))
    return tuple(now.since for old, now in zip(before, line, strict=False) if now.master.ref != old)


def in_effect(declared: Declarations, domain: str, id: str, *, site: str, zone: str, at: datetime) -> InEffect | None:
    """The revision in effect at ``at``, since when and by which approved change; None: nothing."""
    instant = _utc(at)
    past = [each for each in timeline(declared, domain, id, site, zone) if each.since <= instant]
    return past[-1] if past else None


def effective(
    declared: Declarations, domain: str, id: str, *, site: str, zone: str, at: datetime
) -> m.AnyMaster | None:
    """The revision in effect at ``at``; None: nothing."""
    found = in_effect(declared, domain, id, site=site, zone=zone, at=at)
    return found.master if found else None


@dataclass(frozen=True, slots=True)
class View:
    """The declared truth as one site (in its IANA ``zone``) sees it at one instant."""

    declared: Declarations
    site: str
    zone: str
    at: datetime

    def find(self, kind: type[Kind], id: str) -> Kind | None:
        """The revision in effect of one master; None: nothing."""
        place = {"site": self.site, "zone": self.zone}
        return cast("Kind | None", effective(self.declared, domain_of(kind), id, at=self.at, **place))

    def need(self, kind: type[Kind], id: str) -> Kind:
        """The revision in effect; :class:`Undetermined` if there is none."""
        found = self.find(kind, id)
        if found is None:
            text = f"no {domain_of(kind)} {id} is in effect at {self.site} at {self.at.isoformat()}"
            raise Undetermined("no_effective_revision", text)
        return found

    def structure(self, item: str, variant: str | None) -> m.ProductStructure:
        """The ids of the masters of an item; a variant's own take the place of the item's."""
        base = self.need(m.MaterialDefinition, item).structure
        if variant is None:
            return base
        chosen = self.need(m.Variant, variant)
        if chosen.base_item != item:
            raise Undetermined("wrong_variant", f"{chosen.ref} is of item {chosen.base_item}, not of {item}")
        return m.ProductStructure(**{name: getattr(chosen.structure, name) or getattr(base, name) for name in DRIVING})


def revision_set(
    declared: Declarations,
    item: str,
    variant: str | None,
    *,
    site: str,
    zone: str,
    at: datetime,
    label_at: datetime | None = None,
) -> frozenset[m.MasterRef]:
    """The revisions that drive an order for ``item`` (as ``variant``) at ``at``: now, or the instant
    at which its batch started. ``label_at`` is when packaging started: the label is the one in effect
    then. A master of the structure with no revision in effect is left out (see :func:`missing`)."""
    view = View(declared, site, zone, at)
    labelling = View(declared, site, zone, label_at or at)
    found = {
        domain: (labelling if domain == "label" else view).find(m.DOMAINS[domain], name)
        for domain, name in _named(view.structure(item, variant)).items()
    }
    return frozenset(master.ref for master in found.values() if master is not None)


def missing(
    declared: Declarations, item: str, variant: str | None, *, site: str, zone: str, at: datetime
) -> frozenset[tuple[str, str]]:
    """Domain and id of the masters of a product that have no revision in effect: with one of these an
    order must not be released."""
    view = View(declared, site, zone, at)
    named = _named(view.structure(item, variant))
    return frozenset(pair for pair in named.items() if view.find(m.DOMAINS[pair[0]], pair[1]) is None)


def _named(structure: m.ProductStructure) -> dict[str, str]:
    ids = {domain: getattr(structure, domain) for domain in DRIVING}
    return {domain: name for domain, name in ids.items() if name is not None}


def _since(entry: Activated, zone: str) -> datetime:
    date = resolve(entry.effectivity, zone)
    return date if entry.not_before is None else max(date, _utc(entry.not_before))


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise MisuseError(f"{instant.isoformat()} is no instant: it has no offset")
    return instant.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise MisuseError(f"{name!r} is no IANA time zone such as 'Europe/Berlin'") from None
