import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import items, notes

SAID = m.MaterialDefinition(
    id="CREAM",
    revision="A",
    description="Cream",
    base_unit="KGM",
    gtin="09521234543213",
    approved_suppliers=("S1",),
    structure=m.ProductStructure(bom="B", routing="R"),
)


def product(description="Revision A", **template):
    fields = {"name": "Cream", "lot_required": items.LOTS, "default_uom.": {"symbol": "KGM"}, **template}
    return {
        "id": 3, "code": "CREAM", "description": description, "template": 1, "template.": fields,
        "identifiers.": [{"type": "ean", "code": "09521234543213"}],
    }  # fmt: skip


def read(tryton, connection, row, *documents, domain="material"):
    tryton.finds("product.product", row)
    tryton.finds("ir.note", *({"id": n, **notes.values("product.product,3", d)} for n, d in enumerate(documents)))
    return items.read(connection, domain, [])


def test_an_item_is_read_back_as_it_was_submitted(tryton, connection):
    """Suppliers and structure come from the note, the rest from Tryton."""
    (held,) = read(tryton, connection, product(), SAID)
    assert held.master == SAID
    assert held.in_effect


def test_an_edit_made_in_tryton_is_what_is_read(tryton, connection):
    """The description of the revision in effect is the product's."""
    (held,) = read(tryton, connection, product(name="Creme"), SAID)
    assert held.master.description == "Creme"


def test_a_revision_to_come_is_known_and_not_in_effect(tryton, connection):
    """Its content waits in a note; the product keeps that of the revision in effect."""
    coming = msgspec.structs.replace(SAID, revision="B", description="Better cream")
    first, second = read(tryton, connection, product("Revision A; proposed: B"), SAID, coming)
    assert (first.master, first.in_effect) == (SAID, True)
    assert (second.master, second.in_effect) == (coming, False)


def test_an_item_made_by_hand_is_known(tryton, connection):
    """Without a note and without a word about a revision it is revision 0, and in effect."""
    (held,) = read(tryton, connection, product(None))
    assert (held.master.id, held.master.revision, held.in_effect) == ("CREAM", "0", True)


def test_an_item_that_is_still_being_written_is_not_read(tryton, connection):
    """Its note is not there yet."""
    assert read(tryton, connection, product("Proposed A")) == []


def test_a_variant_is_no_material_and_a_material_no_variant(tryton, connection):
    """Both are products; the note says which."""
    rose = m.Variant(id="CREAM", revision="A", base_item="BASE")
    assert [held.master for held in read(tryton, connection, product(), rose, domain="variant")] == [rose]
    assert read(tryton, connection, product(), rose) == []


def test_a_first_revision_is_proposed_and_a_further_one_announced(tryton, connection):
    """Neither takes effect by being submitted; the write that tells of it comes after the note."""
    row = {**product(), "default_uom": 5, "default_uom.": {"symbol": "KGM", "category": 8}}
    found = iter([[], [row], [row], [row]])
    tryton.answers["model.product.product.search_read"] = lambda *_: next(found, [])
    tryton.finds("product.uom", {"id": 5, "symbol": "KGM", "category": 8, "factor": 1.0, "rate": 1.0})
    tryton.answers["model.product.uom.category.create"] = [8]
    items.submit_materials(connection, [SAID])
    template = tryton.called("model.product.template.create")[0][0][0]
    assert template["products"][0][1][0]["description"] == "Proposed A"
    assert template["producible"] is True
    items.submit_materials(connection, [msgspec.structs.replace(SAID, revision="B")])
    last = tryton.called("model.product.product.write")[-1]
    assert last == [[3], {"description": "Revision A; proposed: B"}]
    written = [name for _, name, _, _ in tryton.calls if name.endswith((".write", ".create"))]
    assert written[-2:] == ["model.ir.note.create", "model.product.product.write"]


def test_activation_writes_the_content_into_the_product(tryton, connection):
    """Until then the product had the content of the revision before."""
    tryton.finds("product.product", {"id": 3, "code": "CREAM", "template": 1, "description": "Revision A"})
    items.activate(connection, msgspec.structs.replace(SAID, revision="B", description="Better"))
    assert tryton.called("model.product.product.write") == [[[3], {"description": "Revision B"}]]
    assert tryton.called("model.product.template.write")[0][1]["name"] == "Better"
