"""What cannot be computed, with a code that a caller can act on.

ProductError
├── QuantityInvalid      the text is not an exact, finite number
├── ConversionMissing    no rule leads from a unit to the item's base unit
├── MasterMissing        a master that the computation needs is not in effect
├── BomRecursive         an item is, over some levels, a component of itself
├── VariantMismatch      the variant is one of another item
└── BarcodeInvalid       a scan is not a GS1 element string although it looks like one
"""

from typing import ClassVar


class ProductError(Exception):
    """Base of the refusals of product arithmetic; ``code`` is what goes on the wire."""

    code: ClassVar[str] = "product_invalid"

    @property
    def reason(self) -> dict[str, str]:
        """The refusal as the systems answer it."""
        return {"code": self.code, "message": str(self)}


class QuantityInvalid(ProductError):
    code = "quantity_invalid"


class ConversionMissing(ProductError):
    code = "conversion_missing"


class MasterMissing(ProductError):
    code = "no_effective_revision"


class BomRecursive(ProductError):
    code = "bom_recursive"


class VariantMismatch(ProductError):
    code = "variant_mismatch"


class BarcodeInvalid(ProductError):
    code = "barcode_invalid"
