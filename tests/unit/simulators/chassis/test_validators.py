"""Every domain's rules: each fault is named, and a sound master passes."""

import copy

import pytest

from tests.unit.simulators.bench import (
    bom,
    codes,
    label,
    master,
    material,
    oil_uom,
    recipe,
    routing,
    spec,
)


def changed(some_master, **at):
    """Revision Z of a master with values put at ``__``-separated places."""
    new = {**copy.deepcopy(some_master), "revision": "Z"}
    for place, value in at.items():
        *path, last = [int(p) if p.isdigit() else p for p in place.split("__")]
        part = new
        for step in path:
            part = part[step]
        part[last] = value
    return new


def conversion(unit, numerator=1, denominator=1):
    return [{"from_unit": unit, "numerator": numerator, "denominator": denominator}]


LOT_RULE = master("identity", "container", min_length=1, max_length=9, alphabet="ABC")
MIXER = master("equipment", "MIXER-9", equipment_class="MIXER")
VARIANT = master(
    "variant",
    "V",
    base_item="CREAM",
    structure={"bom": "B", "routing": "R", "label": "LBL", "test_specification": "SPEC"},
)
SOUND = [material("CREAM", "C62"), oil_uom(), bom(), recipe(), routing(), label(), spec(), LOT_RULE, MIXER, VARIANT]


@pytest.mark.parametrize("sound", SOUND, ids=lambda m: m["domain"])
def test_a_sound_master_is_accepted(plain, sound):
    assert plain.arrive(changed(sound))["status"] == "accepted"


REJECTED = [
    (material("M"), {"base_unit": "Q7Q"}, "unknown_unit"),
    (material("M"), {"gtin": "09521234543214"}, "gtin_invalid"),
    (bom(), {"lines": []}, "bom_incomplete"),
    (bom(), {"lines__0__quantity__value": "0"}, "quantity_invalid"),
    (bom(), {"lines__0__quantity__value": "-0.001"}, "quantity_invalid"),
    (bom(), {"base_quantity__value": "0"}, "quantity_invalid"),
    (bom(), {"lines__0__scrap_percent": "-1"}, "quantity_invalid"),
    (bom(), {"lines__0__alternates__0__ratio": "0"}, "quantity_invalid"),
    (bom(), {"lines__0__quantity__unit": "LTR"}, "conversion_missing"),
    (bom(), {"lines__0__quantity__unit": "GRM"}, "conversion_missing"),
    (bom(), {"lines__1__item": "CREAM"}, "bom_recursive"),
    (bom(), {"lines__1__line_no": 10}, "line_duplicate"),
    (bom(), {"lines__0__alternates": []}, "alternate_missing"),
    (bom(), {"lines__0__substitution": "none"}, "substitution_uncontrolled"),
    (oil_uom(), {"conversions": conversion("BX", 0)}, "conversion_impossible"),
    (oil_uom(), {"conversions": conversion("BX", -1, 3)}, "conversion_impossible"),
    (oil_uom(), {"conversions": conversion("BX", 1, 0)}, "conversion_impossible"),
    (oil_uom(), {"conversions": conversion("LTR")}, "conversion_impossible"),
    (oil_uom(), {"conversions": conversion("HUR")}, "conversion_impossible"),
    (oil_uom(), {"conversions": conversion("GRM", 1, 100)}, "conversion_inconsistent"),
    (oil_uom(), {"conversions": conversion("TNE", 100)}, "conversion_inconsistent"),
    (oil_uom(), {"conversions": conversion("KGM", 2)}, "conversion_inconsistent"),
    (oil_uom(), {"conversions": conversion("BX") + conversion("BX", 2)}, "conversion_inconsistent"),
    (oil_uom(), {"conversions": conversion("Q7Q")}, "unknown_unit"),
    (oil_uom(), {"base_unit": "GRM"}, "conversion_inconsistent"),
    (oil_uom(), {"base_unit": "Q7Q"}, "unknown_unit"),
    (oil_uom(), {"rounding": {"increment": "0"}}, "rounding_invalid"),
    (recipe(), {"steps": []}, "recipe_incomplete"),
    (recipe(), {"steps__0__evidence": []}, "recipe_incomplete"),
    (recipe(), {"steps__0__evidence": [" "]}, "recipe_incomplete"),
    (recipe(), {"steps__0__document": ""}, "document_missing"),
    (routing(), {"operations": []}, "routing_incomplete"),
    (routing(), {"operations__1__op_no": "10"}, "operation_duplicate"),
    (routing(), {"operations__0__step_definition": ""}, "routing_incomplete"),
    (routing(), {"operations__0__evidence": []}, "routing_incomplete"),
    (routing(), {"operations__0__equipment_class": " "}, "routing_incomplete"),
    (MIXER, {"equipment_class": ""}, "equipment_class_missing"),
    (label(), {"artwork_hash": ""}, "artwork_missing"),
    (label(), {"reconciliation_tolerance": -1}, "limits_invalid"),
    (spec(), {"samples": 0}, "limits_invalid"),
    (spec(), {"characteristics": []}, "limits_invalid"),
    (spec(), {"characteristics__0__low": "6.001"}, "limits_invalid"),
    (LOT_RULE, {"min_length": 10}, "limits_invalid"),
    (LOT_RULE, {"alphabet": ""}, "limits_invalid"),
    *((VARIANT, {f"structure__{domain}": None}, "variant_incomplete") for domain in VARIANT["structure"]),
]


