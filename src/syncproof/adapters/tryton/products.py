"""Looking up items and their units."""

from collections.abc import Iterable
from dataclasses import dataclass

from syncproof.adapters.tryton import units
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.rpc import Connection, Json

PRODUCT = "product.product"
FIELDS = ("code", "template", "description", "default_uom", "default_uom.symbol", "default_uom.category")


@dataclass(frozen=True, slots=True)
class Items:
    """Products by code, and the units of each."""

    products: dict[str, Json]
    units: dict[int, list[Json]]
    connection: Connection

    def id(self, item: str) -> int:
        """The product's id, or one that no product has: then Tryton refuses."""
        return int(self.products[item]["id"]) if item in self.products else UNKNOWN

    def unit(self, item: str, code: str) -> int | None:
        """The item's unit of a code. One it does not have is looked for among Tryton's own units."""
        if item not in self.products:
            return None
        unit = units.choose(self.units.get(self.category(item), []), code)
        return int(unit["id"]) if unit else units.own(self.connection, code)

    def category(self, item: str) -> int:
        """The unit category of a known item."""
        return int(self.products[item]["default_uom."]["category"])


def find(connection: Connection, items: Iterable[str]) -> dict[str, Json]:
    """Products by code."""
    found = connection.find(PRODUCT, [["code", "in", sorted(set(items))]], FIELDS)
    return {product["code"]: product for product in found}


def look_up(connection: Connection, items: Iterable[str]) -> Items:
    """Products by code, with their units."""
    products = find(connection, items)
    categories = {product["default_uom."]["category"] for product in products.values()}
    found = units.of_categories(connection, categories) if categories else {}
    return Items(products, found, connection)
