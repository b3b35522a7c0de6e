"""Scans: GS1 element strings and bare lot identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators import product as p

GTIN = "09521234543213"
FNC1 = "\x1d"
TEXT = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("barcode", "scan"),
    [
        (f"01{GTIN}10L1", {"gtin": GTIN, "lot": "L1"}),
        (f"01{GTIN}10L1{FNC1}21SER1", {"gtin": GTIN, "lot": "L1", "serial": "SER1"}),
        (f"]d201{GTIN}17270331" + "10L1", {"gtin": GTIN, "expiry": "2027-03-31", "lot": "L1"}),
        (f"]C1{FNC1}10L1{FNC1}17270200", {"lot": "L1", "expiry": "2027-02-28"}),
        (f"(01){GTIN}(10)L1(21)S-1", {"gtin": GTIN, "lot": "L1", "serial": "S-1"}),
        ("(17)281200(10)L1", {"expiry": "2028-12-31", "lot": "L1"}),
        ("L1-7F3K9Q", {"lot": "L1-7F3K9Q"}),
        ("10LOT", {"lot": "10LOT"}),
        (" L1 ", {"lot": "L1"}),
    ],
)
def test_a_sound_barcode_is_read(barcode, scan):
    assert p.parse(barcode) == scan


@pytest.mark.parametrize(
    "barcode",
    [
        "", "  ", "0109521234543214" + "10L1", f"01{GTIN}10L1-7F3K9Q21SERIALNUMBER00001", f"01{GTIN}99L1",
        f"01{GTIN}10", f"01{GTIN}10{FNC1}21S", f"01{GTIN}17271331", f"01{GTIN}1727023010L1",
        f"01{GTIN}1727033", f"01{GTIN}10L1{FNC1}10L2", f"01{GTIN}10L1\x00", f"(01){GTIN}10)L1",
        f"(01){GTIN}(99)1", "]d20195212345432", "(10)" + "L" * 21, f"01{GTIN}1", f"01{GTIN}17²70331",
    ],
)  # fmt: skip
def test_a_broken_barcode_is_refused_with_a_message_that_can_be_acted_on(barcode):
    with pytest.raises(p.BarcodeInvalid) as refused:
        p.parse(barcode)
    assert refused.value.reason["code"] == "barcode_invalid"
    assert len(refused.value.reason["message"].split()) > 4


@given(TEXT, TEXT)
def test_lot_and_serial_are_never_run_together(lot, serial):
    assert p.parse(f"01{GTIN}10{lot}{FNC1}21{serial}") == {"gtin": GTIN, "lot": lot, "serial": serial}
    assert p.parse(f"01{GTIN}21{serial}{FNC1}10{lot}") == {"gtin": GTIN, "lot": lot, "serial": serial}


@given(st.text("0123456789", min_size=13, max_size=13))
def test_exactly_one_check_digit_is_right(digits):
    """Compared with the sum written out from the left, as the standard's table does."""
    total = sum(int(d) * w for d, w in zip(digits, (3, 1) * 7, strict=False))
    right = str(-total % 10)
    assert [d for d in "0123456789" if p.check_digit_ok(digits + d)] == [right]


@pytest.mark.parametrize("gtin", ["96385074", "036000291452", "4006381333931", GTIN])
def test_all_lengths_of_gtin_are_known(gtin):
    assert p.check_digit_ok(gtin)


@pytest.mark.parametrize("gtin", ["", "1234567", "95212345432131", "0952123454321A", "٠٩٥٢١٢٣٤٥٤٣٢١٣"])
def test_what_is_no_gtin_fails_the_check(gtin):
    assert not p.check_digit_ok(gtin)
