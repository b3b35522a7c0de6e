"""References: what is named is there, if anything of its kind is."""

import pytest

from syncproof.contracts import catalogue
from syncproof.contracts.rules.references import NAMES, REVISIONS, References
from tests.unit.contracts.rules.samples import BOM, MATERIAL, ORDER, across, bom

CREAM = {**MATERIAL, "id": "CREAM"}
RECIPE = {"domain": "recipe", "id": "R", "revision": "A", "item": "CREAM", "steps": [{"id": "S"}]}
OPERATION = {"op_no": "10", "step_definition": "S", "equipment_class": "MIXER"}
ROUTING = {"domain": "routing", "id": "T", "revision": "A", "item": "CREAM", "recipe": "R", "operations": [OPERATION]}
MIXER = {"domain": "equipment", "id": "M1", "revision": "A", "equipment_class": "MIXER"}
CHANGE = {"id": "C", "members": [{"domain": "bom", "id": "B", "revision": "A"}]}


def found(*documents):
    return across(References(), *documents)


def test_what_is_there_is_found_whatever_comes_first():
    documents = [("bom", BOM), ("material", MATERIAL), ("material", CREAM), ("change", CHANGE)]
    assert found(*documents) == found(*reversed(documents)) == ([], 0)


@pytest.mark.parametrize(
    ("name", "document", "told"),
    [
        ("bom", bom(item="X"), ("reference-component", 4, "/lines/0/item")),
        ("bom", bom(alternates=[{"item": "X"}]), ("reference-alternate", 4, "/lines/0/alternates/0/item")),
        ("bom", {**BOM, "item": "X"}, ("reference-resolves", 4, "/item")),
        ("order", {**ORDER, "item": "X"}, ("reference-identity", 4, "/item")),
        ("routing", {**ROUTING, "recipe": "X", "operations": []}, ("reference-resolves", 4, "/recipe")),
        (
            "routing",
            {**ROUTING, "operations": [{**OPERATION, "step_definition": "X"}]},
            ("reference-step", 4, "/operations/0/step_definition"),
        ),
        (
            "activation",
            {"change_id": "C", "members": [{"domain": "recipe", "id": "R", "revision": "B"}]},
            ("reference-resolves", 4, "/members/0"),
        ),
        ("disposition", {"scope": "item", "target": "X"}, ("reference-identity", 4, "/target")),
        ("material", {**MATERIAL, "structure": {"recipe": "X"}}, ("reference-resolves", 4, "/structure/recipe")),
    ],
)
def test_what_is_named_and_not_there_is_told(name, document, told):
    assert found(("material", MATERIAL), ("material", CREAM), ("recipe", RECIPE), (name, document))[0] == [told]


def test_the_resource_of_an_operation_is_a_class_of_equipment():
    other = {**MIXER, "equipment_class": "PACKER"}
    assert found(("routing", ROUTING), ("equipment", MIXER))[0] == []
    assert found(("routing", ROUTING), ("equipment", other))[0] == [
        ("reference-resource", 1, "/operations/0/equipment_class")
    ]


def test_without_any_of_the_kind_it_could_not_be_checked():
    assert found(("bom", BOM)) == ([], 2)
    assert found(("routing", ROUTING)) == ([], 4)


def test_a_location_is_no_document():
    assert found(("disposition", {"scope": "location", "target": "DOCK"})) == ([], 0)


def test_references_beyond_those_kept_are_counted_and_not_forgotten():
    rule = References(most=1)
    assert across(rule, ("bom", BOM), ("material", MATERIAL)) == ([("reference-resolves", 1, "/item")], 1)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [(name, pattern) for name, places in NAMES.items() for pattern, *_ in places] + list(REVISIONS.items()),
)
def test_every_place_is_one_of_its_contract(name, pattern):
    """A name that the schema does not have would never be found."""
    schema = catalogue.schema(name)
    part = schema
    for step in pattern.split("/"):
        while "$ref" in part:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
        part = part["items"] if step == "*" else part["properties"][step]
    assert part
