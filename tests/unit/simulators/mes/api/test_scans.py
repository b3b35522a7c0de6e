"""Scans over HTTP."""

import pytest

GTIN = "09521234543213"
FNC1 = "\x1d"


@pytest.mark.parametrize(
    ("barcode", "serial", "gtin"),
    [
        ("L1", None, None),
        (" L1 ", None, None),
        (f"01{GTIN}10L1", None, GTIN),
        (f"01{GTIN}10L1{FNC1}21SER1", "SER1", GTIN),
        (f"(01){GTIN}(10)L1", None, GTIN),
    ],
)
def test_a_barcode_is_read_into_lot_gtin_and_serial(mes, barcode, serial, gtin):
    mes.lot()
    answer = mes.post("/scans", {"barcode": barcode}).json()
    assert answer["status"] == "accepted"
    assert answer["scan"] == {"lot": "L1", "gtin": gtin, "serial": serial}


@pytest.mark.parametrize(
    ("barcode", "status", "code"),
    [
        (f"01{GTIN[:-1]}410L1", 422, "barcode_invalid"),
        (f"01{GTIN}10L121SERIALNUMBER000000001", 422, "barcode_invalid"),
        ("L2", 404, "unknown_lot"),
        (f"01{GTIN}10L2", 404, "unknown_lot"),
    ],
)
def test_a_barcode_that_is_broken_or_names_no_known_lot_is_refused_and_audited(mes, barcode, status, code):
    mes.lot()
    answer = mes.post("/scans", {"barcode": barcode})
    assert answer.status_code == status
    assert answer.json()["reasons"][0]["code"] == code
    assert mes.read("/audit", domain="lot", id=barcode)[-1]["outcome"] == "refused"


def test_a_barcode_without_a_lot_is_read_as_far_as_it_says(mes):
    answer = mes.post("/scans", {"barcode": f"01{GTIN}"}).json()
    assert answer["scan"] == {"lot": None, "gtin": GTIN, "serial": None}
