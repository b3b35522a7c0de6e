import json
from decimal import Decimal

import msgspec
import pytest

from syncproof import model as m
from syncproof.adapters.tryton import catalogue, notes
from syncproof.errors import Untranslatable, UnusableAnswer

LABEL = m.MaterialDefinition(id="X", revision="A", description="d", base_unit="KGM")


def note(resource, document):
    return {"id": 1, "resource": resource, "message": json.dumps({"syncproof": msgspec.to_builtins(document)})}


def test_documents_are_read_back_per_record_and_foreign_notes_are_left_out(tryton, connection):
    """Notes that people write into Tryton disturb nothing."""
    by_hand = {"id": 2, "resource": "product.product,1", "message": "call the supplier"}
    other = {"id": 3, "resource": "product.product,1", "message": '{"a": 1}'}
    tryton.finds("ir.note", note("product.product,1", LABEL), by_hand, other)
    found = notes.read(connection, ["product.product,1"])
    assert list(found) == ["product.product,1"]
    assert notes.revisions(found["product.product,1"], "material", "X") == {"A": LABEL}


def test_the_last_note_of_a_revision_counts(tryton, connection):
    """A revision that was submitted again is what was submitted last."""
    again = msgspec.structs.replace(LABEL, description="again")
    documents = [msgspec.to_builtins(LABEL), msgspec.to_builtins(again)]
    assert notes.revisions(documents, "material", "X") == {"A": again}
    assert notes.revisions(documents, "material", "Y") == {}


def test_nothing_is_asked_for_no_records(tryton, connection):
    """Tryton refuses a search of notes that names no record."""
    assert notes.read(connection, []) == {}
    notes.keep(connection, [])
    assert tryton.calls == []


def test_a_note_that_somebody_broke_is_no_answer_and_says_where():
    """It must not end in an error of ours."""
    broken = {**msgspec.to_builtins(LABEL), "base_unit": None}
    with pytest.raises(UnusableAnswer, match=r"the note of material X cannot be read .*base_unit"):
        notes.revisions([broken], "material", "X")


def test_a_master_that_its_note_could_not_give_back_is_not_sent(tryton, connection):
    """Nothing of it is written: read back, it would stop everybody who reads."""
    rounding = m.RoundingPolicy(increment=Decimal(1), mode="Nonsense")
    with pytest.raises(Untranslatable, match=r"^uom X: .*rounding\.mode"):
        catalogue.submit(connection, "uom", [m.UomConversion(id="X", revision="A", base_unit="KGM", rounding=rounding)])
    assert tryton.calls == []
