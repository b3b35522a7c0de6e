"""Scans, held against the synchronised rules."""

import pytest

from tests.unit.simulators.bench import LOT_RULE, codes

GTIN = "09521234543213"
OTHER = "04006381333931"
FNC1 = "\x1d"


@pytest.fixture
def scanning(wms):
    """Lot L1 of OIL, which has no GTIN, and W1 of WAX, which has one."""
    wms.introduce(LOT_RULE)
    wms.receive("L1")
    wms.receive("W1", item="WAX")
    return wms


def scan(wms, barcode, by="warehouse"):
    return wms.post("/scans", by=by, reason=None, barcode=barcode)


@pytest.mark.parametrize(
    ("barcode", "expected"),
    [
        (f"01{GTIN}10L1", ("L1", GTIN, None)),
        (f"01{GTIN}10L1{FNC1}21SER1", ("L1", GTIN, "SER1")),
        (f"(01){GTIN}(10)l1", ("L1", GTIN, None)),
        ("L1", ("L1", None, None)),
        (" l1 ", ("L1", None, None)),
        (f"01{GTIN}10W1", ("W1", GTIN, None)),
        (f"01{OTHER}21S1", (None, OTHER, "S1")),
    ],
)
def test_a_sound_scan_is_understood(scanning, barcode, expected):
    answer = scan(scanning, barcode)
    assert answer["status"] == "accepted"
    assert tuple(answer["scan"][name] for name in ("lot", "gtin", "serial")) == expected


@pytest.mark.parametrize(
    ("barcode", "http", "code"),
    [
        (f"01{GTIN[:-1]}410L1", 422, "barcode_invalid"),
        (f"01{GTIN}10L121SERIALNUMBER00001", 422, "barcode_invalid"),
        (f"01{GTIN}99X", 422, "barcode_invalid"),
        ("", 422, "barcode_invalid"),
        ("L_1", 422, "barcode_invalid"),
        (f"01{OTHER}10W1", 422, "barcode_invalid"),
        ("L9", 404, "unknown_lot"),
        (f"01{GTIN}10L9", 404, "unknown_lot"),
        (f"01{GTIN}10L121SER", 404, "unknown_lot"),
    ],
)
def test_a_broken_or_foreign_scan_is_refused_and_logged(scanning, barcode, http, code):
    answer = scan(scanning, barcode)
    assert (answer["http"], codes(answer)) == (http, [code])


def test_a_scan_needs_a_role_but_no_reason(scanning):
    assert codes(scan(scanning, "L1", by="viewer")) == ["forbidden"]
    assert scan(scanning, "L1", by="inspector")["status"] == "accepted"
