"""Siblings of the catalogue's defects of identifiers and barcodes (IDN, LBL-07, TRC-04): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_identity.py --only 'SIB-*'``
"""

import unicodedata

from syncproof.defects import Defect


class BlanksKeptInPlanning(Defect):
    """Planning keeps the blanks around an identifier."""

    id = "SIB-IDN-02a"
    citation = "sibling of IDN-02 (another system)"
    requirements = ("URS-IDN-001",)
    system = "erp"
    policy = "identity"

    def replacement(self, original, text, rule):
        kept = len(text) - len(text.lstrip())
        return f"{text[:kept]}{original(text, rule)}{text[len(text.rstrip()) :]}"


class ZerosDropped(Defect):
    """The quality system drops the leading zeros of an identifier."""

    id = "SIB-IDN-02b"
    citation = "sibling of IDN-02 (what is dropped in place of kept)"
    requirements = ("URS-IDN-001",)
    system = "qms"
    policy = "identity"

    def replacement(self, original, text, rule):
        found = original(text, rule)
        return found.lstrip("0") or found


class BlanksOfOrdersKept(Defect):
    """Execution looks up lots in their normal form, and what has no rule of its own with the blanks around it."""

    id = "SIB-IDN-02c"
    citation = "sibling of IDN-02 (another kind of identifier)"
    requirements = ("URS-IDN-001",)
    system = "mes"
    policy = "identity"

    def replacement(self, original, text, rule):
        return text if rule is None else original(text, rule)


class CaseMattersInQuality(Defect):
    """The quality system distinguishes upper and lower case of a lot where the others do not."""

    id = "SIB-IDN-03a"
    citation = "sibling of IDN-03 (another system)"
    requirements = ("URS-IDN-001",)
    system = "qms"
    policy = "identity"

    def replacement(self, original, text, rule):
        return original(text, None)


class CaseNeverMatters(Defect):
    """Planning folds the case of every identifier, also of those whose case is significant."""

    id = "SIB-IDN-03b"
    citation = "sibling of IDN-03 (the other direction)"
    requirements = ("URS-IDN-001",)
    system = "erp"
    policy = "identity"

    def replacement(self, original, text, rule):
        return original(text, rule).upper() if text[:1].isupper() else original(text, rule)


class DecomposedIsAnother(Defect):
    """The warehouse takes the same letters in another Unicode form for another lot."""

    id = "SIB-IDN-03c"
    citation = "sibling of IDN-03 (Unicode form in place of case)"
    requirements = ("URS-IDN-001",)
    system = "wms"
    policy = "identity"

    def replacement(self, original, text, rule):
        is_decomposed = unicodedata.normalize("NFC", text) != text
        return text.strip().upper() if is_decomposed else original(text, rule)


class SerialReadInTheWarehouse(Defect):
    """The warehouse reads the serial number of a barcode as the rest of the lot number."""

    id = "SIB-LBL-07a"
    citation = "sibling of LBL-07 (another system)"
    requirements = ("URS-TRC-004",)
    system = "wms"
    policy = "read_barcode"

    def replacement(self, original, ctx, barcode):
        scan = original(ctx, barcode)
        return {**scan, "lot": f"{scan['lot']}21{scan['serial']}", "serial": None} if scan["serial"] else scan


class SerialDropped(Defect):
    """Execution reads the lot of a barcode and drops its serial number."""

    id = "SIB-LBL-07b"
    citation = "sibling of LBL-07 (another field of the barcode)"
    requirements = ("URS-TRC-004",)
    system = "mes"
    policy = "read_barcode"

    def replacement(self, original, ctx, barcode):
        return {**original(ctx, barcode), "serial": None}


class LabelOfAnotherItem(Defect):
    """A label whose GTIN is that of another item is taken by the warehouse."""

    id = "SIB-LBL-07c"
    citation = "sibling of LBL-07 (another field of the barcode)"
    requirements = ("URS-TRC-004",)
    system = "wms"
    policy = "scan_item"

    def replacement(self, original, scan, lot, material):
        return None


class SerialWithoutLotOnTheFloor(Defect):
    """Execution reads the serial number of a barcode and loses its lot."""

    id = "SIB-TRC-04a"
    citation = "sibling of TRC-04 (another system)"
    requirements = ("URS-TRC-004",)
    system = "mes"
    policy = "read_barcode"

    def replacement(self, original, ctx, barcode):
        scan = original(ctx, barcode)
        return {**scan, "lot": None} if scan["serial"] else scan


class LotWithoutItem(Defect):
    """The warehouse reads the lot of a barcode and loses which item it is of."""

    id = "SIB-TRC-04b"
    citation = "sibling of TRC-04 (another field of the barcode)"
    requirements = ("URS-TRC-004",)
    system = "wms"
    policy = "read_barcode"

    def replacement(self, original, ctx, barcode):
        return {**original(ctx, barcode), "gtin": None}
