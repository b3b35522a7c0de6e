"""What the planning, execution and warehouse simulators know of products: pure functions on the
JSON of masters. Amounts are exact rationals until the one rounding at the end."""

from syncproof.simulators.product.components import Use, belongs_elsewhere, permitted
from syncproof.simulators.product.driving import lookup_for
from syncproof.simulators.product.errors import (
    BarcodeInvalid,
    BomRecursive,
    ConversionMissing,
    MasterMissing,
    ProductError,
    QuantityInvalid,
    VariantMismatch,
)
from syncproof.simulators.product.explosion import (
    EXACT,
    Arithmetic,
    base_quantity,
    component_bom,
    demands,
    explode,
    line_demand,
    requirements,
)
from syncproof.simulators.product.gs1 import check_digit_ok, parse
from syncproof.simulators.product.identity import normalise, violations
from syncproof.simulators.product.quantities import exact, quantity, readable, wire
from syncproof.simulators.product.rounding import round_to, round_total
from syncproof.simulators.product.structure import (
    SET_DOMAINS,
    Lookup,
    bom_of,
    gaps,
    need,
    ref,
    revision_set,
    structure_of,
)
from syncproof.simulators.product.units import (
    DIMENSIONS,
    convertible_in_principle,
    dimension,
    fixed_factor,
    item_factor,
    to_base,
)

__all__ = [
    "DIMENSIONS",
    "EXACT",
    "SET_DOMAINS",
    "Arithmetic",
    "BarcodeInvalid",
    "BomRecursive",
    "ConversionMissing",
    "Lookup",
    "MasterMissing",
    "ProductError",
    "QuantityInvalid",
    "Use",
    "VariantMismatch",
    "base_quantity",
    "belongs_elsewhere",
    "bom_of",
    "check_digit_ok",
    "component_bom",
    "convertible_in_principle",
    "demands",
    "dimension",
    "exact",
    "explode",
    "fixed_factor",
    "gaps",
    "item_factor",
    "line_demand",
    "lookup_for",
    "need",
    "normalise",
    "parse",
    "permitted",
    "quantity",
    "readable",
    "ref",
    "requirements",
    "revision_set",
    "round_to",
    "round_total",
    "structure_of",
    "to_base",
    "violations",
    "wire",
]
