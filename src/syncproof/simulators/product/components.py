"""What may be used for an order: the components of its BOM and their approved alternates."""

from dataclasses import dataclass
from fractions import Fraction

from syncproof.simulators.product.quantities import Json, exact


@dataclass(frozen=True, slots=True)
class Use:
    """An item that a BOM lets stand for ``original``; ``ratio`` of it replaces 1 of the original
    (both in base units). For the component itself they are the same, and the ratio is 1."""

    item: str
    original: str
    ratio: Fraction = Fraction(1)


def permitted(bom: Json, item: str) -> Use | None:
    """How ``item`` may be used under this BOM; None if it is no component and no approved
    alternate of one."""
    lines = bom["lines"]
    if any(line["item"] == item for line in lines):
        return Use(item, item)
    for line in lines:
        if line.get("substitution", "none") != "approved":
            continue
        for alternate in line.get("alternates", ()):
            if alternate["item"] == item:
                return Use(item, line["item"], exact(alternate.get("ratio", 1)))
    return None


def belongs_elsewhere(bom: Json, item: str, op_no: str) -> bool:
    """Whether ``item`` may be used under this BOM, but at other operations only. A line that names no operation
    serves all of them."""
    own = [line for line in bom["lines"] if line.get("op_no") in (None, op_no)]
    return permitted(bom, item) is not None and permitted({**bom, "lines": own}, item) is None
