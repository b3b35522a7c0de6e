"""Items and variants: products of Tryton.

Tryton has no revisions of an item. The product's description says which one it is (``Revision A``); the
content of the others is in notes. A variant is a second product of the same template; its bom and routing
are further boms of the base product.
"""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import notes, products, units
from syncproof.adapters.tryton.codes import UNKNOWN, code_of
from syncproof.adapters.tryton.held import Held
from syncproof.adapters.tryton.rpc import Connection, Domain, Json

TEMPLATE = "product.template"
PRODUCT = products.PRODUCT
LOTS = ["supplier", "customer", "storage", "production"]
"""Kinds of location between which a lot-controlled item cannot move without a lot number."""
FIELDS = (
    *("code", "description", "template", "template.name", "template.lot_required", "template.default_uom"),
    *("template.default_uom.symbol", "template.default_uom.category", "identifiers.type", "identifiers.code"),
)
EFFECTIVE = "Revision "
PROPOSED = "Proposed "


def revision_of(product: Json) -> str | None:
    """The revision in effect, as the product's description says; ``0`` if it says nothing."""
    said = product["description"] or ""
    if said.startswith(PROPOSED):
        return None
    found = re.match(rf"{EFFECTIVE}([^;]+)", said)
    return found[1] if found else "0"


def read(connection: Connection, domain: str, clause: Domain) -> list[Held]:
    """Items or variants found by a search clause."""
    found = connection.find(PRODUCT, clause, FIELDS)
    kept = notes.read(connection, [notes.resource(PRODUCT, product) for product in found])
    held: list[Held] = []
    for product in found:
        documents = kept.get(notes.resource(PRODUCT, product), [])
        held += _held(product, notes.revisions(documents, domain, product["code"]), domain, by_hand=not documents)
    return held


def _held(product: Json, known: dict[str, m.AnyMaster], domain: str, *, by_hand: bool) -> list[Held]:
    ours = (product["description"] or "").startswith(PROPOSED)  # and its note is still to come
    if by_hand and domain == "material" and product["code"] and not ours:
        return [Held(_by_hand(product), in_effect=True)]
    current = revision_of(product)
    return [
        Held(_overlaid(master, product) if revision == current else master, in_effect=revision == current)
        for revision, master in known.items()
    ]


def _by_hand(product: Json) -> m.MaterialDefinition:
    blank = m.MaterialDefinition(id=product["code"], revision=revision_of(product) or "0", description="", base_unit="")
    return _overlaid(blank, product)  # type: ignore[return-value]


def _overlaid(master: m.AnyMaster, product: Json) -> m.AnyMaster:
    """The revision in effect, with what Tryton's fields say now."""
    if not isinstance(master, m.MaterialDefinition):
        return master
    template = product["template."]
    gtin = next((each["code"] for each in product["identifiers."] if each["type"] == "ean"), None)
    return msgspec.structs.replace(
        master,
        description=template["name"],
        base_unit=code_of(template["default_uom."]["symbol"]),
        lot_controlled="production" in (template["lot_required"] or ()),
        gtin=gtin,
    )


def submit_materials(connection: Connection, masters: Sequence[m.MaterialDefinition]) -> None:
    """New items; a further revision of an item is announced at the product and kept with it."""
    known = products.find(connection, [master.id for master in masters])
    new = [master for master in masters if master.id not in known]
    if new:
        unit = {master.id: units.base_for(connection, master.id, master.base_unit) for master in new}
        connection.create(TEMPLATE, *(_template(master, unit[master.id]) for master in new))
        known |= products.find(connection, [master.id for master in new])
    _keep(connection, [(known[master.id], master) for master in masters])


def _keep(connection: Connection, proposals: Sequence[tuple[Json, m.AnyMaster]]) -> None:
    """Keep what was submitted with its product, and say there that it was: last, because the date of
    that write is what tells others that there is news."""
    notes.keep(connection, [(notes.resource(PRODUCT, product), master) for product, master in proposals])
    pairs: list[Any] = []
    for product, master in proposals:
        said = (product["description"] or "").partition(";")[0] or f"{EFFECTIVE}0"
        first = said == f"{PROPOSED}{master.revision}"
        pairs += [[product["id"]], {"description": said if first else f"{said}; proposed: {master.revision}"}]
    connection.write(PRODUCT, *pairs)


def _template(master: m.MaterialDefinition, default_unit: int) -> Json:
    product = {"suffix_code": master.id, "description": f"{PROPOSED}{master.revision}"}
    if master.gtin:
        product["identifiers"] = [["create", [{"type": "ean", "code": master.gtin}]]]  # type: ignore[assignment]
    return {
        **_fields(master),
        "type": "goods",
        "default_uom": default_unit,
        "products": [["create", [product]]],
    }


def _fields(master: m.MaterialDefinition) -> Json:
    return {
        "name": master.description,
        "producible": master.structure.bom is not None,
        "lot_required": LOTS if master.lot_controlled else [],
    }


def submit_variants(connection: Connection, masters: Sequence[m.Variant]) -> None:
    """New products of the base item's template."""
    known = products.find(connection, [code for master in masters for code in (master.id, master.base_item)])
    new = [master for master in masters if master.id not in known]
    if new:
        connection.create(PRODUCT, *(_variant(master, known) for master in new))
        known |= products.find(connection, [master.id for master in new])
    _keep(connection, [(known[master.id], master) for master in masters])


def _variant(master: m.Variant, known: dict[str, Json]) -> Json:
    base = known.get(master.base_item)
    return {
        "template": base["template"] if base else UNKNOWN,
        "suffix_code": master.id,
        "description": f"{PROPOSED}{master.revision}",
    }


def activate(connection: Connection, master: m.MaterialDefinition | m.Variant) -> None:
    """Write the content of a revision into the product's fields."""
    (product,) = products.find(connection, [master.id]).values()
    connection.write(PRODUCT, [product["id"]], {"description": f"{EFFECTIVE}{master.revision}"})
    if isinstance(master, m.MaterialDefinition):
        connection.write(TEMPLATE, [product["template"]], _fields(master))
