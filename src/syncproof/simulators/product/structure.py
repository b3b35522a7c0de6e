"""Which masters make a product, and which of their revisions drive an order."""

from collections.abc import Callable

from syncproof.simulators.product.errors import MasterMissing, VariantMismatch
from syncproof.simulators.product.quantities import Json

Lookup = Callable[[str, str], Json | None]
"""``lookup(domain, id)``: the JSON of the revision in effect for the order, or None."""

SET_DOMAINS = ("bom", "routing", "recipe", "label", "test_specification")
"""The domains whose revisions are fixed for a batch."""

NEEDED_DOMAINS = ("bom", "routing")
"""Without these nothing can be required or dispatched."""


def need(lookup: Lookup, domain: str, id: str) -> Json:
    """The master in effect, or a refusal that names it."""
    master = lookup(domain, id)
    if master is None:
        raise MasterMissing(f"no revision of {domain} {id!r} is in effect for this site and instant")
    return master


def structure_of(item: str, variant: str | None, lookup: Lookup) -> dict[str, str]:
    """Master ids by domain: the variant's own, else those of its base item."""
    ids = named(need(lookup, "material", item))
    if variant is None:
        return ids
    record = need(lookup, "variant", variant)
    if record["base_item"] != item:
        raise VariantMismatch(f"variant {variant!r} is one of item {record['base_item']!r}, the order is for {item!r}")
    return {**ids, **named(record)}


def bom_of(item: str, variant: str | None, lookup: Lookup) -> Json:
    """The bill of material that an order for an item or variant is made by."""
    key = structure_of(item, variant, lookup).get("bom")
    if key is None:
        raise MasterMissing(f"item {item!r} names no bom in its structure")
    return need(lookup, "bom", key)


def named(master: Json) -> dict[str, str]:
    """The masters that a material or variant names, by domain."""
    structure = master.get("structure") or {}
    return {domain: structure[domain] for domain in SET_DOMAINS if structure.get(domain)}


def ref(master: Json) -> Json:
    """The domain, id and revision of a master."""
    return {key: master[key] for key in ("domain", "id", "revision")}


def revision_set(item: str, variant: str | None, lookup: Lookup) -> list[Json]:
    """The revisions in effect of the masters that drive an order, in the order of their domains;
    what is not in effect is left out (see :func:`gaps`)."""
    found = (lookup(domain, key) for domain, key in structure_of(item, variant, lookup).items())
    return [ref(master) for master in found if master is not None]


def gaps(item: str, variant: str | None, lookup: Lookup) -> list[str]:
    """What an order lacks before it can be released; empty if its revision set is complete."""
    ids = structure_of(item, variant, lookup)
    unnamed = [f"item {item!r} names no {domain}" for domain in NEEDED_DOMAINS if domain not in ids]
    return unnamed + [
        f"no revision of {domain} {key!r} is in effect for this site and instant"
        for domain, key in ids.items()
        if lookup(domain, key) is None
    ]
