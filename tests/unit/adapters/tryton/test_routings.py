from decimal import Decimal

from syncproof import model as m
from syncproof.adapters.tryton import notes, routings


def operation(op_no, name="Mix", class_="MIXER"):
    return m.Operation(op_no=op_no, name=name, step_definition=f"S{op_no}", equipment_class=class_,
                       evidence=("signature",), standard_minutes=Decimal(5))  # fmt: skip


SAID = m.Routing(id="R", revision="A", item="CREAM", recipe="RC", operations=(operation("10"), operation("20", "Fill")))


def step(id, sequence, name, class_):
    category = {"name": class_, "id": 1} if class_ else None
    return {"id": id, "sequence": sequence, "operation.": {"name": name, "work_center_category.": category}}


def read(tryton, connection, steps, *documents, name="R/A"):
    tryton.finds("production.routing", {"id": 5, "name": name, "active": True, "steps.": steps, "boms.": []})
    tryton.finds("ir.note", *({"id": 1, **notes.values("production.routing,5", d)} for d in documents))
    (held,) = routings.read(connection, [])
    return held.master


def test_a_routing_is_read_back_as_it_was_submitted(tryton, connection):
    """Step definition, evidence and times come from the note, the rest from Tryton."""
    assert read(tryton, connection, [step(2, 20, "Fill", "MIXER"), step(1, 10, "Mix", "MIXER")], SAID) == SAID


def test_an_operation_dropped_or_renamed_in_tryton_is_what_is_read(tryton, connection):
    """No ghost operation stays because a note remembers it."""
    found = read(tryton, connection, [step(2, 20, "Fill slowly", "FILLER")], SAID)
    assert [(o.op_no, o.name, o.equipment_class) for o in found.operations] == [("20", "Fill slowly", "FILLER")]
    assert found.operations[0].step_definition == "S20"


def test_an_operation_added_in_tryton_has_no_execution_definition(tryton, connection):
    """It shows as incomplete, so that no system takes it for good."""
    found = read(tryton, connection, [step(1, 10, "Mix", "MIXER"), step(3, 30, "Pack", None)], SAID)
    assert found.operations[1] == m.Operation(op_no="30", name="Pack", step_definition="", equipment_class="",
                                              evidence=())  # fmt: skip


def test_operation_numbers_that_are_no_numbers_keep_their_text():
    """Tryton's sequence is a whole number; the text is found again by its place."""
    named = m.Routing(id="R", revision="A", item="X", recipe="Y", operations=(operation("OP-A"), operation("30")))
    assert [number for number, _ in routings.numbered(named)] == [10, 30]


def test_a_new_routing_makes_missing_classes_then_operations_then_itself(tryton, connection):
    """Equipment classes are work centre categories, shared by all routings."""
    tryton.finds("production.work.center.category", {"id": 3, "name": "MIXER"})
    tryton.answers["model.production.work.center.category.create"] = [4]
    tryton.answers["model.production.routing.operation.create"] = [6, 7]
    tryton.answers["model.production.routing.create"] = [8]
    mixed = m.Routing(id="R", revision="A", item="CREAM", recipe="RC",
                      operations=(operation("10"), operation("20", "Fill", "FILLER")))  # fmt: skip
    routings.submit(connection, [mixed])
    assert tryton.called("model.production.work.center.category.create") == [[[{"name": "FILLER"}]]]
    made = tryton.called("model.production.routing.operation.create")[0][0]
    assert [each["work_center_category"] for each in made] == [3, 4]
    (routing,) = tryton.called("model.production.routing.create")[0][0]
    assert routing == {"name": "~R/A", "steps": [["create", [{"operation": 6, "sequence": 10},
                                                            {"operation": 7, "sequence": 20}]]]}  # fmt: skip
    assert tryton.called("model.production.routing.write") == [[[8], {"name": "R/A", "active": False}]]
