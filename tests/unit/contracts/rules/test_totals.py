"""Amounts: above zero, inside their limits, and the sum of their parts."""

import pytest

from syncproof.contracts.rules.totals import Outputs, limits, lines, positive
from tests.unit.contracts.rules.samples import BOM, ORDER, OUTPUT, across, bom, told


def test_a_good_bill_of_material_is_fine():
    document = bom(scrap_percent="0", alternates=[{"item": "X", "ratio": "0.1"}, {"item": "Y"}])
    assert told(positive, "bom", document) == told(lines, "bom", document) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ({"quantity": {"value": "0.000", "unit": "KGM"}}, "/lines/0/quantity/value"),
        ({"scrap_percent": "-0.1"}, "/lines/0/scrap_percent"),
        ({"alternates": [{"item": "X", "ratio": "-1"}]}, "/lines/0/alternates/0/ratio"),
    ],
)
def test_what_must_be_above_zero_and_is_not_is_told(line, place):
    assert [pointer for _, pointer, _ in told(positive, "bom", bom(**line))] == [place]


def test_a_base_quantity_of_nothing_is_told():
    document = {**BOM, "base_quantity": {"value": "-0", "unit": "C62"}}
    assert told(positive, "bom", document) == [("total-positive", "/base_quantity/value", "-0")]


def test_no_lines_and_lines_of_one_number_are_told():
    assert told(lines, "bom", {**BOM, "lines": []}) == [("total-lines", "/lines", "none")]
    twice = {**BOM, "lines": BOM["lines"] * 2}
    assert [pointer for _, pointer, _ in told(lines, "bom", twice)] == ["/lines/0/line_no", "/lines/1/line_no"]


@pytest.mark.parametrize(
    ("low", "value", "high", "fine"),
    [("5", "10", "70", True), ("5", "5", "5.0", True), ("5", "4.9", "70", False), ("9", "9", "8", False)],
)
def test_limits_enclose_their_value(low, value, high, fine):
    """As numbers: as texts 10 would be below 5."""
    document = {"parameters": [{"name": "speed", "low": low, "value": value, "high": high, "unit": "RPM"}]}
    assert [pointer for _, pointer, _ in told(limits, "recipe", document)] == ([] if fine else ["/parameters/0"])


def test_limits_of_a_specification_need_no_value():
    document = {"characteristics": [{"name": "pH", "unit": "C62", "low": "6", "high": "5"}]}
    assert [pointer for _, pointer, _ in told(limits, "test_specification", document)] == ["/characteristics/0"]


def test_other_contracts_are_no_business_of_these_rules():
    assert told(positive, "lot", {}) == told(lines, "lot", {}) == told(limits, "lot", {}) == []


def output(value, **more):
    return ("fact", {**OUTPUT, "quantity": {"value": value, "unit": "C62"}, **more})


def test_partial_outputs_add_up():
    good = {**ORDER, "produced": "100", "scrapped": "2"}
    facts = (output("60.5"), output("39.50"), output("2", kind="scrap"))
    assert across(Outputs(), *facts, ("order", good)) == ([], 0)


def test_outputs_that_do_not_add_up_are_told_at_the_order():
    wrong = {**ORDER, "produced": "99", "scrapped": "2"}
    found = across(Outputs(), output("100"), output("3", kind="scrap"), ("order", wrong))
    assert found == ([("total-outputs", 3, "/produced"), ("total-outputs", 3, "/scrapped")], 0)


@pytest.mark.parametrize(
    "order",
    [
        {**ORDER, "id": "other"},
        {**ORDER, "status": "Running"},
        {**ORDER, "quantity": {"value": "1", "unit": "BX"}},
    ],
)
def test_a_total_that_is_not_final_or_has_another_unit_could_not_be_checked(order):
    assert across(Outputs(), output("1"), ("order", order)) == ([], 1)


def test_of_several_states_of_an_order_the_last_counts():
    states = [("order", {**ORDER, "produced": "5"}), output("7"), ("order", {**ORDER, "produced": "7"})]
    assert across(Outputs(), *states) == ([], 0)