@pytest.mark.parametrize(("base", "fault", "code"), REJECTED, ids=lambda x: str(x)[:60])
def test_a_faulty_master_is_rejected_for_its_fault_and_nothing_else(plain, base, fault, code):
    result = plain.arrive(changed(base, **fault))
    assert result["status"] == "rejected"
    assert set(codes(result)) == {code}
    assert "Z" not in plain.states(base["domain"], base["id"])


STAGED = [
    (bom(), {"lines__1__item": "NONE"}, "orphan_component"),
    (bom(), {"lines__1__quantity__unit": "BX"}, "uom_unknown"),
    (bom(), {"lines__0__alternates__0__item": "NONE"}, "orphan_component"),
    (bom(), {"item": "NONE"}, "unknown_item"),
    (oil_uom(), {"id": "NONE"}, "unknown_item"),
    (recipe(), {"item": "NONE"}, "unknown_item"),
    (routing(), {"operations__0__step_definition": "STEP-99"}, "step_definition_missing"),
    (routing(), {"operations__0__equipment_class": "OVEN"}, "resource_missing"),
    (label(), {"item": "NONE"}, "unknown_item"),
    (spec(), {"item": "NONE"}, "unknown_item"),
    (VARIANT, {"base_item": "NONE"}, "unknown_item"),
    (VARIANT, {"structure__bom": "NONE"}, "dependent_missing"),
]


@pytest.mark.parametrize(("base", "fault", "code"), STAGED, ids=lambda x: str(x)[:60])
def test_a_master_that_needs_something_unknown_is_staged_for_it(plain, base, fault, code):
    result = plain.arrive(changed(base, **fault))
    assert (result["status"], set(codes(result))) == ("staged", {code})


def test_a_fault_for_good_beats_what_is_missing_for_now(plain):
    result = plain.arrive(changed(bom(), lines__0__quantity__value="0", lines__1__item="NONE"))
    assert result["status"] == "rejected"


def test_a_loop_over_several_levels_is_found(plain):
    """OIL is made from CREAM while CREAM is made from OIL."""
    plain.arrive({**material("OIL", structure={"bom": "OIL-B"}), "revision": "Z"})
    line = {"line_no": 10, "item": "CREAM", "quantity": {"value": "1", "unit": "C62"}}
    oil = master("bom", "OIL-B", item="OIL", base_quantity={"value": "1", "unit": "KGM"}, lines=[line])
    assert codes(plain.arrive(oil)) == ["bom_recursive"]


def test_every_reason_names_the_object_the_fault_and_the_mend(plain):
    for base, fault, _ in REJECTED:
        bad = changed(base, **fault)
        for reason in plain.arrive(bad)["reasons"]:
            assert bad["id"] in reason["message"]
            assert len(reason["message"].split()) >= 4
            assert reason["pointer"]


def test_a_number_that_is_out_of_range_is_rejected_not_an_error(plain):
    result = plain.arrive(changed(bom(), lines__0__quantity__value="1" + "0" * 90))
    assert (result["status"], codes(result)) == ("rejected", ["quantity_invalid"])


def test_packaging_holds_anything_and_a_true_physical_factor_is_allowed(plain):
    for each in (conversion("CT", 7, 3), conversion("GRM", 1, 1000), conversion("TNE", 1000)):
        revision = f"{each[0]['from_unit']}"
        assert plain.arrive({**oil_uom(revision), "conversions": each})["status"] == "accepted"
