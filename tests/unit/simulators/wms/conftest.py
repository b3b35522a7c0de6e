"""A warehouse on the bench."""

from typing import Any

import pytest
from hypothesis import settings

from syncproof.simulators.wms import SYSTEM
from tests.unit.simulators.bench import Bench, pieces

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # a busy machine is no failure


class Wms(Bench):
    """The warehouse, with the calls that its tests make most."""

    def __init__(self, **policies: Any) -> None:
        super().__init__(SYSTEM, **policies)

    def receive(self, key: str = "L1", value: str = "50", unit: str = "KGM", **fields: Any) -> dict[str, Any]:
        body = {"item": "OIL", "site": "EAST", "location": "RACK-1", **fields}
        return self.post("/lots", by="warehouse", id=key, quantity={"value": value, "unit": unit}, **body)

    def order(self, key: str = "O1", status: str = "Released", **fields: Any) -> dict[str, Any]:
        """Planning tells of an order."""
        data = {
            "id": key, "item": "CREAM", "quantity": pieces("100"), "site": "EAST", "status": status,
            "variant": None, "revision_set": [], "pinned": False, "produced": "0", "scrapped": "0", **fields,
        }  # fmt: skip
        return self.deliver("order", f"order/{key}", data, "erp")

    def shown(self, key: str = "O1") -> dict[str, Any]:
        found: dict[str, Any] = self.get("/orders", id=key)["item"]
        return found

    def act(self, verb: str, value: str = "1", lot: str = "L1", by: str = "warehouse", **fields: Any) -> Any:
        """One use or movement of a lot, by the last part of its path."""
        body = self.body(verb, value, lot, **fields)
        return self.post(f"/{verb}", by=by, **body)

    def body(self, verb: str, value: str = "1", lot: str = "L1", unit: str = "KGM", **fields: Any) -> Any:
        own = {
            "allocations": {"order": "O1"}, "issues": {"order_id": "O1", "item": "OIL"},
            "moves": {"to": "RACK-2", "purpose": "storage"}, "shipments": {"destination": "CUSTOMER-1"},
            "disposals": {},
        }[verb]  # fmt: skip
        return {"lot": lot, "quantity": {"value": value, "unit": unit}, **own, **fields}

    def stock(self, lot: str = "L1") -> dict[str, tuple[str, str]]:
        """Location -> (on hand, available)."""
        items = self.get("/stock", lot=lot)["items"]
        return {each["location"]: (each["on_hand"], each["available"]) for each in items}

    def total(self, lot: str = "L1") -> str:
        """Quantity of the lot, with unit."""
        quantity = self.get("/lots", id=lot)["item"]["quantity"]
        return f"{quantity['value']} {quantity['unit']}"


@pytest.fixture
def wms() -> Wms:
    """The warehouse with the reference product in effect and nothing on stock."""
    return Wms()


@pytest.fixture
def stocked(wms: Wms) -> Wms:
    """50 kg of OIL at RACK-1, and O1 and O2 are released."""
    assert wms.receive()["status"] == "accepted"
    wms.order("O1")
    wms.order("O2")
    return wms


@pytest.fixture
def new_wms() -> type[Wms]:
    """Makes a warehouse with other policies."""
    return Wms
