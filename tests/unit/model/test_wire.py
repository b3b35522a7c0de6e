"""Records as JSON types."""

from decimal import Decimal

import pytest

from syncproof import contracts
from syncproof import model as m
from syncproof.model.wire import plain


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("1E-7", "0.0000001"), ("0.100", "0.100"), ("123456789012345678.9", "123456789012345678.9")],
)
def test_decimals_are_written_digit_for_digit_and_without_an_exponent(value, text):
    """Wherever they stand in the record; the contract takes no other form."""
    line = m.BomLine(line_no=1, item="I", quantity=m.Quantity(value=Decimal(value), unit="KGM"))
    bom = m.BillOfMaterial(id="B", revision="A", item="I", base_quantity=line.quantity, lines=(line,))
    written = plain(bom)
    assert written["lines"][0]["quantity"] == {"value": text, "unit": "KGM"}
    assert contracts.explain("bom", written) == []
