"""The master records of the synchronised domains.

Source: SG Systems Global, "Master Data Synchronization", section 4 (ten domains). Variants belong
to product structure but are moved and revised as a domain of their own.
"""

from decimal import Decimal
from typing import Literal

from syncproof.model.values import MasterRef, Quantity, Record


class Master(Record, frozen=True, tag_field="domain", kw_only=True):
    """What every master record has: an id, a revision, and optionally the one site it is for."""

    id: str
    revision: str
    site: str | None = None

    @property
    def domain(self) -> str:
        return domain_of(type(self))

    @property
    def ref(self) -> MasterRef:
        return MasterRef(domain=self.domain, id=self.id, revision=self.revision)


def domain_of(kind: type[Master]) -> str:
    """The domain name (wire tag) of a master class."""
    return str(kind.__struct_config__.tag)


class ProductStructure(Record, frozen=True, kw_only=True):
    """Ids of the masters that make one product; each is resolved to its effective revision."""

    bom: str | None = None
    routing: str | None = None
    recipe: str | None = None
    label: str | None = None
    test_specification: str | None = None


class MaterialDefinition(Master, frozen=True, tag="material", kw_only=True):
    """An item. ``cross_references`` maps a system name to the id the item has there."""

    description: str
    base_unit: str
    lot_controlled: bool = True
    gtin: str | None = None
    approved_suppliers: tuple[str, ...] = ()
    cross_references: dict[str, str] = {}
    structure: ProductStructure = ProductStructure()


class AlternateMaterial(Record, frozen=True, kw_only=True):
    """An item that may stand in for a BOM line's item, ``ratio`` of it for 1 of the original."""

    item: str
    ratio: Decimal = Decimal(1)


class BomLine(Record, frozen=True, kw_only=True):
    """One component. ``scrap_percent`` is added on top of a variable quantity; a ``fixed``
    quantity does not scale with the order and carries no scrap allowance."""

    line_no: int
    item: str
    quantity: Quantity
    scrap_percent: Decimal = Decimal(0)
    fixed: bool = False
    op_no: str | None = None
    substitution: Literal["none", "approved"] = "none"
    alternates: tuple[AlternateMaterial, ...] = ()


class BillOfMaterial(Master, frozen=True, tag="bom", kw_only=True):
    """Components that make ``base_quantity`` of ``item``."""

    item: str
    base_quantity: Quantity
    lines: tuple[BomLine, ...]


class Parameter(Record, frozen=True, kw_only=True):
    """A process set point with its limits."""

    name: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str


class StepDefinition(Record, frozen=True, kw_only=True):
    """How one operation is executed: instruction document and the evidence it must leave."""

    id: str
    document: str
    evidence: tuple[str, ...]


class MasterRecipe(Master, frozen=True, tag="recipe", kw_only=True):
    """ISA-88 master recipe (MBR / MMR) of ``item``."""

    item: str
    steps: tuple[StepDefinition, ...]
    parameters: tuple[Parameter, ...] = ()


class Operation(Record, frozen=True, kw_only=True):
    """One routing operation. ``step_definition`` names a step of the recipe of the same item;
    ``equipment_class`` is the resource it needs; a ``packaging`` operation applies the label."""

    op_no: str
    name: str
    step_definition: str
    equipment_class: str
    evidence: tuple[str, ...]
    packaging: bool = False
    standard_minutes: Decimal = Decimal(0)


class Routing(Master, frozen=True, tag="routing", kw_only=True):
    """Operations of ``item`` in the order in which they must be executed."""

    item: str
    recipe: str
    operations: tuple[Operation, ...]


class Equipment(Master, frozen=True, tag="equipment", kw_only=True):
    """A unit of equipment. Empty ``eligible_items`` means eligible for every item."""

    equipment_class: str
    qualified: bool = True
    eligible_items: tuple[str, ...] = ()


class Characteristic(Record, frozen=True, kw_only=True):
    """One measured property; ``low`` and ``high`` are inclusive."""

    name: str
    unit: str
    low: Decimal
    high: Decimal


class TestSpecification(Master, frozen=True, tag="test_specification", kw_only=True):
    """Quality specification that gates the release of lots of ``item``."""

    item: str
    samples: int
    characteristics: tuple[Characteristic, ...]


class LabelArtwork(Master, frozen=True, tag="label", kw_only=True):
    """A label; its revision is the artwork version. ``reconciliation_tolerance`` is the number of
    labels that may remain unaccounted for when packaging ends."""

    item: str
    artwork_hash: str
    market: str
    reconciliation_tolerance: int = 0


class IdentityRule(Master, frozen=True, tag="identity", kw_only=True):
    """Format of an identifier. ``id`` is the entity (``lot``, ``container``); ``alphabet`` lists
    the characters allowed after normalisation (NFC, outer blanks trimmed, case as ``case`` says)."""

    min_length: int
    max_length: int
    alphabet: str
    case: Literal["upper", "preserve"] = "upper"
    gs1_application_identifier: str | None = None


class Conversion(Record, frozen=True, kw_only=True):
    """``numerator / denominator`` base units make one ``from_unit`` (exact, e.g. 1/3)."""

    from_unit: str
    numerator: int
    denominator: int = 1


class RoundingPolicy(Record, frozen=True, kw_only=True):
    """Applied once, to the final total in the base unit: a multiple of ``increment``."""

    mode: Literal["up", "down", "half_up", "half_even"] = "half_up"
    increment: Decimal = Decimal("0.001")


class UomConversion(Master, frozen=True, tag="uom", kw_only=True):
    """All unit rules of one item: ``id`` is the item id."""

    base_unit: str
    conversions: tuple[Conversion, ...] = ()
    rounding: RoundingPolicy = RoundingPolicy()
    tolerance: Decimal = Decimal(0)


class RoleAssignment(Master, frozen=True, tag="security", kw_only=True):
    """Roles of one user (``id`` is the user name) in every connected system."""

    roles: tuple[str, ...]


class Variant(Master, frozen=True, tag="variant", kw_only=True):
    """A variant of ``base_item`` with the masters that depend on it."""

    base_item: str
    attributes: dict[str, str] = {}
    structure: ProductStructure = ProductStructure()


AnyMaster = (
    MaterialDefinition
    | BillOfMaterial
    | MasterRecipe
    | Routing
    | Equipment
    | TestSpecification
    | LabelArtwork
    | IdentityRule
    | UomConversion
    | RoleAssignment
    | Variant
)

DOMAINS: dict[str, type[Master]] = {
    domain_of(kind): kind
    for kind in (
        MaterialDefinition,
        BillOfMaterial,
        MasterRecipe,
        Routing,
        Equipment,
        TestSpecification,
        LabelArtwork,
        IdentityRule,
        UomConversion,
        RoleAssignment,
        Variant,
    )
}
