import json
from decimal import Decimal

import msgspec
import pytest

from syncproof import model as m
from syncproof.adapters.tryton import boms, notes
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.faults import Fault

SAID = m.BillOfMaterial(
    id="B",
    revision="A",
    item="CREAM",
    base_quantity=m.Quantity(value=Decimal(100), unit="C62"),
    lines=(
        m.BomLine(line_no=10, item="OIL", quantity=m.Quantity(value=Decimal("12.50"), unit="BX"), op_no="10",
                  scrap_percent=Decimal(2)),
        m.BomLine(line_no=20, item="BOX", quantity=m.Quantity(value=Decimal(100), unit="C62")),
    ),
)  # fmt: skip


def row(id, item, unit, quantity):
    return {"id": id, "product.": {"code": item, "id": id}, "unit.": {"symbol": unit, "id": id}, "quantity": quantity}


def bom(code="B/A", *, active=True, inputs=None):
    lines = inputs or [row(1, "OIL", "BX", 12.5), row(2, "BOX", "C62", 100.0)]
    return {"id": 5, "code": code, "active": active, "inputs.": lines, "outputs.": [row(9, "CREAM", "C62", 100.0)]}


def read(tryton, connection, record, *documents):
    tryton.finds("production.bom", record)
    tryton.finds("ir.note", *({"id": 1, **notes.values("production.bom,5", document)} for document in documents))
    (held,) = boms.read(connection, [])
    return held


def test_a_bom_is_read_back_as_it_was_submitted(tryton, connection):
    """Fields that Tryton lacks come from the note, amounts in the digits they were submitted in."""
    held = read(tryton, connection, bom(), SAID)
    assert held.master == SAID
    assert str(held.master.lines[0].quantity.value) == "12.50"
    assert held.in_effect


def test_an_amount_changed_in_tryton_is_what_is_read(tryton, connection):
    """The note does not hide an edit made in Tryton; what Tryton has no field for stays."""
    held = read(tryton, connection, bom(inputs=[row(1, "OIL", "BX", 13.0), row(2, "BOX", "C62", 100.0)]), SAID)
    assert held.master.lines[0].quantity == m.Quantity(value=Decimal(13), unit="BX")
    assert held.master.lines[0].op_no == "10"


def test_a_component_exchanged_in_tryton_is_what_is_read(tryton, connection):
    """A line that was not submitted carries nothing over from one that was."""
    held = read(tryton, connection, bom(inputs=[row(1, "WAX", "BX", 12.5), row(2, "BOX", "C62", 100.0)]), SAID)
    assert [line.item for line in held.master.lines] == ["WAX", "BOX"]
    assert held.master.lines[0].op_no is None
    assert held.master.lines[1].line_no == 20


def test_a_bom_made_by_hand_is_read_without_a_note(tryton, connection):
    """Revision 0 if its code names none; units by Rec 20."""
    held = read(tryton, connection, bom("HAND", active=False, inputs=[row(1, "OIL", "kg", 3.0)]))
    assert held.master.ref == m.MasterRef(domain="bom", id="HAND", revision="0")
    assert held.master.lines[0].quantity.unit == "KGM"
    assert not held.in_effect


@pytest.fixture
def items(tryton):
    product = lambda id, code: {  # noqa: E731
        "id": id, "code": code, "template": id, "default_uom": id, "default_uom.": {"category": id, "symbol": "KGM"},
    }  # fmt: skip
    tryton.finds("product.product", product(1, "CREAM"), product(2, "OIL"), product(3, "BOX"))
    unit = lambda id, symbol, category: {  # noqa: E731
        "id": id, "symbol": symbol, "name": symbol, "category": category, "active": True, "factor": 1.0, "rate": 1.0,
    }  # fmt: skip
    tryton.finds("product.uom", unit(11, "C62", 1), unit(12, "BX", 2), unit(13, "C62", 3))
    tryton.answers["model.production.bom.create"] = [77]
    tryton.answers["model.product.product-production.bom.create"] = [88]


def test_a_new_bom_is_offered_last_and_inactive(tryton, connection, items):
    """It is not in effect until it is activated, and Tryton looks for recursion at once."""
    boms.submit(connection, [SAID])
    (((values,),),) = [tryton.called("model.production.bom.create")]
    assert values[0]["code"] == "~B/A"
    assert values[0]["inputs"][0][1][0] == {"product": 2, "unit": 12, "quantity": 12.5}
    (((link,),),) = [tryton.called("model.product.product-production.bom.create")]
    assert link[0] == {"product": 1, "bom": 77, "sequence": boms.LAST}
    assert tryton.called("model.production.bom.write") == [[[77], {"code": "B/A", "active": False}]]
    note = json.loads(tryton.called("model.ir.note.create")[0][0][0]["message"])
    assert msgspec.convert(note["syncproof"], m.BillOfMaterial) == SAID


def test_an_unknown_component_is_sent_as_no_product(tryton, connection, items):
    """Tryton is asked with an id that no product has: the refusal is its own."""
    unknown = msgspec.structs.replace(SAID, lines=(msgspec.structs.replace(SAID.lines[0], item="NOBODY"),))
    boms.submit(connection, [unknown])
    values = tryton.called("model.production.bom.create")[0][0][0]
    assert values["inputs"][0][1][0]["product"] == UNKNOWN
    assert values["inputs"][0][1][0]["unit"] is None


def test_a_bom_that_its_product_refuses_is_taken_back(tryton, connection, items):
    """A refused submission leaves nothing behind."""
    tryton.refuse("model.product.product-production.bom.create", "You cannot create a recursive BOM for product X.")
    with pytest.raises(Fault, match="recursive"):
        boms.submit(connection, [SAID])
    assert tryton.called("model.production.bom.delete") == [[[77]]]


def test_activation_makes_one_revision_active_and_its_others_inactive(tryton, connection):
    """Only revisions of the very same id are touched."""
    tryton.finds("production.bom", {"id": 1, "code": "B/A"}, {"id": 2, "code": "B/B"}, {"id": 3, "code": "B/X/B"})
    boms.activate(connection, msgspec.structs.replace(SAID, revision="B"))
    assert tryton.called("model.production.bom.write") == [[[2], {"active": True}, [1], {"active": False}]]


def test_a_bom_that_is_still_being_written_is_not_read(tryton, connection):
    """Its note is not there yet: half a master must not go to other systems."""
    tryton.finds("production.bom", bom("~B/A"), bom(None))
    assert boms.read(connection, []) == []
