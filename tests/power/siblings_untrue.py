"""Siblings of the defects that take what cannot be true: a guard of a posting, an order or an operation is gone."""

from syncproof.defects import Defect


class _Gone(Defect):
    """The guard finds nothing wrong."""

    def replacement(self, original, *arguments):
        return None


class LotOfAnotherItem(_Gone):
    """Planning posts the issue of a lot under the item of another component."""

    id, citation = "SIB-TRC-01", "sibling of TRC-01"
    requirements, system, policy = ("URS-TRC-005",), "erp", "lot_item"


class LotOfAnotherItemInSupply(_Gone):
    """The warehouse issues a lot under the item of another component."""

    id, citation = "SIB-TRC-01p", "sibling of TRC-01"
    requirements, system, policy = ("URS-TRC-005",), "wms", "lot_item"


class ItemNobodyNeeds(_Gone):
    """Planning posts the issue of an item that the order does not use."""

    id, citation = "SIB-RTG-07p", "sibling of RTG-07"
    requirements, system, policy = ("URS-TRC-005",), "erp", "needed_item"


class ItemNobodyNeedsInSupply(_Gone):
    """The warehouse issues an item that the order does not use."""

    id, citation = "SIB-RTG-07q", "sibling of RTG-07"
    requirements, system, policy = ("URS-TRC-005",), "wms", "needed_item"


class MoreThanThereIs(_Gone):
    """Planning posts more of a lot than there is."""

    id, citation = "SIB-TRC-03p", "sibling of TRC-03"
    requirements, system, policy = ("URS-TRC-005",), "erp", "enough"


class NothingPosted(_Gone):
    """Planning posts no quantity, or less."""

    id, citation = "SIB-UOM-10p", "sibling of UOM-10"
    requirements, system, policy = ("URS-TRC-005",), "erp", "positive"


class NothingMoved(_Gone):
    """The warehouse moves no quantity, or less."""

    id, citation = "SIB-UOM-10q", "sibling of UOM-10"
    requirements, system, policy = ("URS-TRC-005",), "wms", "positive"


class NothingConsumed(_Gone):
    """The floor consumes no quantity, or less."""

    id, citation = "SIB-UOM-10r", "sibling of UOM-10"
    requirements, system, policy = ("URS-TRC-005",), "mes", "quantity_positive"


class OneNumberTwoOrders(_Gone):
    """An order number is given twice; the second order takes the place of the first."""

    id, citation = "SIB-IDN-02", "sibling of IDN-02"
    requirements, system, policy = ("URS-DEP-002",), "erp", "unique"


class OneNumberTwoLots(_Gone):
    """A lot number is given twice; the second lot takes the place of the first."""

    id, citation = "SIB-IDN-02p", "sibling of IDN-02"
    requirements, system, policy = ("URS-TRC-002",), "wms", "unique"


class ClosedWithWorkLeft(_Gone):
    """An order is closed while its operations are open."""

    id, citation = "SIB-RTG-12p", "sibling of RTG-12"
    requirements, system, policy = ("URS-DEP-002",), "erp", "close_gate"


class NoEvidence(_Gone):
    """An operation ends without the evidence that it must leave."""

    id, citation = "SIB-RTG-11", "sibling of RTG-11"
    requirements, system, policy = ("URS-RTG-004",), "mes", "evidence_complete"


class BookedBeforeTheOperation(_Gone):
    """Material is booked on an operation that has not started."""

    id, citation = "SIB-RTG-08p", "sibling of RTG-08"
    requirements, system, policy = ("URS-RTG-008",), "mes", "has_started"


class EndedBeforeItBegan(_Gone):
    """An operation ends that does not run."""

    id, citation = "SIB-RTG-08q", "sibling of RTG-08"
    requirements, system, policy = ("URS-RTG-002",), "mes", "is_running"


class OutputOfAnotherItem(_Gone):
    """Output is reported under another item than the order makes."""

    id, citation = "SIB-TRC-08", "sibling of TRC-08"
    requirements, system, policy = ("URS-TRC-001",), "mes", "output_item"


class OutputIntoAForeignLot(_Gone):
    """Output is reported into a lot that was received."""

    id, citation = "SIB-TRC-03q", "sibling of TRC-03"
    requirements, system, policy = ("URS-TRC-001",), "mes", "output_lot"


class AnyOrder(Defect):
    """An order is placed of whatever item, site, unit and variant."""

    id, citation = "SIB-RTG-12z", "sibling of RTG-12"
    requirements, system, policy = ("URS-DEP-002",), "erp", "new_order"

    def replacement(self, original, *arguments):
        return []
