import pytest

from syncproof.adapters.tryton.faults import Fault, reason

SENTENCES = {
    'You are not allowed to access "Production Bom".': "forbidden",
    "The server could not verify that you are authorized to access the URL requested.": "unauthenticated",
    "Records were modified in the meanwhile": "stale",
    'The value "-1" for field "Product" in record "2" of "Production Bom Input" is not valid according to its domain.':
        "orphan_component",
    'The value "Liter" for field "Unit" in record "[OIL] Oil" of "Production Bom Input" is not valid according to '
    "its domain.": "conversion_missing",
    'The value "-3.0" for field "Quantity" in record "[OIL] Oil" of "Production Bom Input" is not valid according '
    "to its domain.": "quantity_invalid",
    'The value "0.0" for field "Factor" in record "BX" of "Product Uom" is not valid according to its domain.':
        "conversion_impossible",
    'You cannot create a recursive BOM for product "[X] X".': "bom_recursive",
    'You are trying to read records "2147483647" of "Product Uom" that don\'t exist.': "unknown_unit",
    'The value "2147483647" for field "Product" in record "1" of "Stock Move" is not valid according to its domain.':
        "unknown_item",
    'To complete production "1 [O1]", work "Fill @ 1 [O1]" must be finished.': "order_incomplete",
    'You can not call "do" on "0.500\xa0KGM [OIL] Oil @ 1 [O1]" of "Stock Move".': "not_assigned",
    'You can not call "do" on "1 [O1]" of "Production".': "order_state",
    'You cannot process move "1 KGM" because its lot "L-1" has expired.': "lot_restricted",
}  # fmt: skip
"""Sentences that Tryton 8.2 was seen to say, and what they mean."""


@pytest.mark.parametrize(("sentence", "code"), SENTENCES.items())
def test_a_sentence_of_tryton_gets_the_code_of_its_meaning(sentence, code):
    """The code comes first, Tryton's own words follow unchanged."""
    said = reason(Fault("UserError", sentence))
    assert said == f"{code}: {' '.join(sentence.split())}"


def test_a_sentence_in_no_list_keeps_tryton_class():
    """Nothing is guessed: what is not known is shown as Tryton sent it."""
    assert reason(Fault("UserError", "Something new.", "Really.")) == "UserError: Something new. Really."


def test_the_landscape_file_can_say_what_a_sentence_means():
    """A pattern of the landscape file goes before the built-in list."""
    fault = Fault("UserError", 'You can not call "do" on "4" of "Stock Shipment Internal".')
    assert reason(fault, {r"Stock Shipment Internal": "lot_restricted"}).startswith("lot_restricted: ")
