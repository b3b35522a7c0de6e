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


def test_a_scanned_lot_keeps_the_identity_rule_of_lots(mes):
    rule = {"min_length": 3, "max_length": 5, "alphabet": "LOT1", "case": "upper"}
    mes.release(mes.make.master("identity", "lot", **rule))
    mes.lot("LOT1")
    assert mes.post("/scans", {"barcode": "lot1"}).json()["scan"]["lot"] == "LOT1"
    assert mes.post("/scans", {"barcode": "L1"}).json()["reasons"][0]["code"] == "barcode_invalid"


def test_the_gtin_of_a_barcode_is_that_of_the_item_of_its_lot(mes):
    mes.release(mes.make.item("GEL", "C62", gtin="9521234543213"), mes.make.item("TAR", "C62", gtin="96385074"))
    piece = {"value": "1", "unit": "C62"}
    mes.lot("G1", of="GEL", quantity=piece)
    mes.lot("T1", of="TAR", quantity=piece)
    assert mes.post("/scans", {"barcode": f"01{GTIN}10G1"}).json()["status"] == "accepted"
    assert mes.post("/scans", {"barcode": f"01{GTIN}10T1"}).json()["reasons"][0]["code"] == "barcode_invalid"
